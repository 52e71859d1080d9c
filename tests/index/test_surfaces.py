"""Every surface lists what the page lists: sixty query strings of chance, the same ones each time."""

import random
from collections.abc import Callable
from io import BytesIO

import pyarrow.parquet
import pytest
from django.test import Client

from models_catalog.catalog.results import results_of, rows_of
from models_catalog.charts.chart import Built
from models_catalog.charts.registry import CHARTS
from tests.index.conftest import filtered
from tests.index.test_equals_sql import DAYS, ONE_OF, SIZES, VALUES, query_string
from tests.views.test_catalog import listed
from tests.views.test_exports import body, csv_rows, json_rows, xlsx_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_many")]

Surface = Callable[[Client, str], list[str]]


def parquet(client: Client, query: str) -> list[str]:
    file = BytesIO(body(client.get(f"/models.parquet?{query}")))
    return [row["slug"] for row in pyarrow.parquet.read_table(file).to_pylist()]


def pages_of_the_api(client: Client, query: str) -> list[str]:
    answer = client.get(f"/api/v1/models/?{query}&page_size=25").json()
    slugs, count = [], answer["count"]
    while True:
        slugs += [row["slug"] for row in answer["results"]]
        if not answer["next"]:
            assert count == len(slugs)
            return slugs
        answer = client.get(answer["next"]).json()


SURFACES: dict[str, Surface] = {
    "page": listed,
    "csv": lambda client, query: [row["slug"] for row in csv_rows(client, query)],
    "json": lambda client, query: [row["slug"] for row in json_rows(client, query)],
    "xlsx": lambda client, query: [row["slug"] for row in xlsx_rows(client, query)],
    "parquet": parquet,
    "api": pages_of_the_api,
}


def queries() -> list[str]:
    chance = random.Random(15)

    def some(values: dict[str, list[str]], most: int) -> dict[str, list[str]]:
        names = chance.sample(sorted(values), chance.randint(0, most))
        return {name: [chance.choice(values[name])] for name in names}

    return [
        query_string(
            some(VALUES, 2), some(ONE_OF, 2), chance.choice([{}, *SIZES]), chance.choice([{}, *DAYS])
        )
        for _number in range(60)
    ]


def of_the_page(query: str) -> list[str]:
    return [row.slug for row in rows_of(results_of(filtered(query)))]


def test_most_of_the_queries_choose_some_entries_but_not_all() -> None:
    counts = [len(of_the_page(query)) for query in queries()]
    assert sum(0 < count < 60 for count in counts) > 30


@pytest.mark.parametrize("name", SURFACES)
def test_surface_lists_the_entries_of_the_page_in_its_order(client: Client, name: str) -> None:
    for query in queries():
        assert (query, SURFACES[name](client, query)) == (query, of_the_page(query))


def test_the_cursor_of_the_api_gives_the_same_entries(client: Client) -> None:
    for query in queries():
        unsorted = "&".join(part for part in query.split("&") if not part.startswith("sort="))
        found = pages_of_the_api(client, f"{unsorted}&cursor=*")
        assert (query, sorted(found)) == (query, sorted(of_the_page(query)))


def test_every_chart_places_or_lists_just_the_entries_of_the_page(client: Client) -> None:
    of_entries = [name for name, chart in CHARTS.items() if chart.of_entries]
    for query in queries():
        shown = {one["built"].chart.name: one["built"].plotted for one in charts(client, query)}
        for name in of_entries:
            slugs = [*shown[name].rows["slug"].unique(), *(row.slug for row in shown[name].unplaced)]
            assert (query, name, sorted(slugs)) == (query, name, sorted(of_the_page(query)))
            assert shown[name].total == len(slugs)


def charts(client: Client, query: str) -> list[dict[str, Built]]:
    built: list[dict[str, Built]] = client.get(f"/charts/?{query}").context["charts"]
    return built
