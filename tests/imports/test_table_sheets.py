"""What a spreadsheet holds besides rows: several sheets, hidden ones, merged cells, formulas, dates; and other kinds of file."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.files import text_of
from models_catalog.intake.tables.rows import Unreadable, read_table
from models_catalog.models.import_batch import Contents

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def book(change: Callable[[Any], None]) -> bytes:
    """A spreadsheet with two rows, changed."""
    made, file = openpyxl.Workbook(), io.BytesIO()
    sheet = made.worksheets[0]
    sheet.append(["公司", "大模型", "发布"])
    sheet.append(["百度", "文心一言", "2023年"])
    change(made)
    made.save(file)
    return file.getvalue()


def hide_first(made: Any) -> None:
    made.create_sheet("模型").append(["大模型"])
    made.worksheets[1].append(["盘古"])
    made.worksheets[0].sheet_state = "hidden"


def merge(made: Any) -> None:
    made.worksheets[0].append([None, "文心", "2022年"])
    made.worksheets[0].merge_cells("A2:A3")


def merge_across(made: Any) -> None:
    made.worksheets[0].append(["360", None])
    made.worksheets[0].merge_cells("A3:B3")


def date_it(made: Any) -> None:
    made.worksheets[0]["C2"] = date(2023, 3, 16)


@pytest.mark.parametrize(
    ("change", "text", "said"),
    [
        (
            lambda made: made.create_sheet("别的"),
            "公司,大模型,发布\n百度,文心一言,2023年\n",
            "xlsx “Sheet” (1/2)",
        ),
        (hide_first, "大模型\n盘古\n", "xlsx “模型” (2/2)"),
        (merge, "公司,大模型,发布\n百度,文心一言,2023年\n百度,文心,2022年\n", "xlsx"),
        (merge_across, "公司,大模型,发布\n百度,文心一言,2023年\n360,360\n", "xlsx"),
        (date_it, "公司,大模型,发布\n百度,文心一言,2023-03-16\n", "xlsx"),
    ],
)
def test_a_sheet_is_read_as_it_is_seen(change: Callable[[Any], None], text: str, said: str) -> None:
    assert text_of("a.xlsx", book(change)) == (text, said)


def formula(made: Any) -> None:
    made.worksheets[0]["B2"] = '="文心"&"一言"'


def open_document() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OLE + b"\0" * 100, "(.xls)"), (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (open_document(), "(.ods)"), (book(formula), "never calculated"),
        ("公司,大模型".encode("utf-16")[:-1], "UTF-16"), ("公司\0,大模型\n".encode("utf-16"), "NUL"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named(content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        text_of("a", content)
    assert said in refused.value.words


def with_sheet(old: bytes, new: bytes) -> bytes:
    """A spreadsheet in whose sheet something stands in place of `old`."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(lambda made: None))) as before, zipfile.ZipFile(file, "w") as after:
        for one in before.namelist():
            content = before.read(one)
            after.writestr(one, content.replace(old, new) if one.endswith("sheet1.xml") else content)
    return file.getvalue()


def test_a_formula_whose_text_is_empty_is_an_empty_cell() -> None:
    row = b'<row r="3"><c r="A3" t="str"><f>IF(1,"","")</f><v></v></c></row></sheetData>'
    assert text_of("a.xlsx", with_sheet(b"</sheetData>", row))[1] == "xlsx"


def test_merged_cells_without_end_are_refused() -> None:
    merges = b"".join(b'<mergeCell ref="A%d:Z1048576"/>' % row for row in range(2, 60))
    with pytest.raises(Unreadable) as refused:
        text_of(
            "a.xlsx", with_sheet(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
        )
    assert "merged" in refused.value.words


@pytest.mark.parametrize(
    ("heading", "holds"),
    [
        ("公司", "developer"), (" 大模型 ", "name"), ("类别", "sector"), ("Developer", "developer"), ("参数量（亿）", "parameters"),
        ("Ｍｏｄｅｌ", "name"), ("\u200b公司*", "developer"), ("发布时间:", "released"), ("厂商", "developer"), ("备注", None),
        ("Model\u2028Creator", "developer"), ("激活/总参数", "parameters"), ("total / active params", "parameters"), ("Model_ID", "name"),
    ],
)  # fmt: skip
def test_headings_are_guessed_as_people_write_them(heading: str, holds: str | None) -> None:
    assert guess_mapping(["序号", heading]).get("1") == holds


def test_of_two_like_headings_the_first_is_guessed() -> None:
    assert guess_mapping(["公司", "公司", "大模型"]) == {"0": "developer", "2": "name"}


def test_an_address_on_a_hub_is_the_name_only_where_no_column_is_called_so() -> None:
    assert guess_mapping(["开源协议", "模型", "是否开源"]) == {"1": "name", "2": "openness"}
    assert guess_mapping(["Model_ID", "model_name", "size"]) == {"1": "name", "2": "parameters"}
    assert guess_mapping(["Model Family", "Model_ID", "Params"]) == {
        "0": "parent",
        "1": "name",
        "2": "parameters",
    }


@pytest.mark.parametrize(("cells", "name"), [("1 2", ""), ("a/Tern-7B 2", "1")])
def test_numbers_of_rows_are_no_names(cells: str, name: str) -> None:
    table = read_table(
        "".join(f"{words}\n" for words in ["说法,Model_ID", *(f"松涛,{one}" for one in cells.split())])
    )
    mapping = guess_mapping(table.heading, Contents.MODELS, table.rows)
    assert mapping == ({name: "name"} if name else {})
