"""What is only proposed, was rejected, or is nobody's business but the curators' stands at no public address, in no file."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pyarrow.parquet
import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.catalog.filters import EntryFilter
from models_catalog.history import changes
from models_catalog.pages.frame import PREFIXES
from tests.hardening.secrets import Secrets, make_secrets
from tests.hardening.site import PUBLIC, body
from tests.once import once
from tests.permissions.table import TABLE
from tests.permissions.world import World, make_world

pytestmark = pytest.mark.django_db

LANGUAGES = [f"/{prefix}" for prefix in PREFIXES.values()]
_LINK = re.compile(r'(?:href|src|action|data-[a-z-]+)="([/?][^"]*)"')
TAKES = {"developer": ["developer"], "source": ["source", "claim_source"], "entry": ["model", "m"]}
"""Table → parameters that take slugs of its rows."""


shared_secrets = once(make_secrets)


@pytest.fixture
def secrets(shared_secrets: Secrets, db: None, monkeypatch: pytest.MonkeyPatch) -> Secrets:
    monkeypatch.setattr(changes, "SETTLING", timedelta(0))  # the feed tells of it at once
    return shared_secrets


@pytest.fixture
def world(secrets: Secrets) -> World:
    """The rows that every address can speak of, and a release of all of it."""
    return make_world()


def test_no_public_address_says_what_only_curators_may_know(secrets: Secrets, world: World) -> None:
    told = {(address, where) for address, text in everything(world) for where in found(secrets, text)}
    assert not told, sorted(told)


def found(secrets: Secrets, text: str) -> set[str]:
    return {where for word, where in secrets.words.items() if word in text}


def everything(world: World) -> Iterator[tuple[str, str]]:
    """Every address, in both languages, and what its page links to, with all that the answers say."""
    client = Client()
    paths = [reverse(name, args=TABLE[name].args(world)) for name in PUBLIC]
    first = [f"{prefix}{path}" for path, prefix in product([*paths, "/models/xuanyuan/"], LANGUAGES)]
    links: dict[str, str] = {}
    for address in first:
        response = client.get(address)
        text = text_of(response)
        yield address, text
        if "html" in response.headers.get("Content-Type", ""):
            links |= {kind_of(link): link for link in links_of(address, text)}
    for link in links.values():
        yield link, text_of(client.get(link))


def links_of(address: str, text: str) -> set[str]:
    """Addresses of this site that a page leads to, pictures too."""
    found = {urljoin(address, unescape(link)).partition("#")[0] for link in _LINK.findall(text)}
    return {one for one in found if one.startswith("/") and not one.startswith(("/static/", "/admin/"))}


def kind_of(address: str) -> str:
    """The address without the values of its parameters."""
    parts = urlsplit(address)
    return f"{parts.path}?{re.sub('=[^&]*', '', parts.query)}"


def text_of(response: Any) -> str:
    content = body(response)
    kind = response.headers.get("Content-Type", "")
    if "parquet" in kind:
        return str(pyarrow.parquet.read_table(io.BytesIO(content)).to_pylist())
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace") + str(dict(response.headers))


def test_a_secret_slug_is_answered_like_one_that_does_not_exist(secrets: Secrets) -> None:
    told = []
    last = {table: slug for slug, table in secrets.slugs.items()}
    for table, slug in last.items():
        unknown = "-".join(["zz", *slug.split("-")[1:]])[: len(slug)].ljust(len(slug), "z")
        for address in addresses_with("SLUG", table):
            answers = [said(address, one) for one in (slug, unknown)]
            told += [address] if answers[0] != answers[1] else []
    assert sorted(set(told)) == []


def addresses_with(slug: str, table: str) -> list[str]:
    own = [
        f"/{'models' if table == 'entry' else table + 's'}/{slug}/",
        f"/api/v1/{'models' if table == 'entry' else table + 's'}/{slug}/",
    ]
    queries = [urlencode({name: slug}) for name in TAKES[table]]
    return own + [
        f"{path}?{query}"
        for query in queries
        for path in (*LISTS, "/compare/", "/compare.csv", "/compare.json")
    ]


LISTS = ("/models/", "/models.csv", "/models.json", "/claims.json", "/claims.csv", "/charts/stage.json", "/api/v1/models/", "/api/v1/claims/", "/api/v1/omissions/", "/api/v1/market_figure_evidence/")  # fmt: skip


def said(address: str, slug: str) -> tuple[int, str]:
    """The answer, with the slug that was asked for left out of it."""
    response = Client().get(address.replace("SLUG", slug))
    text = re.sub(r'nonce-[^"\']*', "", body(response).decode("utf-8", "replace"))
    return response.status_code, text.replace(slug, "SLUG")


SEARCHES = ("/models/", "/models/suggest/", "/models/suggest.json", "/compare/suggest/", "/models.json", "/api/v1/models/", "/charts/stage.json")  # fmt: skip


@pytest.mark.parametrize("address", SEARCHES)
def test_no_search_finds_an_entry_by_what_waits(secrets: Secrets, address: str) -> None:
    names = [
        word
        for word, where in secrets.words.items()
        if "name" in where or "alias" in where or "cell" in where
    ]
    nothing = said(f"{address}?q=SLUG", "qz999zz")
    hits = [secrets.words[word] for word in names if said(f"{address}?q=SLUG", word) != nothing]
    assert hits == []


def test_every_parameter_that_takes_rows_is_asked() -> None:
    asked = {name for names in TAKES.values() for name in names}
    assert {name for name in EntryFilter.base_filters if name in ("developer", "source")} <= asked
