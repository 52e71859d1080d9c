"""The catalog as files: the columns, the rows, what is refused."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from models_catalog.models import Entry
from models_catalog.models.vocabulary import Category, DeveloperKind, Kind, Modality, NameKind, Openness
from models_catalog.publish.columns import NAMES
from models_catalog.publish.writers import FORMULA_LEADS, content_disposition, csv_lines, spreadsheet_safe
from tests.factories import make_developer, make_entries, make_entry, make_sector, make_source
from tests.once import once

pytestmark = pytest.mark.django_db

HEADING = (
    "slug,name_zh,name_en,aliases,kind,parent,developers,developer_kinds,category,modality,parameters_stated,"
    "parameters_low,parameters_high,released_stated,released_earliest,released_latest,stage,openness,sectors,sources,url,"
    "name_zh_basis,name_en_basis,aliases_basis,kind_basis,parent_basis,developers_basis,category_basis,modality_basis,"
    "parameters_basis,released_basis,stage_basis,openness_basis,sectors_basis,"
    "context_length_stated,context_length_low,context_length_high,context_length_basis,links,links_basis"
)


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def csv_rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = body(client.get(f"/models.csv?{query}")).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = json.loads(body(client.get(f"/models.json?{query}")))
    assert answer["count"] == len(answer["results"])
    results: list[dict[str, Any]] = answer["results"]
    return results


def xlsx_rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    book = load_workbook(io.BytesIO(body(client.get(f"/models.xlsx?{query}"))))
    heading, *rows = book["models"].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def _make_ernie() -> Entry:
    source = make_source("thepaper-2023", name_zh="百模大战", name_en="The war")
    return make_entry(
        "文心一言",
        slug="ernie-bot",
        name_en="ERNIE Bot",
        aliases=["文心", (NameKind.CORRUPTED, "文辛")],
        parent=make_entry("文心", slug="wenxin", kind=Kind.FAMILY),
        developers=[
            make_developer("百度", name_en="Baidu"),
            make_developer("清华大学", slug="thu", kind=DeveloperKind.ACADEMIA),
        ],
        sectors=[make_sector("医疗", position=2), make_sector("金融", position=1)],
        category=Category.GENERAL,
        modalities=[Modality.TEXT, Modality.IMAGE],
        openness=Openness.CLOSED,
        parameters="千亿级",
        released="2023-03",
        source=source,
    )


shared_ernie = once(_make_ernie)


@pytest.fixture
def ernie(shared_ernie: Entry, db: None) -> Entry:
    return Entry.objects.get(pk=shared_ernie.pk)


def test_csv_holds_the_columns_in_order(client: Client, ernie: Entry) -> None:
    row = csv_rows(client, "q=wxyy")[0]
    assert ",".join(row) == HEADING
    assert list(row.values()) == [
        "ernie-bot", "文心一言", "ERNIE Bot", "文心", "model", "wenxin", "百度; 清华大学", "big-tech; academia",
        "general", "text; image", "千亿级", "100000000000", "999999999999", "2023-03", "2023-03-01", "2023-03-31",
        "released", "closed", "金融; 医疗", "百模大战", "http://testserver/models/ernie-bot/", *["stated"] * 13, *[""] * 6,
    ]  # fmt: skip


def test_csv_leaves_unknown_cells_empty(client: Client) -> None:
    make_entry("书生", slug="shusheng")
    row = csv_rows(client)[0]
    known = {name for name, cell in row.items() if cell}
    assert known == {"slug", "name_zh", "kind", "sources", "url", "name_zh_basis", "kind_basis"}


def test_json_holds_lists_objects_and_null(client: Client, ernie: Entry) -> None:
    row = json_rows(client, "q=wxyy")[0]
    assert ",".join(row) == HEADING
    assert (row["developers"], row["modality"], row["parameters_low"], row["released_latest"]) == (
        [
            {"slug": "baidu", "name_zh": "百度", "name_en": "Baidu"},
            {"slug": "thu", "name_zh": "清华大学", "name_en": None},
        ],
        ["text", "image"],
        100_000_000_000,
        "2023-03-31",
    )


def test_json_says_null_for_unknown(client: Client) -> None:
    make_entry("书生", slug="shusheng")
    row = json_rows(client)[0]
    assert (row["name_en"], row["parent"], row["category"], row["parameters_low"], row["sectors"]) == (
        None,
        None,
        None,
        None,
        [],
    )


def test_json_of_nothing_is_valid(client: Client) -> None:
    assert json.loads(body(client.get("/models.json?q=nothing"))) == {"count": 0, "results": []}


def test_xlsx_types_numbers_and_days(client: Client, ernie: Entry) -> None:
    row = xlsx_rows(client, "q=wxyy")[0]
    assert (row["parameters_high"], row["released_latest"], row["parent"]) == (
        999_999_999_999,
        datetime(2023, 3, 31),  # noqa: DTZ001  # a spreadsheet's day has no time zone
        "wenxin",
    )


QUERIES = [
    "", "sort=-name", "sort=-parameters", "sort=released", "sort=developer", "q=wenxin", "q=百度", "kind=family",
    "developer=baidu", "developer=unstated", "sector=jinrong&sort=-released", "openness=closed&category=general",
    "parameters_min=1000亿", "parameters_min=1000亿&include_unstated=1", "released_to=2023&certainty=certain",
    "modality=text&modality=unstated&sort=-stage", "q=nothing", "page=1",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_every_file_holds_the_same_rows(client: Client, ernie: Entry, query: str) -> None:
    make_entry("盘古", developers=["华为"], parameters="2000亿", released="2021")
    make_entries(3, developers=["百度"])
    by_csv = [row["slug"] for row in csv_rows(client, query)]
    by_json = [row["slug"] for row in json_rows(client, query)]
    by_xlsx = [row["slug"] for row in xlsx_rows(client, query)]
    assert by_csv == by_json == by_xlsx


@pytest.mark.parametrize("n", [1, 3])
def test_files_take_a_constant_number_of_queries(
    client: Client, n: int, django_assert_num_queries: Any
) -> None:
    make_entries(n, developers=["百度", "华为"], sectors=["金融"], modalities=["text"])
    body(client.get("/models.csv"))  # takes the entries into memory
    with django_assert_num_queries(3):  # two of them name the state of the registry
        assert len(csv_rows(client)) == n


@pytest.mark.parametrize("path", ["/en/models.csv", "/en/models.xlsx"])
def test_files_refuse_a_mistyped_query_in_words(client: Client, path: str) -> None:
    response = client.get(f"{path}?sectr=finance")
    assert (response.status_code, response.content.decode()) == (
        400,
        "query: There is no parameter “sectr”.\n",
    )


def test_json_refuses_a_mistyped_query_as_json(client: Client) -> None:
    response = client.get("/en/models.json?page=none")
    assert (response.status_code, response.json()["errors"]) == (400, {"page": ["Enter a whole number."]})
    assert response["Content-Type"] == "application/problem+json"


FILES = [f"/{table}.{form}" for table in ("models", "claims") for form in ("csv", "json", "xlsx", "parquet")]


@pytest.mark.parametrize("path", FILES)
def test_a_file_has_no_second_page(client: Client, path: str) -> None:
    make_entry()
    first, second = (client.get(f"/en{path}?page={number}") for number in (1, 2))
    first.close()
    assert (first.status_code, second.status_code) == (200, 400)
    assert "A file holds every row on one page: leave out “page”." in second.content.decode()


@pytest.mark.parametrize("lead", FORMULA_LEADS)
def test_text_cells_are_no_formulas(lead: str) -> None:
    line = "".join(csv_lines([[f"{lead}1+1"]], names=["name"]))
    assert next(iter(csv.reader(io.StringIO(line.split("\r\n", 1)[1], newline="")))) == [f"'{lead}1+1"]


@pytest.mark.parametrize("cell", ["文心", "a=b", " =1", "", -5, 10**18, None])
def test_harmless_cells_stay_as_they_are(cell: str | int | None) -> None:
    assert spreadsheet_safe(cell) == cell


def test_xlsx_keeps_formulas_as_text(client: Client) -> None:
    make_entry('=HYPERLINK("http://x")', slug="formula")
    assert xlsx_rows(client)[0]["name_zh"] == '=HYPERLINK("http://x")'


def test_file_names_follow_rfc_6266() -> None:
    assert content_disposition("百模", "csv") == (
        "attachment; filename=\"baimo.csv\"; filename*=UTF-8''%E7%99%BE%E6%A8%A1.csv"
    )


def test_column_names_are_the_contract() -> None:
    assert ",".join(NAMES) == HEADING
