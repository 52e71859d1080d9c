"""The registry as some of its sources tell it: values computed from the rest, in every form, and nothing kept of it."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from models_catalog.claims import lens as lenses
from models_catalog.claims.lens import seen_through
from models_catalog.claims.settle import settle
from models_catalog.history.as_of import LENS, Lens, is_present
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.source import IMPORTED
from models_catalog.models.vocabulary import Answer, Basis, Field, Ruling, Status
from tests.factories import make_claim, make_entry, make_source

pytestmark = pytest.mark.django_db

EARLY, LATE = Lens(without=("late-2023",)), Lens(without=("early-2023",))


@pytest.fixture(autouse=True)
def entry() -> Entry:
    """An entry to which the later source gives another size, as a dispute, and a sector."""
    early = make_source("early-2023", published=DateRange(date(2023, 4, 1), date(2023, 5, 1)))
    late = make_source("late-2023", published=DateRange(date(2023, 7, 1), date(2023, 8, 1)), position=2)
    entry = make_entry("文心", source=early, parameters="2600亿")
    make_entry("新来", source=late, openness="open")
    make_claim(
        entry, Field.PARAMETERS, words="100亿", number=parse_number("parameters", "100亿"), source=late,
        status=Status.DISPUTED, ruling=Ruling.CURATOR,
    )  # fmt: skip
    make_claim(entry, Field.OPENNESS, token="closed", source=late)
    settle([entry])
    return entry


def rows(client: Client, query: str) -> list[dict[str, Any]]:
    response = client.get(f"/en/models.json?{query}")
    assert response.status_code == 200
    found: list[dict[str, Any]] = json.loads(b"".join(response))["results"]
    return found


def test_values_are_computed_from_the_sources_that_count(entry: Entry) -> None:
    with seen_through(LATE):
        seen = Entry.objects.get(pk=entry.pk)
        assert (seen.is_listed, Entry.objects.listed().count()) == (False, 1)
    with seen_through(EARLY):
        seen = Entry.objects.get(pk=entry.pk)
        assert (seen.parameters_stated, seen.openness, seen.sources.count()) == ("2600亿", "", 1)


def test_what_lost_a_dispute_stands_where_its_rival_is_left_out(entry: Entry) -> None:
    late = make_source("late-2023")
    make_claim(entry, Field.NAME, text="文心", token="zh", source=late, preferred=False)
    with seen_through(LATE):
        seen = Entry.objects.get(pk=entry.pk)
        claim = Claim.objects.get(entry=entry, field=Field.PARAMETERS)
        assert (seen.parameters_stated, claim.preferred, claim.status) == ("100亿", True, Status.ACCEPTED)


def test_nothing_of_it_is_kept(entry: Entry) -> None:
    before = list(Entry.objects.order_by("pk").values()), list(Claim.objects.order_by("pk").values())
    with seen_through(LATE):
        assert not is_present()
    assert (
        list(Entry.objects.order_by("pk").values()),
        list(Claim.objects.order_by("pk").values()),
    ) == before
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname LIKE 'models_catalog%'"
        )
        assert (cursor.fetchone(), LENS.get()) == ((0,), Lens())


def test_a_curators_addition_stays(entry: Entry) -> None:
    make_claim(
        entry, Field.CATEGORY, token="general", basis=Basis.CURATOR, reason_zh="所知", reason_en="known"
    )
    settle([entry])
    with seen_through(EARLY):
        assert Entry.objects.get(pk=entry.pk).category == "general"


@pytest.mark.parametrize(
    ("day", "names"), [("2023-04-29", []), ("2023-04-30", ["文心"]), ("2023-07-31", ["文心", "新来"])]
)
def test_replay_counts_what_was_certainly_published(client: Client, day: str, names: list[str]) -> None:
    assert [row["name_zh"] for row in rows(client, f"known_by={day}")] == names


def test_page_file_chart_and_api_show_the_same(client: Client) -> None:
    assert [row["slug"] for row in rows(client, "without=late-2023&openness=closed")] == []
    page = client.get("/zh/models/?without=late-2023&openness=unstated").content.decode()
    assert re.findall('data-pick="([^"]+)"', page) == ["文心"]
    api = client.get("/api/v1/models/?without=late-2023").json()
    figure = client.get("/en/charts/openness.json?without=late-2023").json()
    assert (api["count"], figure["layout"]["meta"]["total"], figure["layout"]["meta"]["placed"]) == (1, 1, 0)


def test_page_says_so_and_its_links_go_on_with_it(client: Client) -> None:
    text = client.get("/en/models/?without=late-2023").content.decode()
    assert "Only these sources count here: 0 The Paper." in text
    assert 'href="/en/models/wenxin/?without=late-2023"' in text
    assert "some of the sources" in text.partition("</title>")[0]
    assert "Only these sources" not in client.get("/en/models/").content.decode()


def test_a_table_whose_name_has_commas_is_one_source(client: Client, entry: Entry) -> None:
    table = make_source(f"{IMPORTED}1", name_en="models, sizes.csv", position=7)
    make_claim(entry, Field.SECTOR, answer=Answer.UNDISCLOSED, source=table)
    text = client.get("/en/models/?without=late-2023").content.decode()
    assert "count here: 0 The Paper; 7 models, sizes.csv, April 2023." in text


def test_entry_comparison_and_claim_follow(client: Client, entry: Entry) -> None:
    text = client.get("/en/models/wenxin/?without=late-2023").content.decode()
    assert ("2600亿" in text, "100亿" in text, "without=late-2023" in text) == (True, False, True)
    gone = client.get("/en/models/xinlai/?without=late-2023")
    assert (gone.status_code, "None of the sources that count here" in gone.content.decode()) == (404, True)
    assert client.get("/en/compare/?model=wenxin&model=xinlai&without=late-2023").status_code == 404
    assert client.get("/en/compare/?model=wenxin&model=xinlai&known_by=2024-01-01").status_code == 200


def test_an_entry_that_is_lacking_is_told_so_beside_one_of_a_like_name(client: Client) -> None:
    make_entry("新来大模型", source=Source.objects.get(slug="early-2023"))
    gone = client.get("/en/models/xinlai/?without=late-2023").content.decode()
    assert ("None of the sources that count here" in gone, "Perhaps one of these" in gone) == (True, False)


def test_before_the_first_source_it_says_when_that_was(client: Client) -> None:
    text = client.get("/en/models/?known_by=2023-03-31").content.decode()
    assert (
        "None of the sources is known to have appeared by 31 March 2023; the earliest is dated April 2023."
        in text
    )


def test_a_citation_leads_to_what_is_cited(client: Client) -> None:
    cited = client.get("/en/models/wenxin/cite.txt?without=late-2023").content.decode()
    assert ("without=late-2023" in cited, "some of the sources" in cited) == (True, True)


@pytest.mark.parametrize(
    "query", ["without=nothing", "without=a%00", "known_by=2999-01-01", "known_by=x", "known_by=1999-01-01"]
)
@pytest.mark.parametrize(
    "path", ["models/", "models.csv", "models/wenxin/", "charts/", "compare/", "api/v1/models/"]
)
def test_a_source_or_day_that_is_none_is_refused(client: Client, path: str, query: str) -> None:
    assert client.get(f"/{path}?{query}").status_code == 400


@pytest.mark.parametrize("path", ["", "developers/", "market/", "sources/", "about/", "data/"])
def test_an_address_that_shows_the_whole_registry_says_so(client: Client, path: str) -> None:
    assert client.get(f"/en/{path}?without=late-2023").status_code == 400


def test_too_many_entries_are_not_settled_for_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lenses, "MOST", 1)
    assert client.get("/en/models/?without=late-2023").status_code == 400


def test_what_takes_too_long_to_settle_is_refused_for_now(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lenses, "SECONDS", 0.0)
    response = client.get("/en/models/?without=late-2023")
    assert (response.status_code, response["Retry-After"], is_present()) == (503, "30", True)
    assert "takes too long at the moment" in response.content.decode()


def test_a_source_that_is_left_out_is_named_with_the_way_to_count_it_again(client: Client) -> None:
    page = client.get("/en/models/?kind=model&without=late-2023&without=early-2023&page=1").content.decode()
    found = re.findall(r'<a class="chip" href="([^"]*)" rel="nofollow">\s*<s>(.*?)</s>', page)
    assert found == [
        ("/en/models/?kind=model&amp;without=late-2023", "0 The Paper"),
        ("/en/models/?kind=model&amp;without=early-2023", "2 The Paper"),
    ]


def test_a_source_after_the_day_of_the_lens_is_named_without_a_way(client: Client) -> None:
    page = client.get("/en/models/?known_by=2023-05-01").content.decode()
    assert re.findall(r'<span class="chip"><s>(.*?)</s>', page) == ["2 The Paper"]
    assert "count again" not in page
