"""What became of each row is seen before and after, questions are answered first."""

import csv
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims.judge import NotAllowed
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import LEAVE, NEW, Fate
from models_catalog.models import Developer, Entry, ImportBatch, Source
from tests.factories import make_entry, make_sector
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db

TABLE = "公司,大模型,类别\n度小满,轩辕,金融\n百度,,金融\n腾讯,混元,天上\n百度,文心一言,\n"


def page_of(client: Client, batch: ImportBatch, wanted: str = "") -> Any:
    return client.get(
        reverse("admin:models_catalog_importbatch_change", args=[batch.pk]), {"rows": wanted}
    ).context


def applied() -> ImportBatch:
    make_sector("金融")
    make_entry("文心一言", developers=["百度"])
    return apply(batch_of(TABLE))


def test_an_applied_import_shows_each_row(admin_client: Client) -> None:
    rows = page_of(admin_client, applied())["rows"]
    assert [(row["line"], row["fate"]) for row in rows] == [
        (2, "new"),
        (3, "refused"),
        (4, "new"),
        (5, "unchanged"),
    ]
    assert rows[0]["entry"] == Entry.objects.get(name_zh="轩辕").pk


@pytest.mark.parametrize(
    ("wanted", "lines"), [("refused", [3]), ("new", [2, 4]), ("left-out", [4]), ("changed", []), ("?", [])]
)
def test_rows_are_filtered(wanted: str, lines: list[int], admin_client: Client) -> None:
    assert [row["line"] for row in page_of(admin_client, applied(), wanted)["rows"]] == lines


def test_rows_are_exported(admin_client: Client) -> None:
    address = reverse("admin:models_catalog_importbatch_rows", args=[applied().pk])
    text = b"".join(admin_client.get(address, {"rows": "refused"})).decode("utf-8-sig")
    (row,) = csv.DictReader(text.splitlines())
    assert (row["line"], row["row"], row["developer"], bool(row["reason"])) == ("3", "refused", "百度", True)


@pytest.mark.parametrize("held", [" ", "³", "责任", "1", "和a", "（", "*"])
def test_a_cell_that_is_too_long_to_be_read_refuses_its_row(held: str) -> None:
    """Patterns that go over a cell more than once would not end; what is not taken may be as long as it likes."""
    long = f"1{held * (100_000 // len(held))}a"
    text = f"公司,大模型,参数,备注\n百度,文心,{long},\n{long},盘古,1亿,\n华为,{long},1亿,\n腾讯,混元,1亿,{long}\n"
    rows = plan_of(batch_of(text))
    assert [row.fate for row in rows] == [Fate.REFUSED] * 3 + [Fate.NEW]
    assert [row.name for row in rows[:2]] == ["文心", "盘古"]
    assert all("1,000" in row.reason for row in rows[:3])


@pytest.mark.parametrize(
    ("row", "is_open"),
    [
        ("昆仑万维,天工Skywork", True), ("昆仑万维,天", False), ("别家,天工Skywork", False), ("别家,天工", True),
        ("昆仑万维,天工", False), ("昆仑万维,地工", False),
    ],
)  # fmt: skip
def test_a_like_name_is_asked_about(row: str, is_open: bool) -> None:
    make_entry("天工", developers=["昆仑万维"])
    assert [row.is_open for row in plan_of(batch_of(f"公司,大模型\n{row}\n"))] == [is_open]


def test_nothing_is_applied_before_every_question_is_answered(admin_client: Client) -> None:
    make_entry("天工", developers=["昆仑万维"])
    batch = batch_of("公司,大模型\n昆仑万维,天工Skywork\n")
    page = page_of(admin_client, batch)
    assert (page["open_questions"], page["first_question"]) == (1, "2")
    with pytest.raises(NotAllowed):
        apply(batch)


def test_joint_makers_become_developers_in_order() -> None:
    apply(batch_of("公司,大模型\n浙江大学&OpenKG,KnowLM\n"))
    assert list(Developer.objects.order_by("pk").values_list("name_zh", "kind")) == [
        ("浙江大学", "academia"), ("OpenKG", "ai-company"),
    ]  # fmt: skip
    made = Entry.objects.get().entry_developers.order_by("position")
    assert [one.developer.name_zh for one in made] == ["浙江大学", "OpenKG"]


@pytest.mark.parametrize(
    ("words", "stated", "first"),
    [("3月16日", "2023-05-01", "2023-03-16"), ("3月16日", "", None), ("2023年3月16日", "", "2023-03-16")],
)
def test_a_date_without_a_year_needs_that_of_the_file(words: str, stated: str, first: str | None) -> None:
    batch = batch_of(f"公司,大模型,发布\n度小满,轩辕,{words}\n")
    batch.options["file_date"] = stated
    (row,) = plan_of(batch)
    days = [claim.value["days"].lower.isoformat() for claim in row.claims if "days" in claim.value]
    assert (days, bool(row.left_out)) == ([first] if first else [], not first)


def test_a_file_gets_the_next_free_number() -> None:
    apply(batch_of("公司,大模型\n度小满,轩辕\n"))
    last = Source.objects.order_by("position").last()
    assert last is not None
    assert last.position == Source.objects.count()


@pytest.mark.parametrize(
    ("answer", "fate", "is_open"), [("", "new", True), (NEW, "new", False), (LEAVE, "refused", False)]
)
def test_a_cell_that_seems_to_name_several_models_is_asked_about(
    answer: str, fate: str, is_open: bool
) -> None:
    (row,) = plan_of(batch_of("大模型,公司\n松涛、竹影,长堤软件\n", **({"2": answer} if answer else {})))
    assert (row.fate, row.is_open, row.several) == (fate, is_open, ["松涛", "竹影"])


def test_a_row_is_left_out_on_the_page(admin_client: Client) -> None:
    batch = batch_of("大模型,公司\n松涛、竹影,长堤软件\n梅岭,长堤软件\n")
    address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
    admin_client.post(address, {"row-2": LEAVE})
    page = page_of(admin_client, batch)
    assert (page["open_questions"], [row["fate"] for row in page["rows"]]) == (0, ["refused", "new"])
