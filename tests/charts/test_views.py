"""Charts at their addresses: the catalog's query string, the catalog's rows."""

import csv
import gzip
import io
import json
import re
import subprocess
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import plotly
import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from models_catalog.charts.drawing.links import Links
from models_catalog.charts.registry import CHARTS
from models_catalog.models.vocabulary import (
    Category,
    DeveloperKind,
    EventKind,
    Field,
    Kind,
    Modality,
    Openness,
)
from tests.factories import make_developer, make_entries, make_entry, make_sector
from tests.nasties import NASTIES
from tests.once import once
from tests.processes import clean, python

pytestmark = pytest.mark.django_db

OF_ENTRIES = [name for name, chart in CHARTS.items() if chart.of_entries]
QUERIES = [
    "", "q=文心", "q=nothing-like-this", "openness=open", "openness=unstated", "openness=open&openness=closed",
    "stage=released", "stage=planned&stage=unstated", "category=general", "category=unstated", "kind=application",
    "kind=model&kind=family", "modality=text", "modality=unstated", "developer=baidu", "developer=unstated",
    "developer_kind=big-tech", "developer_kind=academia&developer_kind=big-tech", "sector=finance",
    "sector=finance&sector=healthcare", "sector=unstated", "sector=finance&openness=unstated",
    "parameters_min=10B", "parameters_max=1000亿", "parameters_min=1B&parameters_max=1T&certainty=certain",
    "parameters_min=10B&include_unstated=1", "released_from=2023", "released_to=2023-03",
    "released_from=2023-03-01&released_to=2023-03-31&certainty=certain", "released_from=2021&include_unstated=1",
    "sort=-released", "sort=name&q=文", "source=thepaper-2023", "sector=finance&category=general&openness=closed",
]  # fmt: skip


def _make_catalog() -> None:
    """A dozen entries that differ in everything that can be filtered."""
    baidu = make_developer("百度", slug="baidu")
    thu = make_developer("清华", slug="thu", kind=DeveloperKind.ACADEMIA)
    finance, healthcare = make_sector("金融", slug="finance"), make_sector("医疗", slug="healthcare")
    make_entry("文心", kind=Kind.FAMILY, developers=[baidu], category=Category.GENERAL)
    make_entry(
        "文心一言", developers=[baidu], parameters="2600亿", released="2023-03-16", openness=Openness.CLOSED,
        category=Category.GENERAL, sectors=[finance, healthcare], modalities=[Modality.TEXT],
    )  # fmt: skip
    make_entry("GLM", developers=[thu, baidu], parameters="62亿", released="2023-03", openness=Openness.OPEN)
    make_entry("商量", parameters="千亿级", released="2021", category=Category.INDUSTRY, sectors=[finance])
    make_entry("秒画", parameters="超10亿", kind=Kind.APPLICATION, events={EventKind.BETA: "2023-04"})
    make_entry("言犀", events={EventKind.PLANNED: ""}, sectors=[healthcare])
    make_entry("=1+1", parameters="不到10亿", openness=Openness.OPEN, modalities=[Modality.IMAGE])


shared_catalog = once(_make_catalog)


