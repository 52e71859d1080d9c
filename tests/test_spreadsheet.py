"""Spreadsheets: written as the rows come, and read by others as they were meant."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import repeat
from typing import Any

import pytest
from openpyxl import load_workbook

from models_catalog.publish import spreadsheet
from models_catalog.publish.spreadsheet import TooManyRows, xlsx_parts


def written(*rows: list[Any]) -> bytes:
    return b"".join(xlsx_parts(rows, [f"c{place}" for place in range(len(rows[0]))], "<表>"))


def read(cell: Any) -> Any:
    """The cell as a reader has it, behind its heading."""
    sheet = load_workbook(io.BytesIO(written([cell]))).worksheets[0]
    return sheet["A2"].value


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("文心", "文心"),
        ("=1+1", "=1+1"),
        ("  <&>\" '", "  <&>\" '"),
        ("换\n行", "换\n行"),
        ("😀", "😀"),
        ("13800138000", "13800138000"),
        (True, True),
        (-5, -5),
        (10**15 - 1, 10**15 - 1),
        (10**15, "1000000000000000"),
        (Decimal("1.50"), 1.5),
        (Decimal("0.1234567890123456"), "0.1234567890123456"),
        (date(2023, 3, 16), datetime(2023, 3, 16)),  # noqa: DTZ001  # a spreadsheet knows no zone
        (date(1850, 1, 1), "1850-01-01"),
        (datetime(2026, 1, 1, 16, 30, 1, tzinfo=UTC), datetime(2026, 1, 2, 0, 30, 1)),  # noqa: DTZ001
        ("", None),
        (None, None),
    ],
)
def test_a_cell_is_read_as_it_was_meant(cell: Any, expected: Any) -> None:
    assert read(cell) == expected


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("a\rb", "a_x000D_b"),
        ("\x01", "_x0001_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_xyz_", "_xyz_"),
        ("\uffff", "_xFFFF_"),
    ],
)
def test_what_xml_cannot_hold_is_written_as_spreadsheets_do(text: str, inside: str) -> None:
    sheet = zipfile.ZipFile(io.BytesIO(written([text]))).read("xl/worksheets/sheet1.xml").decode()
    assert f">{inside}</t>" in sheet


@pytest.mark.parametrize("text", ["字" * 40_000, "😀" * 20_000])
def test_a_cell_holds_no_more_than_a_spreadsheet_opens(text: str) -> None:
    found = read(text)
    assert len(found.encode("utf-16-le")) <= 2 * 32_767
    assert found.endswith(text[0] + "…")


def test_cells_behind_empty_ones_keep_their_columns() -> None:
    row: list[Any] = [None] * 27 + ["末"]
    assert load_workbook(io.BytesIO(written(row))).worksheets[0]["AB2"].value == "末"


def test_the_heading_is_bold_and_stays_in_sight() -> None:
    book = load_workbook(io.BytesIO(written(["文心"])))
    assert (book.sheetnames, book.worksheets[0].freeze_panes, book.worksheets[0]["A1"].font.bold) == (
        ["<表>"],
        "B2",
        True,
    )


def test_the_first_bytes_leave_before_the_rows_are_read() -> None:
    parts = xlsx_parts(repeat(["文心"]), ["name"])  # which never end
    assert next(parts).startswith(b"PK")


def test_a_sheet_that_is_full_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    assert written(["a"], ["b"])
    with pytest.raises(TooManyRows):
        written(["a"], ["b"], ["c"])


def test_a_file_of_nothing_is_a_heading() -> None:
    book = load_workbook(io.BytesIO(b"".join(xlsx_parts([], ["name"]))))
    assert list(book.worksheets[0].iter_rows(values_only=True)) == [("name",)]


def test_columns_are_as_wide_as_their_cells_and_filter() -> None:
    rows = [["文心一言", 260_000_000_000, date(2023, 3, 16), None], ["x" * 200, 7, None, None]]
    sheet = load_workbook(io.BytesIO(written(*rows))).worksheets[0]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [48, 20, 11, 20]
    assert (sheet.auto_filter.ref, sheet["B2"].number_format, sheet["B3"].number_format) == (
        "A1:D3", "#,##0", "General",
    )  # fmt: skip


def test_a_sheet_without_a_row_filters_its_heading() -> None:
    content = b"".join(xlsx_parts([], ["a", "b"], "it's"))
    assert load_workbook(io.BytesIO(content)).worksheets[0].auto_filter.ref == "A1:B1"
