"""Every page costs the same few queries with one row and with many."""

import re
from typing import Any

import pytest
from django.test import Client
from psycopg.types.range import Range
from pytest_django import DjangoAssertNumQueries

from models_catalog.catalog.index.current import current
from models_catalog.models import Developer, Entry, Source
from models_catalog.models.vocabulary import EventKind, Field, Ruling, Status
from tests.factories import (
    make_claim,
    make_entries,
    make_entry,
    make_figure,
    make_omission,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db

QUERIES = {
    "/en/": 5,
    "/en/models/wenxin/": 10,
    "/en/models/wenxin/?sort=name": 10,
    "/en/developers/": 4,
    "/en/developers/baidu/": 7,
    "/en/sectors/": 4,
    "/en/sectors/finance/": 5,
    "/en/sources/": 2,
    "/en/sources/thepaper-2023/": 7,
    "/en/market/": 4,
    "/en/about/": 7,
    "/en/about/dictionary/": 1,
    "/sitemap.xml": 2,
    "/sitemap-pages.xml": 4,
    "/sitemap-models-1.xml": 3,
}


def some_entries(number: int) -> None:
    """`number` entries with facts of every kind, the first of them a family with the others as members."""
    facts: dict[str, Any] = {
        "developers": ["百度"],
        "sectors": [make_sector("金融", slug="finance", name_en="Finance")],
        "parameters": "2600亿",
        "modalities": ["text"],
    }
    family = None
    for position in range(number):
        family = make_entry(
            f"文心{position or ''}",
            name_en=f"Wenxin {position}",
            slug="wenxin" if not position else f"wenxin-{position}",
            parent=family if position == 1 else None,
            released="2023-03-16",
            events={EventKind.PLANNED: "2023-05", EventKind.ANNOUNCED: ""},
            **facts,
        )
        figure = make_figure(slug=f"figure-{position}")
        figure.evidence.create(
            source=make_source(), line=1, start=position, end=position + 4, quotation="79个吧", stated="79个"
        )
        make_omission(source=make_source())


@pytest.fixture
def _named() -> None:
    """The developer and the sector under the slugs that the addresses name."""
    Developer.objects.create(slug="baidu", name_zh="百度", kind="big-tech", sort_key="baidu")
    make_sector("金融", slug="finance", name_en="Finance")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("path", QUERIES)
@pytest.mark.usefixtures("_named")
def test_page_costs_the_same_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, rows: int
) -> None:
    some_entries(rows + 2 if "wenxin" in path else rows)  # alone it has nothing near it to look up
    current()  # takes the entries into memory
    with django_assert_num_queries(QUERIES[path]):
        response = client.get(path)
    assert response.status_code == 200


@pytest.mark.parametrize(("path", "queries"), [("/en/", 1), ("/en/models/wenxin/", 2)])
def test_a_page_whose_parts_are_kept_asks_for_little(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, queries: int
) -> None:
    some_entries(3)
    client.get(path)
    with django_assert_num_queries(queries):
        client.get(path)


def test_entry_with_many_claims_costs_the_same(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entry = make_entry("文心", slug="wenxin", developers=["百度"], sectors=["金融"])
    for number in range(40):
        make_claim(entry, Field.NAME, text=f"名{number}", token="alias", words=f"名{number}")
    current()
    with django_assert_num_queries(7):  # alone, and without a size whose like could be looked for
        client.get("/en/models/wenxin/")


def test_entry_among_a_thousand_costs_the_same(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_entries(1_000)
    make_entry("文心", slug="wenxin", developers=["百度"], sectors=["金融"])
    current()
    with django_assert_num_queries(QUERIES["/en/models/wenxin/"] - 2):  # no family, and only neighbours
        client.get("/en/models/wenxin/")


@pytest.mark.parametrize("path", ["models", "developers", "sectors", "sources"])
def test_unknown_slug_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}/nobody/").status_code == 404


def test_entry_not_listed_is_not_found(client: Client) -> None:
    Entry.objects.create(slug="draft")
    assert client.get("/en/models/draft/").status_code == 404


def test_merged_entry_leads_to_the_other(client: Client) -> None:
    kept = make_entry("文心", slug="wenxin")
    Entry.objects.create(slug="old", merged_into=kept)
    response = client.get("/en/models/old/")
    assert (response.status_code, response["Location"]) == (301, "/en/models/wenxin/")


def test_source_page_past_the_end_is_not_found(client: Client) -> None:
    assert Source.objects.count() == 0
    make_source()
    assert client.get("/en/sources/thepaper-2023/?page=2").status_code == 404


@pytest.mark.parametrize("path", ["/en/", "/en/developers/baidu/", "/en/sectors/finance/"])
@pytest.mark.usefixtures("_named")
def test_a_value_carries_its_source_and_its_dispute(client: Client, path: str) -> None:
    some_entries(1)
    Source.objects.update(position=3)
    disputed = {"status": Status.DISPUTED, "ruling": Ruling.CURATOR, "preferred": False}
    make_claim(
        Entry.objects.get(),
        Field.PARAMETERS,
        words="3000亿",
        number=Range(3 * 10**11, 3 * 10**11, "[]"),
        **disputed,
    )
    html = client.get(path).content.decode()
    against = '<span class="mark__against">3\\?</span>'  # the article says both: one mark, with what disagrees apart
    assert re.search(rf'href="/en/models/wenxin/#[^"]+" title="[^"]+">3{against}</a>', html)
