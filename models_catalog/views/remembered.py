"""Pages are kept as they were answered until anything that readers see changes.

Every reader gets the same bytes (decision 6), so a page depends on its address, the language and what the registry holds.
The registry's state is asked for with each request (`queries.index.changes`): a page that is out of date is never served.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from decimal import Decimal
from functools import wraps
from sys import getsizeof
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import router
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import get_language

from models_catalog.models import Entry
from models_catalog.queries.index.changes import version
from models_catalog.views.as_of import PARAMETER

HEADERS = ("HX-Request", "HX-History-Restore-Request")
"""What of a request's headers changes a page."""

View = Callable[..., HttpResponseBase]
Key = tuple[Any, ...]


class Pages:
    """Pages of one state of the registry, those used last, up to `most` bytes."""

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
            return _copy(self._pages[key])

    def keep(self, state: Decimal, key: Key, page: HttpResponse, most: int) -> None:
        with self._lock:
            if state != self._state:
                self._pages.clear()
                self._state, self._size = state, 0
            if key in self._pages or _weight(key, page) > most:
                return
            self._pages[key] = _copy(page)
            self._size += _weight(key, page)
            while self._size > most:
                oldest, gone = self._pages.popitem(last=False)
                self._size -= _weight(oldest, gone)


OVERHEAD = 2_000
"""Bytes of the objects around a page: the response, its headers, its place in the order."""


def _weight(key: Key, page: HttpResponse) -> int:
    """Bytes that a page takes with its key, which holds an address of the reader's choice."""
    return OVERHEAD + len(page.content) + sum(getsizeof(part) for part in key)


PAGES = Pages()


def remembered(view: View) -> View:
    """A view whose pages depend on nothing but their address, the language and the registry."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        most = settings.PAGES_IN_MEMORY_BYTES
        if not most or PARAMETER in request.GET:
            return view(request, *args, **kwargs)
        # Asked for before the page is made: what is committed meanwhile is on it, under a name nobody asks for again.
        state, key = version(router.db_for_read(Entry)), _key(request)
        kept = PAGES.get(state, key)
        if kept:
            return kept
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and isinstance(response, HttpResponse) and not response.cookies:
            PAGES.keep(state, key, response, most)
        return response

    return answering


def _key(request: HttpRequest) -> Key:
    headers = (request.headers.get(name) for name in HEADERS)
    where = (request.scheme, request.get_host(), get_script_prefix(), request.get_full_path())
    return (*where, get_language(), timezone.localdate(), *headers)


def _copy(page: HttpResponse) -> HttpResponse:
    """A response of its own, which middleware may write to."""
    return HttpResponse(page.content, headers=dict(page.headers))
