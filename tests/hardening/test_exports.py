"""No file that leaves the site holds a formula, whatever stands in whichever column."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.hardening.poison import poisoned
from tests.hardening.site import PUBLIC, Site, body

pytestmark = pytest.mark.django_db

LEADS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "\t=", "\r\n=", "=\t"]
"""Beginnings that a spreadsheet may take for a formula's. NUL is the fifteenth; PostgreSQL holds none."""


def files(site: Site) -> Iterator[str]:
    """The addresses of every CSV and XLSX that a reader or a curator can have."""
    for name in PUBLIC:
        path = site.path(name)
        if path.endswith((".csv", ".xlsx")):
            query = f"?model={site.world.slugs['entry']}&model=pangu" if name.startswith("compare") else ""
            yield f"{path}{query}"
            yield f"/en{path}{query}"
    for table, sheet in site.world.sheets.items():
        if not table.startswith("auth_"):
            for form in ("csv", "xlsx"):
                yield reverse(f"admin:{table}_export", args=[sheet, form])
    yield reverse("admin:models_catalog_entry_export", args=["entries-with-evidence", "csv"])


def csv_cells(content: bytes) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def xlsx_cells(content: bytes) -> list[Any]:
    sheets = load_workbook(io.BytesIO(content)).worksheets
    return [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]


def formulas(path: str, content: bytes) -> list[str]:
    """The cells of a file that a spreadsheet would calculate."""
    if ".csv" in path:
        return [cell for cell in csv_cells(content) if cell.startswith(tuple("=+-@\t\r\n\0＝＋－＠"))]
    return [str(cell.value) for cell in xlsx_cells(content) if cell.data_type == "f" or cell.hyperlink]


def holds(path: str, content: bytes, text: str) -> bool:
    cells = csv_cells(content) if ".csv" in path else [str(cell.value) for cell in xlsx_cells(content)]
    return any(text in cell for cell in cells)


@pytest.fixture
def administrator(site: Site) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.mark.parametrize("lead", LEADS, ids=ascii)
def test_no_file_holds_a_formula(site: Site, administrator: Client, lead: str) -> None:
    paths = list(files(site))
    with poisoned([f"{lead}HYPERLINK(1)"]):
        found = {path: body(administrator.get(path)) for path in paths}
    assert {path: cells for path, content in found.items() if (cells := formulas(path, content))} == {}


def test_the_poison_reaches_every_file(site: Site, administrator: Client) -> None:
    with poisoned(["毒HYPERLINK(1)"]):
        found = {path: body(administrator.get(path)) for path in files(site)}
    assert [path for path, content in found.items() if not holds(path, content, "毒HYPER")] == []
