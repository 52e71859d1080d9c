"""Reading uploaded tables: encodings, places of cells, and what is refused before it can do harm."""

import io
import zipfile

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from models_catalog.intake.tables.files import text_of
from models_catalog.intake.tables.rows import MAX_BYTES, Unreadable, read_table

CSV = "公司,大模型\n百度,文心一言\n"


def spreadsheet(*rows: list[object]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CSV.encode(), "utf-8"),
        (CSV.encode("utf-8-sig"), "utf-8-sig"),
        (CSV.encode("gbk"), "gb18030"),
        (CSV.encode("gb18030"), "gb18030"),
        (CSV.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + CSV.encode("utf-16-be"), "utf-16"),
    ],
)
def test_an_encoding_is_found_and_said(content: bytes, encoding: str) -> None:
    assert text_of("a.csv", content) == (CSV, encoding)


def test_a_spreadsheet_reads_as_lines() -> None:
    assert text_of("a.xlsx", spreadsheet(["公司", "大模型"], ["百度", "文心\n一言"])) == (
        "公司,大模型\n百度,文心\u2028一言\n",
        "xlsx",
    )


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe" + "名".encode("utf-16-le") + b"\0", b"\x80\x80\x80", b"a,b\0", b"x" * (MAX_BYTES + 1), b"PK\x03\x04 no zip",
     "公司,大模型\n百度,文心一言\n商湯,商量大語言模型\n".encode("big5"), bomb(), spreadsheet(["a"])[:500]],
)  # fmt: skip
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        text_of("a", content)


@pytest.mark.parametrize("text", ["", "a,b", 'a,b\n"c', "a\n" + "," * 100, "a\n" + "b\n" * 10_001])
def test_a_text_without_rows_or_with_too_many_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_table(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\nc,d\n", [("c", 2, 0), ("d", 2, 2)]),
        ('a,b\r\n"c,c","d ""e"""\r\n', [("c,c", 2, 1), ('d "e"', 2, 7)]),
        ('a,b\n"c\nc",d', [("c\nc", 2, 1), ("d", 3, 3)]),
        ("a;b\nc,c;d", [("c,c", 2, 0), ("d", 2, 4)]),
        ('"a;b;c",d\nc,d', [("c", 2, 0), ("d", 2, 2)]),
        ("a\tb\nc\td", [("c", 2, 0), ("d", 2, 2)]),
    ],
)
def test_each_cell_has_its_place(text: str, cells: list[tuple[str, int, int]]) -> None:
    assert [(cell.text, cell.line, cell.start) for cell in read_table(text).rows[0]] == cells


@settings(max_examples=200)
@given(st.text(alphabet='ab,"\n\r\t名', max_size=60))
def test_no_text_crashes_the_reader(text: str) -> None:
    try:
        table = read_table(text)
    except Unreadable:
        return
    lines = text.split("\n")
    assert all(0 < cell.line <= len(lines) for row in table.rows for cell in row)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.7", "PDF"), ("a.csv", b"%PDF-1.7", "PDF"), ("a.md", b"# A\n|a|b|", "Markdown"),
        ("a.html", b"<p>", "HTML"), ("a.csv", b"<!DOCTYPE html>", "HTML"), ("a.docx", b"PK\x03\x04", "Word"),
        ("a.xlsx", b"PK\x03\x04", "damaged"), ("a.xlsx", b"a,b\n1,2", "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_called_what_it_looks_like(name: str, content: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        text_of(name, content)
    with translation.override("en"):
        words = str(refused.value)
    assert said in words
    assert "Bad" not in words
