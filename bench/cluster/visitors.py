"""Readers and a curator, who come through nginx with browsers of their own."""

import http.client
import re
import secrets
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode

from bench.cluster.machines import Cluster
from bench.load import Log, TimedAnswer, at_work
from tests.deploy.proxied import NAME, Front

HOME = f"https://{NAME}"
PAGES = [
    "/zh/",
    "/zh/models/",
    "/en/models/wenxin-yiyan/",
    "/zh/developers/",
    "/en/charts/",
    "/models.csv",
    "/api/v1/models/",
]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def browser(front: Front) -> urllib.request.OpenerDirector:
    """A browser that keeps cookies and reaches the site's name at this nginx."""

    class Here(http.client.HTTPSConnection):
        def connect(self) -> None:
            self.sock = front.tls(NAME)

    class Handler(urllib.request.HTTPSHandler):
        def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Here, request)

    return urllib.request.build_opener(Handler(), urllib.request.HTTPCookieProcessor(CookieJar()))


class Visitor:
    """Somebody with a browser, and what was answered."""

    def __init__(self, front: Front) -> None:
        self.browser, self.log, self.kept = browser(front), Log(), Counter[str]()

    def ask(self, path: str, **form: str) -> str:
        """The text of a page; its status is in the log."""
        begun, sent = time.monotonic(), urlencode(form).encode() if form else None
        request = urllib.request.Request(HOME + path, sent, {"Referer": HOME + path, "Accept-Language": "en"})
        try:
            with self.browser.open(request, timeout=30) as answer:
                status, headers, text = answer.status, answer.headers, bytes(answer.read())
        except urllib.error.HTTPError as error:
            status, headers, text = error.code, error.headers, error.read()
        except OSError:
            status, headers, text = 0, {}, b""
        now = time.monotonic()
        self.log.answers.append(TimedAnswer(now, now - begun, status, "Retry-After" in headers))
        self.kept[headers.get("X-Cache") or "from the site"] += 1
        return str(text, "utf-8", "replace")

    @property
    def status(self) -> int:
        return self.log.answers[-1].status


@contextmanager
def reading(cluster: Cluster, number: int = 4, pages: Sequence[str] = PAGES) -> Iterator[Log]:
    """Readers who request pages in turn while the block runs, and all that they were answered."""
    log = Log()

    def reader() -> Callable[[int], None]:
        visitor = Visitor(cluster.front)
        visitor.log = log

        def read(number: int) -> None:
            visitor.ask(pages[number % len(pages)])
            time.sleep(0.02)  # a person looks at a page

        return read

    with at_work([reader() for _ in range(number)]):
        yield log


def curator(cluster: Cluster) -> Visitor:
    """A curator who has logged in."""
    name, password = f"curator-{secrets.token_hex(4)}", secrets.token_hex(16)
    made = f"from django.contrib.auth.models import User; User.objects.create_superuser({name!r}, password={password!r})"
    cluster.sites[0].manage("shell", "-c", made)
    visitor = Visitor(cluster.front)
    found = _TOKEN.search(visitor.ask("/admin/login/"))
    token = found[1] if found else ""
    visitor.ask("/admin/login/?next=/admin/", csrfmiddlewaretoken=token, username=name, password=password)
    if visitor.status != 200 or name not in visitor.ask("/admin/"):
        raise RuntimeError(f"The curator could not log in: {visitor.log.answers}")
    return visitor
