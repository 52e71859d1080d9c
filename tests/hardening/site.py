"""The site as an attacker sees it: every address with arguments, and every parameter that a page ever names."""

import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from math import gcd
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse

from models_catalog.catalog.filters import EntryFilter
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Category, EventKind, Modality, Openness
from tests.factories import make_entry
from tests.permissions.table import EVERYONE, TABLE
from tests.permissions.test_permissions import ADDRESSES
from tests.permissions.world import World, make_world

LONG = os.environ.get("HARDENING") == "long"
"""HARDENING=long sends all that HARDENING asks for; else each test sends an even share of it."""

SECONDS = 2
BYTES = 2_000_000

T = TypeVar("T")

PUBLIC = sorted(
    name for name in ADDRESSES if name in TABLE and TABLE[name].read == EVERYONE and "admin:" not in name
)
"""The names of all public pages."""

ADMIN_LISTS = sorted(
    f"admin:{model._meta.label_lower.replace('.', '_')}_changelist" for model in admin.site._registry
)

_GUESSED = (
    "", "columns", "cursor", "fields", "format", "id", "lang", "language", "last", "limit", "model", "next", "offset",
    "only", "order", "ordering", "page_size", "search", "slug", "utm_source", "model[]", "__all__", "q__regex",
    "__class__",
)  # fmt: skip
_QUERY = re.compile(r'(?:href|action|src|data-[a-z-]+)="([^"]*\?[^"]+)"')
_FIELD = re.compile(r'<(?:input|select|button|textarea)\b[^>]*\bname="([^"]+)"')


def cases(*, short: int, long: int) -> int:
    """How many cases a test sends."""
    return long if LONG else short


def share(everything: Sequence[T], n: int) -> list[T]:
    """About `n` of `everything`, evenly, and so that no period within it is left out."""
    step = max(1, len(everything) // max(1, n))
    while step > 1 and gcd(step, len(everything)) != 1:
        step += 1
    return [everything[(i * step) % len(everything)] for i in range(min(n, len(everything)))]


@dataclass(frozen=True)
class Site:
    """Rows of every table, and the addresses that show them."""

    world: World

    def path(self, name: str) -> str:
        return reverse(name, args=TABLE[name].args(self.world))

    def parameters(self, client: Client, path: str) -> list[str]:
        """Names that `path` may read: the catalog's, those in the page's own links and forms, and some guesses."""
        found = {*EntryFilter.base_filters, *_GUESSED}
        text = body(client.get(path)).decode("utf-8", "replace")
        found.update(map(unescape, _FIELD.findall(text)))
        for address in map(unescape, _QUERY.findall(text)):
            found.update(key for key, _value in parse_qsl(urlsplit(address).query))
        return sorted(found)


def make_site() -> Site:
    """A small registry with every kind of value in it, under the time limit that production sets."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [SECONDS * 1_000])
    make_entry(
        "盘古", slug="pangu", name_en="PanGu", aliases=["盤古"], parameters="千亿级", released="2021", developers=["华为"],
        sectors=["气象", "金融"], modalities=[Modality.TEXT, Modality.IMAGE], category=Category.INDUSTRY,
        openness=Openness.CLOSED, events={EventKind.BETA: "2023-07-07"},
    )  # fmt: skip
    make_entry("书生", slug="shusheng", parameters="超10亿", parent=Entry.objects.get(slug="pangu"))
    return Site(make_world())


def body(response: Any) -> bytes:
    """All of an answer, streamed or not."""
    return b"".join(response.streaming_content) if response.streaming else response.content


class Prober:
    """Sends requests and keeps what was wrong with the answers."""

    def __init__(self, client: Client | None = None) -> None:
        self.client = client or Client()
        self.client.raise_request_exception = False
        self.wrong: list[str] = []
        self.sent = 0

    def send(self, method: str, path: str, *, query: str = "", **extra: Any) -> None:
        """One request with a raw query string; noted if its answer is a 5xx, slow, endless or an error."""
        self.sent += 1
        before = time.thread_time()
        said = f"{method[:40]} {path[:100]!r} ?{query[:100]!r} {str(extra)[:160]}"
        try:
            response = self.client.generic(method, path, QUERY_STRING=on_the_wire(query), **extra)
            content = body(response)
        except Exception as error:
            self.wrong.append(f"{said}: {type(error).__name__}: {error!s:.100}")
            return
        if response.status_code >= 500:
            raised = getattr(response, "exc_info", None)
            self.wrong.append(f"{said}: {response.status_code} {raised and repr(raised[1])[:200]}")
        if len(content) > BYTES:
            self.wrong.append(f"{said}: {len(content)} bytes")
        if (took := time.thread_time() - before) > SECONDS:
            self.wrong.append(f"{said}: {took:.1f} s")

    def post(self, path: str, form: str) -> None:
        """One form as a browser sends it, already encoded."""
        content = form.encode("utf-8", "replace")
        self.send("POST", path, data=content, content_type="application/x-www-form-urlencoded")


def on_the_wire(text: str) -> str:
    """As WSGI gives it: bytes as Latin-1, what does not fit there in UTF-8 first."""
    return text if all(char < "\u0100" for char in text) else text.encode("utf-8").decode("latin-1")


def product(one: Iterable[T], other: Sequence[str]) -> list[tuple[T, str]]:
    return [(first, second) for first in one for second in other]


def queries(parameters: Iterable[str], values: Sequence[str]) -> Iterator[str]:
    """Every parameter with every (already encoded) value."""
    for parameter, value in product(parameters, values):
        yield f"{parameter}={value}"
