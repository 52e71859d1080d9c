"""The same file again, and developers whose names are nearly those of others: said before anything is applied."""

import csv
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.makers import MakersAlike
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import ImportBatch
from tests.factories import make_developer
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db

TABLE = "公司,大模型\n度小满,轩辕\n"


def page(batch: ImportBatch) -> str:
    return reverse("admin:models_catalog_importbatch_change", args=[batch.pk])


def uploaded(client: Client, text: str = TABLE) -> tuple[ImportBatch, str]:
    """The batch of an upload, and the warnings on the page it leads to."""
    file = SimpleUploadedFile("a.csv", text.encode())
    client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    batch = ImportBatch.objects.latest("pk")
    shown = client.get(page(batch))
    return batch, " ".join(str(one) for one in get_messages(shown.wsgi_request) if one.level_tag == "warning")


def test_a_file_that_was_imported_before_is_said_with_its_import(admin_client: Client) -> None:
    first, said_first = uploaded(admin_client)
    apply(first)
    second, said = uploaded(admin_client)
    assert (said_first, f'href="{page(first)}"' in said, second.state) == ("", True, "uploaded")


def test_what_was_said_of_a_file_holds_when_it_comes_again(admin_client: Client) -> None:
    text = "公司,大模型,参数\n度小满,轩辕大摸型,62\n度小满,智脑、千机,7B\n百度,文心,\n"
    first, _said = uploaded(admin_client, text)
    first.decisions = {"2:name": "轩辕大模型", "3": "split", "3.1": "new", "3.2": "new", "4": "leave"}
    first.options |= {"unit": "100000000", "status": "accepted"}
    first.save()
    apply(first)
    second, said = uploaded(admin_client, text)
    assert [row.fate.value for row in plan_of(second)] == ["unchanged"] * 3 + ["refused"]
    assert (second.options["status"], "3.1" in second.decisions, "已沿用" in said) == (
        "proposed",
        False,
        True,
    )


def test_another_file_or_one_that_was_undone_is_not_said(admin_client: Client) -> None:
    first, _said = uploaded(admin_client)
    apply(first)
    assert uploaded(admin_client, TABLE + "百度,文心一言\n")[1] == ""
    first.refresh_from_db()
    undo_import(batch=first, by="curator")
    assert uploaded(admin_client)[1] == ""


@pytest.mark.parametrize(
    ("new", "near"),
    [
        ("上海市人工智能实验室", ["上海人工智能实验室"]), ("上海人工智能研究室", ["上海人工智能实验室"]),
        ("度小满金融", ["度小满"]), ("小满", ["度小满"]), ("百图生科技有限公司", ["百图生科"]), ("百川智联", ["百川智能"]),
        ("上海交通大学", []), ("京度", []), ("百川", ["百川智能"]), ("满", []), ("AI", []), ("上海人机", []),
    ],
)  # fmt: skip
def test_developers_alike(new: str, near: list[str]) -> None:
    assert MakersAlike(["上海人工智能实验室", "度小满", "百图生科", "百川智能", "AI Open"]).near(new) == near


def rows_of(text: str) -> list[Any]:
    return [list(row.near_developers.items()) for row in plan_of(batch_of(text))]


def test_a_new_developer_near_a_known_one_is_told() -> None:
    make_developer("上海人工智能实验室", aliases=["浦江实验室"])
    text = "公司,大模型\n上海市人工智能实验室,甲\n浦江实验室,乙\n上海市浦江实验室,丙\n"
    near = ["上海人工智能实验室"]
    assert rows_of(text) == [[("上海市人工智能实验室", near)], [], [("上海市浦江实验室", near)]]


def test_a_new_developer_near_another_of_the_file_is_told_in_each_of_its_later_rows() -> None:
    text = "公司,大模型\n智谱,甲\n智谱华章,乙\n智谱,丙\n智谱华章,丁\n"
    assert rows_of(text) == [[], [("智谱华章", ["智谱"])]] * 2


def test_rows_with_such_a_developer_are_counted_filtered_and_exported(admin_client: Client) -> None:
    make_developer("上海人工智能实验室")
    batch = batch_of("公司,大模型\n上海市人工智能实验室,甲\n达观数据,乙\n")
    shown = admin_client.get(page(batch), {"rows": "near-developer"})
    counts = {value: n for value, _label, n in shown.context["filters"]}
    assert (counts["near-developer"], [row["line"] for row in shown.context["rows"]]) == (1, [2])
    assert "<strong>上海市人工智能实验室" in shown.content.decode()
    lines = b"".join(admin_client.get(reverse("admin:models_catalog_importbatch_rows", args=[batch.pk])))
    told = [row["near_developers"] for row in csv.DictReader(lines.decode("utf-8-sig").splitlines())]
    assert [bool(words) for words in told] == [True, False]
