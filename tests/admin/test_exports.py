"""What leaves the admin: exactly the rows of the list, in its order, in the catalog's columns."""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from models_catalog.models import Claim, Entry, FigureEvidence
from models_catalog.models.vocabulary import Basis
from models_catalog.publish.columns import NAMES
from tests.factories import (
    make_developer,
    make_entries,
    make_entry,
    make_figure,
    make_omission,
    make_sector,
    make_source,
    propose,
)

LIST = "/admin/models_catalog/entry/"


def body(response: HttpResponseBase) -> bytes:
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]


def rows(response: HttpResponseBase) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig"))))


def export(
    client: Client, form: str = "csv", table: str = "entry", sheet: str = "entries", **query: str
) -> Any:
    return client.get(reverse(f"admin:models_catalog_{table}_export", args=[sheet, form]), query)


def test_csv_has_the_columns_of_the_public_file_and_a_byte_order_mark(viewer: Client) -> None:
    make_entry("文心一言", parameters="2600亿")
    content = body(export(viewer))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[0] == ",".join(NAMES)


def test_csv_holds_what_the_list_is_filtered_to_in_its_order(viewer: Client) -> None:
    make_entry("轩辕", sectors=["金融"])
    make_entry("文心一言", sectors=["医疗"])
    make_entry("度小满", sectors=["金融"])
    assert [row["name_zh"] for row in rows(export(viewer, sector="jinrong", o="-1"))] == ["轩辕", "度小满"]


def test_csv_holds_every_page_of_the_list(viewer: Client) -> None:
    make_entries(60)
    assert len(rows(export(viewer))) == 60


def test_the_action_exports_the_selected_rows(viewer: Client) -> None:
    chosen = [make_entry("轩辕"), make_entry("文心一言")]
    make_entry("通义千问")
    response = viewer.post(LIST, {"action": "export_csv", "_selected_action": [row.pk for row in chosen]})
    assert [row["name_zh"] for row in rows(response)] == ["文心一言", "轩辕"]


def test_the_action_across_pages_exports_what_is_filtered(viewer: Client) -> None:
    make_entries(60, sectors=["金融"])
    first = make_entry("文心一言")
    picked = {"action": "export_csv", "_selected_action": first.pk, "select_across": "1"}
    assert len(rows(viewer.post(f"{LIST}?sector=jinrong", picked))) == 60


def test_json_holds_the_same_rows(viewer: Client) -> None:
    make_entry("轩辕", sectors=["金融"])
    make_entry("文心一言")
    found = json.loads(body(export(viewer, "json", sector="jinrong")))
    assert (found["count"], [row["slug"] for row in found["results"]]) == (1, ["xuanyuan"])


def test_xlsx_holds_the_same_rows(viewer: Client) -> None:
    make_entry("文心一言", parameters="2600亿")
    sheet = openpyxl.load_workbook(io.BytesIO(body(export(viewer, "xlsx")))).active
    assert sheet is not None
    table = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert table[0] == list(NAMES)
    assert table[1][NAMES.index("parameters_low")] == 260_000_000_000


def test_evidence_stands_behind_the_public_columns(viewer: Client) -> None:
    make_entry("文心一言", parameters="2600亿")
    found = rows(export(viewer, sheet="entries-with-evidence"))[0]
    assert found["parameters_evidence"] == "2600亿 [thepaper-2023 1:0-5, stated, accepted]"


def test_the_selected_rows_are_exported_with_evidence(viewer: Client) -> None:
    entry = make_entry("文心一言", parameters="2600亿")
    response = viewer.post(LIST, {"action": "export_evidence_csv", "_selected_action": entry.pk})
    assert rows(response)[0]["parameters_evidence"] == "2600亿 [thepaper-2023 1:0-5, stated, accepted]"


def test_a_market_figure_is_exported_with_the_words_that_state_it(viewer: Client) -> None:
    said = {"source": make_source(), "line": 3, "start": 0, "end": 2, "quotation": "79", "stated": "79"}
    FigureEvidence.objects.create(figure=make_figure(), **said)
    found = rows(export(viewer, table="marketfigure", sheet="market-figures-with-evidence"))
    assert [row["evidence"] for row in found] == ["79 [thepaper-2023 3:0-2, stated]"]