def figure(client: Client, name: str, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = client.get(f"/charts/{name}.json?{query}").json()
    return answer


def rows(client: Client, name: str, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/charts/{name}.csv?{query}")
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def count(client: Client, query: str) -> int:
    response = client.get(f"/models.json?{query}")
    total: int = json.loads(b"".join(response.streaming_content))["count"]  # type: ignore[attr-defined]
    return total


@pytest.mark.usefixtures("shared_catalog")
def test_every_chart_places_or_lists_every_row_of_the_catalog(client: Client) -> None:
    for query in QUERIES:
        total = count(client, query)
        for name in OF_ENTRIES:
            meta = figure(client, name, query)["layout"]["meta"]
            placed = meta["placed"] + len(meta["unplaced"])
            assert (query, name, placed, meta["total"]) == (query, name, total, total)


@pytest.mark.usefixtures("shared_catalog")
def test_csv_holds_the_placed_entries_and_no_others(client: Client) -> None:
    for name, query in product(OF_ENTRIES, QUERIES[:9]):
        meta = figure(client, name, query)["layout"]["meta"]
        slugs = {row["slug"] for row in rows(client, name, query)}
        assert len(slugs) == meta["placed"]
        assert slugs.isdisjoint(entry["slug"] for entry in meta["unplaced"])


BASES = ["", "q=文", "category=general", "sector=finance", "openness=open&openness=unstated"]


@pytest.mark.usefixtures("shared_catalog")
def test_a_bar_leads_to_as_many_rows_as_it_is_long(client: Client) -> None:
    for name, query in product(OF_ENTRIES, BASES):
        for trace in figure(client, name, query)["data"]:
            if trace["type"] == "bar" and trace["name"] != "机构":
                for length, url in zip(trace["x"], trace["customdata"], strict=True):
                    assert not (length and url) or count(client, urlsplit(url).query) == length


@pytest.mark.usefixtures("shared_catalog")
def test_csv_is_safe_in_a_spreadsheet(client: Client) -> None:
    assert "'=1+1" in {row["name_zh"] for row in rows(client, "openness")}


@pytest.mark.usefixtures("shared_catalog")
def test_csv_opens_in_a_spreadsheet_as_utf8(client: Client) -> None:
    response = client.get("/charts/stage.csv")
    assert not response.streaming  # else a slow reader of it would hold a thread without a turn
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"].startswith('attachment; filename="baimo-stage.csv"')


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.usefixtures("shared_catalog")
def test_page_holds_the_table_and_the_summary(client: Client, name: str) -> None:
    page = client.get(f"/zh/charts/{name}/").content.decode()
    has_rows = figure(client, name)["layout"]["meta"]["placed"] > 0
    assert ("<table" in page) == has_rows


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("shared_catalog")
def test_page_of_all_charts_has_each_with_its_finding(client: Client, language: str) -> None:
    page = client.get(f"/{language}/charts/").content.decode()
    assert [name for name in CHARTS if f'id="{name}-title"' not in page] == []


def test_nothing_that_matches_is_said(client: Client) -> None:
    page = client.get("/en/charts/?q=nothing").content.decode()
    assert "No entry matches these filters" in page


@pytest.mark.parametrize("path", ["", "stage/", "stage.json", "stage.csv", "stage.svg", "stage.png"])
@pytest.mark.parametrize("query", ["openness=maybe", "parameters_min=abc", "sort=x", "page=0"])
def test_bad_filter_is_refused_in_every_form(client: Client, path: str, query: str) -> None:
    assert client.get(f"/charts/{path}?{query}").status_code == 400


@pytest.mark.parametrize("path", ["stage.json", "stage.csv", "stage.svg", "stage.png"])
def test_a_file_of_a_chart_refuses_an_unknown_name(client: Client, path: str) -> None:
    assert client.get(f"/charts/{path}?no_such=1").status_code == 400


def test_refusal_names_the_field_and_keeps_what_was_typed(client: Client) -> None:
    page = client.get("/en/charts/stage/?parameters_min=abc<b>").content.decode()
    assert "<code>parameters_min</code>" in page
    assert "<code>abc&lt;b&gt;</code>" in page


@pytest.mark.parametrize("path", ["stage/", "sectors.json"])
def test_nasty_values_never_break_a_chart(client: Client, path: str) -> None:
    asked = product(("q", "sector", "released_from", "embed"), NASTIES)
    answers = {client.get(f"/charts/{path}", {name: nasty}).status_code for name, nasty in asked}
    assert answers <= {200, 400}


@pytest.mark.parametrize("path", ["nope/", "nope.json", "nope.csv", "nope.svg", "nope.png"])
def test_unknown_chart_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"/charts/{path}").status_code == 404


@pytest.mark.usefixtures("shared_catalog")
def test_embedded_chart_may_stand_in_a_page_elsewhere(client: Client) -> None:
    response = client.get("/charts/stage/?embed=1")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert "site-header" not in response.content.decode()


@pytest.mark.parametrize("path", ["", "stage/", "stage/?embed=2", "stage.svg?embed=1"])
def test_nothing_else_may_be_framed(client: Client, path: str) -> None:
    response = client.get(f"/charts/{path}")
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("extension", "kind", "start"), [("svg", "image/svg+xml", b"<svg"), ("png", "image/png", b"\x89PNG")]
)
@pytest.mark.usefixtures("shared_catalog")
def test_pictures_are_pictures(client: Client, extension: str, kind: str, start: bytes) -> None:
    response = client.get(f"/charts/sectors.{extension}")
    assert (response["Content-Type"], response.content[: len(start)]) == (kind, start)


