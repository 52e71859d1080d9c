"""The page cache: pages kept as they were made until anything that readers see changes (`views.pages` asks for them)."""

from __future__ import annotations

from collections import OrderedDict
from copy import deepcopy
from decimal import Decimal
from sys import getsizeof
from threading import Lock
from typing import Any

from django.http import HttpResponse

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
"""Bytes of the objects around a page: the response, its headers, its place in the order."""


def _weight(key: Key, page: HttpResponse) -> int:
    """Bytes that a page takes with its key, which holds an address of the reader's choice."""
    return OVERHEAD + len(page.content) + sum(getsizeof(part) for part in key)


PAGES = Pages()


def _copy(page: HttpResponse) -> HttpResponse:
    """A response of its own, which middleware may write to.

    It has everything that the view set: content, headers, cookies, and the attributes by which a view speaks to
    middleware (`xframe_options_exempt`, `_csp_replace` and whatever comes next).
    """
    copy: HttpResponse = page.__class__.__new__(page.__class__)
    state = {name: value for name, value in vars(page).items() if name != "_resource_closers"}
    copy.__dict__.update(deepcopy(state), _resource_closers=[])
    return copy
