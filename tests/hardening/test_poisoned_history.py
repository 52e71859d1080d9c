"""History may hold characters that XML cannot: it was written before anybody asked. Every XML that we give parses."""

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.test import Client
from django.utils import timezone

from models_catalog.history import changes
from models_catalog.models import EVENT_MODELS
from models_catalog.models.words import Words
from tests.hardening.site import PUBLIC, Site, body

pytestmark = pytest.mark.django_db

POISON = "\x01\x08\x0b\x0c\x1f\x7f\x85\ufffe\uffff\u202e\u2028&<]]>"


@pytest.fixture
def poisoned(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site, with poison at the end of every name and word of all histories."""
    monkeypatch.setattr(changes, "SETTLING", timedelta(0))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for event in EVENT_MODELS.values():
            table = event._meta.db_table
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
            for column, value in texts_of(event):
                cursor.execute(f'UPDATE {table} SET "{column}" = {value}', [POISON])
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER append_only")
    return site


def texts_of(event: Any) -> Iterator[tuple[str | None, str]]:
    """Each free column of text, and its value with poison as far as there is room for it."""
    for field in event._meta.concrete_fields:
        if isinstance(field, ArrayField) and not field.base_field.choices:
            yield field.column, f'array_append("{field.column}", %s)'
        elif isinstance(field, Words) or field.name in ("name_zh", "name_en"):
            room = field.max_length or 200
            yield field.column, f'left(left("{field.column}", {room - len(POISON)}) || %s, {room})'


def xml_in(response: Any) -> Iterator[bytes]:
    """The XML documents of an answer."""
    content = body(response)
    kind = response.headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            yield from (book.read(name) for name in book.namelist() if name.endswith((".xml", ".rels")))
    elif "xml" in kind:
        yield content


@pytest.mark.parametrize("query", ["", "as_of"])
def test_every_xml_parses_whatever_the_history_holds(poisoned: Site, query: str) -> None:
    client, read = Client(), 0
    today = {"as_of": timezone.localdate().isoformat()} if query else {}
    for name in PUBLIC:
        for document in xml_in(client.get(poisoned.path(name), today)):
            ElementTree.fromstring(document)
            read += 1
    assert read >= (6 if query else 10)


def test_the_poison_is_told_where_it_can_be(poisoned: Site) -> None:
    feed = Client().get("/feeds/changes.atom").content.decode()
    assert feed.count("\ufffd") > 10


@pytest.mark.parametrize(
    "address", ["/charts/stage.svg", "/models.xlsx", "/claims.xlsx", "/feeds/changes.atom"]
)
def test_what_is_typed_is_no_poison_either(site: Site, address: str) -> None:
    response = Client().get(address, {"q": "盘古\x0b"})
    assert response.status_code in (200, 400)
    for document in xml_in(response):
        ElementTree.fromstring(document)
