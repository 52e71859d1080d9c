"""Whatever is uploaded, reading it stays within its memory and time, and the curator is told."""

import io
import os
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from models_catalog.intake.tables import limits
from models_catalog.intake.tables.limits import read_upload
from models_catalog.intake.tables.rows import Unreadable
from models_catalog.models import ImportBatch

SHEET = "xl/worksheets/sheet1.xml"
XMLNS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def spreadsheet() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["公司", "大模型"])
        sheet.write_row(1, 0, ["百度", "文心一言"])
    return file.getvalue()


def with_member(name: str, content: bytes) -> bytes:
    """A spreadsheet of which one member is another."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(spreadsheet())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, content)
    return file.getvalue()


def many_styles() -> bytes:
    """A gigabyte once they are objects; varied, so that no ratio gives them away."""
    chances = random.Random(5).choices(range(4_096), k=900_000)
    styles = "".join(f'<xf fontId="{chance}"/>' for chance in chances)
    return with_member(
        "xl/styles.xml", f"<styleSheet {XMLNS}><cellXfs>{styles}</cellXfs></styleSheet>".encode()
    )


def long_words() -> bytes:
    """One long word in every cell: kept once in the file, as often as it stands in the text."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for row in range(1_000):
            sheet.write_row(row, 0, ["字" * 30_000] * 9)
    return file.getvalue()


def swollen() -> bytes:
    return with_member(SHEET, b" " * 15_000_000)


def entities() -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY e0 "0">{names}]>'
    return with_member(SHEET, f"{declared}<worksheet {XMLNS}>&e9;</worksheet>".encode())


@pytest.mark.parametrize(("name", "encoding"), [("a.xlsx", "xlsx"), ("a.csv", "gb18030")])
def test_a_table_is_read(name: str, encoding: str) -> None:
    text = "公司,大模型\n百度,文心一言\n"
    content = spreadsheet() if encoding == "xlsx" else text.encode("gbk")
    assert read_upload(name, content) == (text, encoding)


@pytest.mark.parametrize(
    ("bomb", "why"),
    [
        (many_styles, "stopped"), (long_words, "characters"), (swollen, "unpacked"),
        (entities, "spreadsheet is damaged"),
    ],
)  # fmt: skip
def test_a_bomb_is_refused_within_its_limits(bomb: Callable[[], bytes], why: str) -> None:
    content = bomb()
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with translation.override("en"), pytest.raises(Unreadable, match=why):
        read_upload("a.xlsx", content)
    assert time.monotonic() - begun < limits.SECONDS + 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # kB, of our own process


@pytest.mark.django_db
def test_of_a_bomb_nothing_is_saved(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.xlsx", many_styles())
    page: Any = admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["file"])
    assert not ImportBatch.objects.exists()


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 0.01)
    with translation.override("en"), pytest.raises(Unreadable, match="stopped"):
        read_upload("a.csv", b"a,b\nc,d\n")


def test_a_child_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "false")
    with translation.override("en"), pytest.raises(Unreadable, match="stopped"):
        read_upload("a.csv", b"a,b\nc,d\n")


def test_the_child_sees_none_of_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}
    monkeypatch.setattr(subprocess, "run", lambda *args, **kwargs: seen.update(kwargs["env"]))
    monkeypatch.setitem(os.environ, "SECRET_KEY", "secret")
    with pytest.raises(AttributeError):
        read_upload("a.csv", b"a,b\nc,d\n")
    assert "SECRET_KEY" not in seen