def test_users_are_exported_with_their_roles(administrator: Client) -> None:
    found = rows(administrator.get(reverse("admin:auth_user_export", args=["users", "csv"])))
    assert {row["username"]: row["roles"] for row in found} == {"the-admin": "admin"}


def test_the_queue_exports_the_claims_that_it_is_filtered_to(viewer: Client) -> None:
    for name in ("轩辕", "文心一言"):
        propose(make_entry(name))
    address = reverse("admin:models_catalog_claim_queue_export", args=["csv"])
    assert [row["entry"] for row in rows(viewer.get(address, {"q": "轩辕"}))] == ["xuanyuan"]


@pytest.mark.parametrize("lead", list("=+-@＝＋－＠"))
def test_no_cell_is_a_formula(viewer: Client, lead: str) -> None:
    make_developer(f"{lead}HYPERLINK()", slug="evil")
    found = rows(export(viewer, table="developer", sheet="developers"))
    assert found[0]["name_zh"] == f"'{lead}HYPERLINK()"


@pytest.mark.parametrize(
    ("table", "sheet"),
    [("claim", "claims"), ("developer", "developers"), ("sector", "sectors"), ("source", "sources"),
     ("marketfigure", "market-figures"), ("omission", "omissions")],
)  # fmt: skip
@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_every_table_is_exported(viewer: Client, table: str, sheet: str, form: str) -> None:
    make_entry("轩辕", developers=["度小满"], sectors=["金融"], parameters="千亿级", released="2023-05")
    make_figure()
    make_omission()
    assert body(export(viewer, form, table, sheet))


@pytest.mark.parametrize("address", ["export/entries.exe", "export/nonsense.csv", "export/claims.csv"])
def test_there_is_no_other_export(viewer: Client, address: str) -> None:
    assert viewer.get(LIST + address).status_code == 404


def test_an_export_of_a_bad_filter_is_a_bad_request(viewer: Client) -> None:
    make_sector()
    assert export(viewer, sector="nonsense").status_code == 400


@pytest.mark.parametrize("number", [1, 3])
def test_an_export_asks_the_same_questions_for_any_number_of_rows(
    viewer: Client, number: int, django_assert_max_num_queries: Any
) -> None:
    make_entries(number, developers=["百度"], sectors=["金融"])
    with django_assert_max_num_queries(16):
        assert len(rows(export(viewer, sheet="entries-with-evidence"))) == number


def test_the_list_offers_its_own_parameters_to_the_exports(viewer: Client) -> None:
    make_entry("轩辕", sectors=["金融"])
    page = viewer.get(LIST, {"sector": "jinrong"}).content.decode()
    assert 'href="export/entries.csv?sector=jinrong"' in page


def test_exporting_changes_nothing(viewer: Client) -> None:
    make_entry("轩辕")
    before = list(Entry.objects.values())
    export(viewer)
    assert list(Entry.objects.values()) == before


