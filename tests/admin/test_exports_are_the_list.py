"""Whatever a list of the admin is filtered, searched and ordered to: its files hold those rows, in that order."""

import csv
import io
import json
import random
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.urls import reverse
from openpyxl import load_workbook

from models_catalog.curation.lists import ListAdmin
from models_catalog.models import Entry, FigureEvidence, Report
from models_catalog.models.vocabulary import Category, Openness
from models_catalog.publish.writers import csv_lines
from tests.factories import make_entry, make_figure, make_source
from tests.hardening.site import body, cases
from tests.once import once
from tests.permissions.world import make_world

pytestmark = pytest.mark.django_db

LISTS: dict[str, Any] = {
    model._meta.label_lower.replace(".", "_"): own for model, own in admin.site._registry.items()
}
TERMS = ["", "", "", "文心", "wenxin", "百度", "a", "1", "nothing"]
_LINK = re.compile(r'href="\?([^"]*)"')
_PICKED = re.compile(r'name="_selected_action" value="(\d+)"')


def _make_registry() -> None:
    make_world()
    for number, name in enumerate(["书生", "轩辕", "盘古", "=悟道"]):
        make_entry(
            name, developers=["百度", "华为"][: number % 3], sectors=["金融", "医疗"][: number % 3],
            category=Category.INDUSTRY if number % 2 else "", openness=Openness.OPEN if number == 2 else "",
            parameters=["千亿级", "", "2600亿", "超10亿"][number], released=["", "2023-05", "2021", ""][number],
        )  # fmt: skip
    figure, source = make_figure(slug="said-twice"), make_source()
    for line in (1, 2):
        FigureEvidence.objects.create(
            figure=figure, source=source, line=line, start=0, end=2, quotation="79", stated="79"
        )
    for entry in Entry.objects.all():
        Report.objects.create(entry=entry, field="name", statement="重名", source_url="https://example.org/")


shared_registry = once(_make_registry)


@pytest.fixture
def administrator(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Someone whose lists show three rows a page, and whose files are read two at a time."""
    monkeypatch.setattr(ListAdmin, "list_per_page", 3)
    for name in ("FIRST", "STRETCH"):
        monkeypatch.setattr(f"models_catalog.limits.files.{name}", 2)
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    return client


def listed(client: Client, path: str, query: dict[str, str]) -> list[int]:
    """The ids of the rows on all pages of a list."""
    first: Any = client.get(path, query)
    pages = [
        first,
        *(client.get(path, {**query, "p": p}) for p in first.context["cl"].paginator.page_range if p > 1),
    ]
    return [int(pk) for page in pages for pk in _PICKED.findall(page.content.decode())]


def some_query(chance: random.Random, client: Client, path: str) -> dict[str, str]:
    """A few of the filters and orders that the list links to, and a name to search for."""
    links = sorted({unescape(link) for link in _LINK.findall(client.get(path).content.decode())})
    query: dict[str, str] = {}
    for link in chance.sample(links, min(len(links), chance.randrange(4))):
        query |= dict(parse_qsl(link))
    query |= {"q": chance.choice(TERMS)}
    return {name: value for name, value in query.items() if name not in ("p", "all")}


def rows_of(form: str, content: bytes) -> list[list[Any]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    if form == "json":
        found = json.loads(content)
        assert found["count"] == len(found["results"])
        return [[*row.values()] for row in found["results"]]
    return [
        [*row]
        for row in load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(min_row=2, values_only=True)
    ]


def of_each_row(client: Client, path: str, form: str, pks: set[int]) -> dict[int, list[Any]]:
    """Each row's line in a file of its own."""
    action = {"action": f"export_{form}"}
    return {pk: rows_of(form, body(client.post(path, {**action, "_selected_action": pk})))[0] for pk in pks}


@pytest.mark.usefixtures("shared_registry")
@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_holds_the_rows_of_the_list_in_its_order(administrator: Client, table: str, form: str) -> None:
    chance = random.Random(f"{table} {form}")
    path = reverse(f"admin:{table}_changelist")
    lines = of_each_row(administrator, path, form, set(listed(administrator, path, {})))
    for _case in range(cases(short=3, long=60)):
        query = some_query(chance, administrator, path)
        pks = listed(administrator, path, query)
        first, *others = (sheet.name for sheet in LISTS[table].exported_as)
        whole = administrator.get(f"{path}export/{first}.{form}", query)
        assert rows_of(form, body(whole)) == [lines[pk] for pk in pks], query
        for name in others:  # more columns behind those of the first
            wider = rows_of(form, body(administrator.get(f"{path}export/{name}.{form}", query)))
            assert [row[: len(lines[pk])] for row, pk in zip(wider, pks, strict=True)] == [
                lines[pk] for pk in pks
            ]


@pytest.mark.usefixtures("shared_registry")
@pytest.mark.parametrize("table", LISTS)
def test_a_file_of_selected_rows_holds_those_in_the_order_of_the_list(
    administrator: Client, table: str
) -> None:
    chance = random.Random(table)
    path = reverse(f"admin:{table}_changelist")
    pks = listed(administrator, path, {"o": "-1"})
    lines = of_each_row(administrator, path, "csv", set(pks))
    picked = chance.sample(pks, len(pks) // 2)
    response = administrator.post(f"{path}?o=-1", {"action": "export_csv", "_selected_action": picked})
    if picked:
        assert rows_of("csv", body(response)) == [lines[pk] for pk in pks if pk in picked]


@pytest.mark.usefixtures("shared_registry")
@pytest.mark.parametrize("table", LISTS)
def test_csv_is_to_the_byte_what_python_writes(administrator: Client, table: str) -> None:
    own = LISTS[table]
    sheet, request = own.exported_as[0], RequestFactory().get("/", headers={"host": "testserver"})
    rows = own.model._default_manager.order_by("pk")
    written = "".join(csv_lines(sheet.rows(request, rows), sheet.names())).encode()
    assert b"".join(sheet.csv(request, rows)) == written
