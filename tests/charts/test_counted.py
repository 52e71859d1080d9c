"""Charts of more entries than have rows each: counted in memory, they say what charts of the same entries' rows say."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from models_catalog.catalog.results import Present, rows_of
from models_catalog.charts import chart as charts
from models_catalog.charts import coverage, parameters, timeline
from models_catalog.charts.chart import Built
from models_catalog.charts.drawing.links import Links
from models_catalog.charts.plotted import NAMES
from models_catalog.charts.registry import CHARTS
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Basis, Field
from models_catalog.pages import charts as pages
from tests.charts.test_views import figure, rows
from tests.factories import dispute_size
from tests.index.conftest import _make_many, filtered
from tests.index.test_surfaces import queries
from tests.once import once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_claimed", "of_many")]

QUERIES = ["", "sort=-parameters", *queries()[:12]]
OF_ENTRIES = [name for name, chart in CHARTS.items() if chart.of_entries]


def _make_claimed() -> None:
    """Values stated and inferred, and sizes in dispute."""
    _make_many()
    claims = [*Claim.objects.filter(field__in=[Field.SECTOR, Field.OPENNESS]).order_by("pk")]
    inferred = Claim.objects.filter(pk__in=[claim.pk for claim in claims[::3]])
    inferred.update(basis=Basis.INFERRED, reason_zh="因为", reason_en="Because")
    for entry in Entry.objects.exclude(parameters=None).order_by("pk")[:3]:
        dispute_size(entry, "7亿")


shared_claimed = once(_make_claimed)


@pytest.fixture
def of_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten entries are more than rows can show."""
    for module in (charts, coverage, parameters, timeline):
        monkeypatch.setattr(module, "DRAWN", 10)


@pytest.fixture
def too_many_for_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_ENTRIES", 0)


def both(name: str) -> Iterator[tuple[str, Built, Built]]:
    """The chart of some queries by the rows of their entries, and counted."""
    for query in QUERIES:
        results = Present(filtered(query))
        links = Links(QueryDict(query))
        by_rows = CHARTS[name].build(list(rows_of(results)), links)
        yield query, by_rows, CHARTS[name].count(results.matching, links)


def told(built: Built) -> dict[str, Any]:
    """All that a reader sees."""
    found = built.figure()
    counts = (built.plotted.placed, built.plotted.missing, built.plotted.total, built.of)
    return {**found, "counts": counts, "table": built.drawing.table, "finding": built.finding}


@pytest.mark.parametrize("name", CHARTS)
def test_counted_chart_says_what_the_rows_say(name: str) -> None:
    for query, by_rows, counted in both(name):
        assert (query, told(counted)) == (query, told(by_rows))


@pytest.mark.parametrize("name", OF_ENTRIES)
def test_counted_file_has_the_number_of_rows_that_are_alike(name: str) -> None:
    for query, by_rows, counted in both(name):
        if counted.plotted.numbers:
            left = by_rows.plotted.rows.drop(columns=[*NAMES, *CHARTS[name].of_each])
            alike = Counter(map(str, left.astype(object).values.tolist()))
            found = {str(row[:-1]): row[-1] for row in counted.file.rows.astype(object).values.tolist()}
            assert (query, found) == (query, alike)


@pytest.mark.usefixtures("too_many_for_rows")
def test_files_of_a_counted_chart_say_so(client: Client) -> None:
    response = client.get("/charts/openness.csv")
    assert 'filename="baimo-openness-counts.csv"' in response["Content-Disposition"]
    counts = {row["openness"]: int(row["rows"]) for row in rows(client, "openness")}
    assert counts == Counter(Entry.objects.exclude(openness="").values_list("openness", flat=True))
    assert client.get("/charts/openness.svg").status_code == 200


@pytest.mark.usefixtures("too_many_for_rows")
def test_pages_of_counted_charts_list_what_has_no_place(client: Client) -> None:
    unplaced = Entry.objects.filter(openness="").count()
    meta = figure(client, "openness")["layout"]["meta"]
    assert (meta["total"] - meta["placed"], len(meta["unplaced"])) == (unplaced, unplaced)
    assert client.get("/charts/").status_code == 200


@pytest.mark.usefixtures("too_many_for_rows")
def test_many_entries_of_the_past_are_refused(client: Client) -> None:
    response = client.get("/charts/openness/?as_of=2199-01-01")
    assert response.status_code == 400


@pytest.mark.usefixtures("too_many_for_rows")
def test_more_than_can_be_counted_in_time_are_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_COUNTED", Entry.objects.count() - 1)
    assert client.get("/charts/openness.csv?openness=open").status_code == 200
    for path in ("", "openness/", "openness.json", "openness.csv", "openness.svg"):
        response = client.get(f"/en/charts/{path}")
        assert (response.status_code, "Narrow the filters" in response.text) == (400, True)


def test_the_first_of_what_has_no_place_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "LISTED", 2)
    results = Present(filtered(""))
    plotted = CHARTS["openness"].count(results.matching, Links(QueryDict(""))).plotted
    names = [row.slug for row in rows_of(results) if not row.openness]
    assert ([row.slug for row in plotted.unplaced], plotted.missing) == (names[:2], len(names))


def test_an_entry_that_left_since_it_was_counted_is_not_named() -> None:
    matching = Present(filtered("")).matching
    Entry.objects.update(is_listed=False)
    rows = CHARTS["parameters"].count(matching, Links(QueryDict(""))).plotted.rows
    assert (rows.at[0, "name_zh"], rows.at[0, "name_en"]) == ("", "")