@pytest.fixture
def _few_rows_a_stretch(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST", "STRETCH"):
        monkeypatch.setattr(f"models_catalog.limits.files.{name}", 2)


@pytest.mark.parametrize(
    ("table", "sheet"), [("entry", "entries"), ("entry", "entries-with-evidence"), ("claim", "claims")]
)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_rows_are_fetched_in_stretches_and_keep_the_order(
    viewer: Client, request: pytest.FixtureRequest, table: str, sheet: str, form: str
) -> None:
    make_entries(5, developers=["百度"])
    whole = body(export(viewer, form, table, sheet, o="-1"))
    request.getfixturevalue("_few_rows_a_stretch")
    with CaptureQueriesContext(connection) as queries:
        assert body(export(viewer, form, table, sheet, o="-1")) == whole
    stretches = [query for query in queries if " IN (" in query["sql"] or "ANY(" in query["sql"]]
    assert len(stretches) >= 3


@pytest.mark.usefixtures("_few_rows_a_stretch")
def test_a_long_export_waits_for_its_turn(viewer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_entries(3)
    monkeypatch.setattr("django.conf.settings.EXPORTS_AT_ONCE", 0)
    response = export(viewer)
    assert (response.status_code, response["Retry-After"]) == (503, "30")


def test_a_figure_that_a_source_states_twice_is_one_row(viewer: Client) -> None:
    figure, source = make_figure(), make_source()
    for line in (1, 2):
        FigureEvidence.objects.create(
            figure=figure, source=source, line=line, start=0, end=2, quotation="79", stated="79"
        )
    filtered = viewer.get("/admin/models_catalog/marketfigure/", {"source": source.slug})
    assert filtered.content.decode().count('name="_selected_action"') == 1


def xlsx_row(response: HttpResponseBase) -> dict[str, Any]:
    """The first row of a spreadsheet as a reader of it has it."""
    sheet = openpyxl.load_workbook(io.BytesIO(body(response))).worksheets[0]
    heading, row = list(sheet.iter_rows(max_row=2, values_only=True))
    return dict(zip(map(str, heading), row, strict=True))


def test_a_spreadsheet_has_numbers_days_and_times_as_such(viewer: Client) -> None:
    entry = make_entry("文心一言", parameters="2600亿", released="2023-03")
    Claim.objects.update(reviewed_at=datetime(2026, 1, 1, 16, 30, tzinfo=UTC))
    found = xlsx_row(export(viewer, "xlsx", "claim", "claims", field="parameters", q=entry.slug))
    released = xlsx_row(export(viewer, "xlsx", "claim", "claims", field="event"))
    assert (found["parameters_low"], found["line"], found["reviewed_at"], released["days_first"]) == (
        260_000_000_000,
        1,
        datetime(2026, 1, 2, 0, 30),  # noqa: DTZ001  # the site's time
        datetime(2023, 3, 1),  # noqa: DTZ001  # a day
    )


def test_a_text_of_digits_and_a_line_break_stay_as_they_are(viewer: Client) -> None:
    make_developer("13800138000", slug="a", name_en="9007199254740993000", aliases=["第一行 第二行"])
    by_xlsx = xlsx_row(export(viewer, "xlsx", "developer", "developers"))
    by_csv = rows(export(viewer, "csv", "developer", "developers"))[0]
    by_json = json.loads(body(export(viewer, "json", "developer", "developers")))["results"][0]
    expected = ("13800138000", "9007199254740993000", "第一行 第二行")
    for found in (by_xlsx, by_csv, by_json):
        assert (found["name_zh"], found["name_en"], found["aliases"]) == expected


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_is_named_after_its_table_and_day(viewer: Client, form: str) -> None:
    make_sector()
    day = timezone.localdate().isoformat()
    assert export(viewer, form, "sector", "sectors")["Content-Disposition"] == (
        f"attachment; filename=\"baimo-sectors-{day}.{form}\"; filename*=UTF-8''baimo-sectors-{day}.{form}"
    )


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_provenance_gives_words_source_line_basis_and_status(viewer: Client, form: str) -> None:
    entry = make_entry("文心一言", parameters="2600亿")
    reason = {"basis": Basis.INFERRED, "reason_zh": "推断", "reason_en": "inferred"}
    entry.claims.filter(field="parameters").update(**reason)
    response = export(viewer, form, sheet="entries-with-evidence")
    if form == "json":
        found = json.loads(body(response))["results"][0]["parameters_evidence"]
        assert found == [
            {"words": "2600亿", "source": "thepaper-2023", "line": 1, "start": 0, "end": 5, "basis": "inferred",
             "status": "accepted"}
        ]  # fmt: skip
    else:
        row = rows(response)[0] if form == "csv" else xlsx_row(response)
        assert row["parameters_evidence"] == "2600亿 [thepaper-2023 1:0-5, inferred, accepted]"


def test_a_list_that_no_spreadsheet_holds_offers_none(
    viewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_sector()
    monkeypatch.setattr("models_catalog.curation.lists.MAX_ROWS", 0)
    shown = viewer.get("/admin/models_catalog/sector/").content.decode()
    assert ("export/sectors.csv" in shown, "export/sectors.xlsx" in shown, "1,048,575" in shown) == (
        True,
        False,
        True,
    )
