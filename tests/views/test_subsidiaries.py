"""A developer's filter with what the organisations below it build: the same rows in every form."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_developer, make_entry
from tests.once import once
from tests.views.test_catalog import listed
from tests.views.test_exports import body, csv_rows

pytestmark = pytest.mark.django_db
ALL = "developer=ali&include_subsidiaries=1"
EVERYTHING = {"tongyi", "m6", "plug"}


def _make_family() -> None:
    ali = make_developer("阿里", slug="ali")
    academy = make_developer("达摩院", slug="damo", parent=ali)
    lab = make_developer("实验室", slug="lab", parent=academy)
    for name, developers in {"通义": [ali], "M6": [academy], "PLUG": [lab, ali], "文心": ["百度"]}.items():
        make_entry(name, developers=developers)


shared_family = once(_make_family)


@pytest.fixture(autouse=True)
def _family(shared_family: None, db: None) -> None:
    """Each test of this file sees them."""


def test_developer_alone_has_its_own_entries(client: Client) -> None:
    assert {*listed(client, "developer=ali")} == {"tongyi", "plug"}


@pytest.mark.parametrize("path", ["models.json", "api/v1/models/"])
def test_with_subsidiaries_every_form_has_the_same_rows(client: Client, path: str) -> None:
    answer = client.get(f"/{path}?{ALL}")
    found = json.loads(body(answer) if answer.streaming else answer.content)["results"]
    assert {row["slug"] for row in found} == EVERYTHING
    assert {row["slug"] for row in csv_rows(client, ALL)} == {*listed(client, ALL)} == EVERYTHING


def test_they_are_excluded_with_the_developer_that_is(client: Client) -> None:
    query = "developer=-ali&include_subsidiaries=1"
    assert {*listed(client, query)}.isdisjoint(EVERYTHING)
    assert {*listed(client, f"{query}&as_of={timezone.localdate()}")} == {*listed(client, query)}


def test_charts_take_them_too(client: Client) -> None:
    rows = client.get(f"/charts/developers.csv?{ALL}")
    assert "m6" in (body(rows) if rows.streaming else rows.content).decode()


def test_past_takes_them_too(client: Client) -> None:
    """By SQL and not by the index."""
    assert {*listed(client, f"{ALL}&as_of={timezone.localdate()}")} == EVERYTHING


def test_page_offers_what_is_left_out(client: Client) -> None:
    page = client.get("/en/models/?developer=ali").content.decode()
    assert "1 more entry is built by a subsidiary." in page
    assert "?developer=ali&amp;include_subsidiaries=1" in page


@pytest.mark.parametrize("query", ["developer=lab", "developer=baidu", ALL, "kind=model"])
def test_nothing_is_offered_where_nothing_is_left_out(client: Client, query: str) -> None:
    assert client.get(f"/models/?{query}").context["subsidiaries"] == 0


def test_counts_of_the_page_are_those_of_the_rows(client: Client) -> None:
    page = client.get(f"/models/?{ALL}")
    assert page.context["page"].total == 3


def test_choice_is_a_chip_that_can_be_removed(client: Client) -> None:
    chips = client.get(f"/models/?{ALL}").context["chips"]
    assert [chip.address for chip in chips if chip.name == "include_subsidiaries"] == ["?developer=ali"]


@pytest.mark.parametrize("value", ["2", "yes"])
def test_other_values_are_refused(client: Client, value: str) -> None:
    assert client.get(f"/models/?developer=ali&include_subsidiaries={value}").status_code == 400


def test_circle_of_parents_ends(client: Client) -> None:
    ali, lab = make_developer("阿里", slug="ali"), make_developer("实验室", slug="lab")
    ali.parent = lab
    ali.save()
    assert {*listed(client, ALL)} == EVERYTHING