@pytest.mark.parametrize("path", ["", "coverage/", "timeline.json"])
def test_more_entries_take_no_more_queries(
    client: Client, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_entries(1, released="2023-04", sectors=["金融"], developers=["百度"])
    with django_assert_max_num_queries(80) as one:
        client.get(f"/charts/{path}")
    make_entries_more()
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(f"/charts/{path}")


def make_entries_more() -> None:
    for name in ("另一个", "第三个"):
        make_entry(name, released="2023-04", sectors=["金融"], developers=["百度"])


def test_plotly_is_loaded_only_where_a_chart_is(client: Client) -> None:
    assert "plotly" not in client.get("/about/").content.decode()


def test_bundle_is_of_the_version_that_the_package_carries() -> None:
    packaged = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    (bundle,) = (settings.BASE_DIR / "static" / "vendor" / "plotly").glob("plotly-basic-*.min.js")
    version = packaged.read_text("utf-8")[:200].split("plotly.js v")[1].split()[0]
    assert bundle.name == f"plotly-basic-{version}.min.js"
    assert f"plotly.js (basic - minified) v{version}" in bundle.read_text("utf-8")[:200]


@pytest.mark.usefixtures("shared_catalog")
def test_page_of_all_charts_weighs_less_than_half_a_megabyte(client: Client) -> None:
    page = client.get("/zh/charts/").content
    linked = set(re.findall(r'(?:src|href)="/static/([^"]+\.(?:css|js))"', page.decode()))
    files = [(settings.BASE_DIR / "static" / name).read_bytes() for name in linked]
    assert sum(len(gzip.compress(data, 9)) for data in [page, *files]) <= 500_000


def test_pandas_and_plotly_are_loaded_only_where_a_chart_is_built() -> None:
    code = (
        "import sys, django; django.setup(); import registry.urls; "
        "sys.exit(str(sorted({'pandas', 'plotly', 'fontTools', 'resvg_py'} & set(sys.modules))))"
    )
    variables = clean(DJANGO_SETTINGS_MODULE="registry.settings", SECRET_KEY="x" * 50)
    done = subprocess.run(python("-c", code), env=variables, cwd=settings.BASE_DIR, capture_output=True)
    assert done.stderr.decode().strip() == "[]"


def test_a_mark_leads_to_rows_without_what_is_excluded() -> None:
    links = Links(QueryDict("sector=-finance&kind=model&kind=-family"))
    assert links.catalog(sector="retail", kind="model").endswith(
        "/models/?sector=retail&sector=-finance&kind=model&kind=-family"
    )


def test_a_mark_leads_to_the_claim_in_the_state_that_is_shown(client: Client) -> None:
    entry = make_entry("文心一言", parameters="2600亿", released="2023-03-16")
    claims = [entry.claims.get(field=field).key for field in (Field.PARAMETERS, Field.EVENT)]
    for name, key in zip(("parameters", "timeline"), claims, strict=True):
        figure = client.get(f"/zh/charts/{name}.json?known_by=2023-12-31&kind=model").json()
        address = f"/zh/models/{entry.slug}/?known_by=2023-12-31#{key}"
        assert figure["data"][0]["customdata"] == [address]


@pytest.mark.parametrize(("path", "pictures"), [("", 0), ("stage/", 1), ("stage/?embed=1", 1)])
def test_picture_without_script_is_on_the_page_of_one_chart(path: str, pictures: int) -> None:
    make_entry(events={EventKind.RELEASED: "2023"})
    page = Client().get(f"/en/charts/{path}").content.decode()
    assert (page.count('<div class="chart__plot"') > 0, page.count("<noscript><img")) == (True, pictures)
