"""Public pages: accepted parameters, validators, page cache."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from copy import deepcopy
from decimal import Decimal
from functools import partial, wraps
from hashlib import sha256
from sys import getsizeof
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connections, router
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, QueryDict
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.text import compress_string
from django.utils.translation import get_language

from models_catalog.catalog.index.current import showing
from models_catalog.catalog.index.load import version
from models_catalog.history.version import code
from models_catalog.models import Entry

Key = tuple[Any, ...]

FRAGMENT = ("HX-Request", "HX-History-Restore-Request")
"""Header of a request for a part of a page, and the header that asks for the whole page after all."""


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a part is asked for. An empty header is none, since caches know it under the same key."""
    return bool(request.headers.get(FRAGMENT[0])) and not request.headers.get(FRAGMENT[1])


class PageMemory:
    """LRU cache of the pages of one state of the registry, bounded by `most` bytes."""

    def __init__(self) -> None:
        self._state = Decimal()
        self._pages: OrderedDict[Key, HttpResponse] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, state: Decimal, key: Key) -> HttpResponse | None:
        with self._lock:
            if state != self._state or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            kept = self._pages[key]
        return _copy(kept)

    def keep(self, state: Decimal, key: Key, page: HttpResponse, most: int) -> None:
        copy = _copy(page)
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state, self._size = state, 0
            if key in self._pages or _weight(key, page) > most:
                return
            self._pages[key] = copy
            self._size += _weight(key, copy)
            while self._size > most:
                oldest, gone = self._pages.popitem(last=False)
                self._size -= _weight(oldest, gone)


OVERHEAD = 2_000
"""Estimated bytes per page besides its content: the response, its headers, its cache entry."""


def _weight(key: Key, page: HttpResponse) -> int:
    """Bytes of a page and its key, which contains an address chosen by the reader."""
    held = len(page.content) + len(getattr(page, "compressed", b""))
    return OVERHEAD + held + sum(getsizeof(part) for part in key)


PAGES = PageMemory()


def _copy(page: HttpResponse) -> HttpResponse:
    """An independent copy, which middleware may modify.

    It has everything that the view set: content, headers, cookies, and attributes for middleware
    (`xframe_options_exempt`, `_csp_replace` and others to come).
    """
    copy: HttpResponse = page.__class__.__new__(page.__class__)
    state = {name: value for name, value in vars(page).items() if name != "_resource_closers"}
    copy.__dict__.update(deepcopy(state), _resource_closers=[])
    return copy


View = Callable[..., HttpResponseBase]
Words = tuple[Any, ...]


def public_page(*takes: str, by: Collection[str] = ()) -> Callable[[View], View]:
    """A view whose response depends only on its address, the language, the day and the registry.

    `takes` names its parameters; all others are dropped from the request, so that they appear in no link, form or cache
    key. `by` names the request headers that change the response.
    """

    def decorated(view: View) -> View:
        @wraps(view)
        def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            take_only(request, takes)
            # Read before the page is made: the page may include later commits, but under a version that is never asked
            # for again.
            alias = router.db_for_read(Entry)
            connection: Any = connections[alias]
            state: Decimal = connection.first_answer(partial(version, alias))
            words = _words(request, by)
            etag = _etag(state, words)
            if etag in parse_etags(request.headers.get("If-None-Match", "")):
                return _marked(HttpResponseNotModified(), request, etag, by)
            with showing(state):
                response = _kept_or_made(request, (state, words), lambda: view(request, *args, **kwargs))
            return _marked(response, request, etag, by) if response.status_code == 200 else response

        return answering

    return decorated


def take_only(request: HttpRequest, names: Collection[str]) -> None:
    """Drop parameters that the page does not accept, and empty ones, which forms send for empty fields."""
    kept = QueryDict(mutable=True, encoding=request.GET.encoding)
    for name, values in request.GET.lists():
        if name in names and any(values):
            kept.setlist(name, [value for value in values if value])
    request.META["QUERY_STRING"] = kept.urlencode()
    request.GET = QueryDict(request.META["QUERY_STRING"], encoding=request.GET.encoding)
    request.takes = names  # type: ignore[attr-defined]  # for `Frame`: links may carry the query


def _words(request: HttpRequest, by: Collection[str]) -> Words:
    """All that the page depends on besides the registry and the code."""
    headers = (request.headers.get(name, "") for name in by)
    where = (request.scheme, request.get_host(), get_script_prefix(), request.get_full_path())
    return (*where, get_language(), timezone.localdate().isoformat(), *headers)


def _etag(state: Decimal, words: Words) -> str:
    """A weak ETag, since the same page is sent compressed and uncompressed."""
    return f'W/"{sha256(repr((code(), state, words)).encode()).hexdigest()[:32]}"'


def _kept_or_made(
    request: HttpRequest, name: tuple[Decimal, Words], make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    most = settings.PAGES_IN_MEMORY_BYTES
    if not most or any(one in request.GET for one in settings.PAST_PARAMETERS):
        return make()
    kept = PAGES.get(*name)
    if kept:
        return kept
    response = make()
    if response.status_code == 200 and isinstance(response, HttpResponse) and not response.cookies:
        # Once, for `CompressionMiddleware`: it costs more than all else that a kept page does.
        response.compressed = compress_string(response.content, max_random_bytes=100)  # type: ignore[attr-defined]
        PAGES.keep(*name, response, most)
    return response


def _marked(
    response: HttpResponseBase, request: HttpRequest, etag: str, by: Collection[str]
) -> HttpResponseBase:
    """Add ETag and caching headers. No ETag in development, where templates change without a new code version."""
    if not settings.DEBUG:
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{whose(request)}, no-cache"
    if by:
        patch_vary_headers(response, by)
    return response


def whose(request: HttpRequest) -> str:
    """`private` if the request has a session or language cookie, else `public`."""
    own = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    return "private" if any(name in request.COOKIES for name in own) else "public"
