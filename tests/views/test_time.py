"""Days, moments and releases: one zone, addresses that last, and what differs between two states."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from models_catalog.catalog.past_forms import AsOfField
from models_catalog.history.as_of import end_of
from models_catalog.models import Claim, Entry, Release
from models_catalog.models.vocabulary import Field
from models_catalog.publish.releases import freeze
from models_catalog.publish.releases.freeze import make_release
from tests.factories import make_claim, make_entry, make_sector
from tests.history.test_as_of import history_moved_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> Release:
    """A release of two days ago with one entry; another came today."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with history_moved_back(2):
        make_entry("轩辕", parameters="2600亿")
    monkeypatch.setattr(freeze, "_moment", lambda: timezone.now() - timedelta(days=1))
    release = make_release(day=date(2026, 11, 22))
    make_entry("新来")
    return release


def names(client: Client, query: str) -> list[str]:
    return [row["name_zh"] for row in client.get(f"/api/v1/models/?{query}").json()["results"]]


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01T16:30:00+08:00",
        "2026-03-01T08:30:00Z",
        "2026-03-01T16:30:00 08:00",
        "2026-03-01T03:30:00-05:00",
    ],
)
def test_a_moment_is_the_same_in_every_offset(written: str) -> None:
    assert AsOfField().clean(written) == AsOfField().clean("2026-03-01T08:30Z")


def test_a_day_contains_its_moments() -> None:
    last, first = (AsOfField().clean(f"2026-03-0{day}+08:00") for day in ("1T23:59:59", "2T00:00:00"))
    assert last < end_of(date(2026, 3, 1)) <= first


@pytest.mark.parametrize("path", ["models.csv", "models/", "charts/timeline/", "compare/", "api/v1/models/"])
@pytest.mark.parametrize("query", ["release=9", "release=x", "release=0", "release=1&as_of=2026-11-22"])
def test_a_release_that_is_none_is_refused(client: Client, released: Release, path: str, query: str) -> None:
    assert client.get(f"/{path}?{query}").status_code == 400


def test_a_release_is_shown_as_it_stood(client: Client, released: Release) -> None:
    assert (names(client, "release=1"), len(names(client, ""))) == (["轩辕"], 2)
    page = client.get("/en/models/?release=1").content.decode()
    assert ("as it was in release 1." in page, "新来" in page) == (True, False)


@pytest.mark.parametrize(("slug", "status"), [("xuanyuan", 200), ("xinlai", 404)])
def test_a_row_of_the_api_is_shown_as_it_stood(
    client: Client, released: Release, slug: str, status: int
) -> None:
    claim = Claim.objects.filter(entry__slug=slug).earliest("pk")
    for row in (f"models/{slug}", f"claims/{slug}/{claim.key}"):
        answers = [client.get(f"/api/v1/{row}/{query}").status_code for query in ("", "?release=1")]
        assert answers == [200, status]


def test_a_row_of_the_past_has_the_claims_of_the_past(client: Client, released: Release) -> None:
    make_claim(Entry.objects.get(slug="xuanyuan"), Field.SECTOR, sector=make_sector("金融"), stated="金融")
    fields = [
        {claim["field"] for claim in client.get(f"/api/v1/models/xuanyuan/{query}").json()["claims"]}
        for query in ("", "?release=1")
    ]
    assert fields[0] - fields[1] == {"sector"}


@pytest.mark.parametrize(
    "asked",
    [
        "models/xuanyuan/?release=9",
        "models/xuanyuan/?as_of=x",
        "sectors/x/?release=1",
        "models/xuanyuan/?as_of=",
    ],
)
def test_a_row_takes_the_past_as_its_list_does(client: Client, released: Release, asked: str) -> None:
    make_sector("金融", slug="x")
    lists = re.sub("/x[a-z]*/", "/", asked)
    assert client.get(f"/api/v1/{asked}").status_code == client.get(f"/api/v1/{lists}").status_code


def test_what_shows_the_present_alone_refuses_a_release(client: Client, released: Release) -> None:
    assert client.get("/developers/?release=1").status_code == 400


@pytest.mark.parametrize("path", ["models/", "models.csv", "api/v1/models/", "models/xuanyuan/", "charts/"])
def test_before_its_history_a_site_says_when_it_begins(client: Client, released: Release, path: str) -> None:
    response = client.get(f"/en/{path}?as_of=2020-01-01")
    assert (response.status_code, "history of this site begins on" in response.content.decode()) == (
        404,
        True,
    )


def test_before_its_history_the_release_is_offered(client: Client, released: Release) -> None:
    page = client.get("/en/models/?openness=open&as_of=2020-01-01").content.decode()
    assert 'href="/en/models/?openness=open&amp;release=1"' in page


def test_permanent_addresses_have_no_fraction_of_a_second(client: Client, released: Release) -> None:
    for path in (
        "models/xuanyuan/cite/",
        "models/xinlai/cite/",
        "models/xuanyuan/cite/?release=1",
        "charts/timeline/",
    ):
        page = client.get(f"/en/{path}").content.decode()
        cited = page.partition("Permanent address:")[2].partition("</a>")[0]
        assert ("as_of=" in cited or "release=1" in cited, "." in cited.partition("as_of=")[2]) == (
            True,
            False,
        )


def test_an_unchanged_state_is_cited_alike(client: Client, released: Release, monkeypatch: Any) -> None:
    first = client.get("/en/models/xinlai/cite.txt").content
    later = timezone.now() + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert client.get("/en/models/xinlai/cite.txt").content == first


@pytest.mark.parametrize(
    "path",
    ["models/?openness=unstated", "models/xuanyuan/", "compare/?model=xuanyuan", "charts/", "charts/stage/"],
)
def test_what_shows_the_past_offers_another_day(client: Client, released: Release, path: str) -> None:
    page = client.get(f"/en/{path}").content.decode()
    assert (
        'type="date" name="as_of"' in page,
        '<select class="input input--inline" id="times-release"' in page,
    ) == (True, True)


def test_what_changed_between_two_states_is_listed(client: Client, released: Release) -> None:
    make_entry("盘古", parameters="千亿级")
    response = client.get("/en/changes/?since=1")
    assert [(one.name_zh, one.action) for one in response.context["found"]] == [
        ("新来", "added"),
        ("盘古", "added"),
    ]
    assert client.get("/en/changes/?until=1").context["found"] == []


@pytest.mark.parametrize(
    "query", ["since=x", "since=2999-01-01", "until=99", "since=2026-03-02&until=2026-03-01"]
)
def test_states_that_are_none_are_refused(client: Client, query: str) -> None:
    response = client.get(f"/en/changes/?{query}")
    assert (response.status_code, response.context["found"]) == (400, None)
