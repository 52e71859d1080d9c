"""What the import makes of ordinary tables, case by case, and `manage.py plan_import`, which prints it and writes nothing."""

import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from models_catalog.intake.tables import upload
from models_catalog.intake.tables.files import file_of
from models_catalog.models import Entry
from tests.checksums import checksums
from tests.factories import make_entry
from tests.imports.table_cases import CASES, content_of, judge

pytestmark = pytest.mark.django_db

FLOOR = 169
"""Cases that are right, of 169."""
NEVER_WRONG = ("nothing", "rows-no-models", "sectors", "workbooks", "text-files", "dates", "sizes", "makers")
"""Kinds in which a wrong case would be a false value, or a row lost."""
TABLE = "大模型,公司,参数量\n松涛,长堤软件,7B\n"


def printed(*args: str) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("plan_import", "--json", *args, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def file(folder: Path, text: str, name: str = "a.csv") -> str:
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_tables_come_in_right(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "read_file", file_of)  # a process for each file would take its time
    call_command("load_registry", verbosity=0)
    wrong = {case["id"]: found for case in CASES if (found := judge(case, *content_of(case, client)))}
    kinds = Counter(case["kind"] for case in CASES if case["id"] in wrong)
    assert len(CASES) - len(wrong) >= FLOOR, wrong
    assert not set(NEVER_WRONG) & set(kinds), wrong


def test_a_plan_is_printed_and_nothing_is_written(tmp_path: Path) -> None:
    make_entry("盘古", developers=["华为"])
    before = checksums()
    plan, refused = printed(file(tmp_path, TABLE), file(tmp_path, "x", "b.csv"))
    (row,) = plan["rows"]
    assert (row["line"], row["outcome"], row["parameters"]) == (2, "new", [7 * 10**9, 7 * 10**9])
    assert (plan["totals"]["new"], plan["heading_row"], list(refused)) == (1, 1, ["error"])
    assert checksums() == before


def test_after_the_file_itself_all_is_unchanged_and_nothing_stays(tmp_path: Path) -> None:
    path = file(tmp_path, TABLE)
    (plan,) = printed("--after", path, path)
    assert (plan["totals"]["unchanged"], Entry.objects.count()) == (1, 0)


def test_a_column_is_told(tmp_path: Path) -> None:
    (plan,) = printed(file(tmp_path, TABLE.replace("参数量", "多大")), "--map", "多大=parameters")
    assert (plan["columns"][2]["field"], plan["rows"][0]["parameters"]) == (
        "parameters",
        [7 * 10**9, 7 * 10**9],
    )


@pytest.mark.parametrize("args", [["--map", "多大"], ["--after", "none.csv"]])
def test_what_cannot_be_meant_is_refused(args: list[str], tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        printed(file(tmp_path, TABLE), *args)


def test_an_address_identifies_a_row_without_a_name(tmp_path: Path) -> None:
    entry = make_entry("盘古", developers=["华为"])
    (plan,) = printed(file(tmp_path, f"slug,name_zh,參數量\n{entry.slug},,71亿\nno-such,,7B\n"))
    assert [(row["outcome"], row["entry"]) for row in plan["rows"]] == [
        ("changed", entry.slug),
        ("refused", None),
    ]


def test_in_a_spreadsheet_a_cell_without_a_heading_shifts_nothing(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for cells in (["大模型", "公司"], ["松涛", "长堤软件", "备注"]):
        made.worksheets[0].append(cells)
    made.save(tmp_path / "a.xlsx")
    assert printed(str(tmp_path / "a.xlsx"))[0]["totals"]["new"] == 1
    assert printed(file(tmp_path, "大模型,公司\n松涛,长堤软件,备注\n"))[0]["totals"]["refused"] == 1


def test_a_version_in_a_row_told_by_its_slug_is_noted(tmp_path: Path) -> None:
    make_entry("盘古", slug="pangu")
    (plan,) = printed(file(tmp_path, "slug,系列,版本,参数量\npangu,,3.0,7B\n"))
    (row,) = plan["rows"]
    assert (row["name"], "3.0" in str(row["notes"])) == ("盘古", True), row


def test_a_name_put_together_comes_back_unchanged(tmp_path: Path) -> None:
    path = file(
        tmp_path, "系列,版本,公司\n松涛,7B,长堤软件\n松涛,13B,长堤软件\n方案①,,长堤软件\n方案②,,长堤软件\n"
    )
    (plan,) = printed("--after", path, path)
    assert plan["totals"]["unchanged"] == 4
