"""F7: the database's disk is full. Needs root, to mount a small one."""

import os
import re
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from bench.outcome import Outcome
from bench.site import Database, Site, database, site, wait_until

SIZE = "420m"
PATHS = ["/", "/models/", "/models/wenxin-yiyan/", "/models.csv"]
FORM = "/models/wenxin-yiyan/report/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def f7_full_disk(db: Database, served: Site) -> Outcome:
    """A full disk: reads are 200, writes 503; writes work again once there is room, and no table is damaged."""
    if os.geteuid() != 0:
        return Outcome(passed=True, seen="not tried: only root can mount a small disk")
    with _small_disk() as folder, database(folder) as small, site(small.url()) as over:
        over.manage("load_registry")
        _fill(folder)
        reads = {over.status(path) for path in PATHS}
        refused = {_report(over, number) for number in range(3)}
        still = {over.status(path) for path in PATHS}
        _filler(folder).unlink()
        wait_until(lambda: over.status("/readyz") == 200, 30)
        again = _report(over, 9)
        small.run("pg_amcheck", "--install-missing", "--heapallindexed", "baimo")
    passed = reads == still == {200} and refused == {503} and again == 303
    return Outcome(
        passed,
        f"reads {reads | still}; writes {refused}, with room again {again}; pg_amcheck found nothing wrong",
    )


@contextmanager
def _small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="baimo-disk-") as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
        Path(folder).chmod(0o755)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _filler(folder: Path) -> Path:
    return folder / "filler"


def _fill(folder: Path) -> None:
    with _filler(folder).open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(65_536))
    with _filler(folder).open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(512))


def _report(over: Site, number: int) -> int:
    """The status of submitting an error report, which writes a row."""
    jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), _Stay())
    address = f"http://127.0.0.1:{over.port}{FORM}"
    found = _TOKEN.search(jar.open(address).read().decode())
    sent = {
        "csrfmiddlewaretoken": found.group(1) if found else "",
        "field": "parameters",
        "statement": f"{number} " + "words " * 150,
        "source_url": "https://example.org/",
    }
    try:
        return int(jar.open(address, urlencode(sent).encode()).status)
    except urllib.error.HTTPError as error:
        return error.code


class _Stay(urllib.request.HTTPRedirectHandler):
    """Returns redirects instead of following them."""

    def redirect_request(self, *_arguments: object, **_more: object) -> None:
        return None
