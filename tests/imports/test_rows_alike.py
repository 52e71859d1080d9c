"""Rows of one file that may name the same model are asked about before anything is made; homonyms stay two."""

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.claims.judge import NotAllowed
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import NEW
from models_catalog.models import Entry, ImportBatch
from tests.factories import make_developer, make_entry
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db

YIYAN = "公司,大模型,参数\n百度,文心一言,2600亿\n百度,文心一言(ERNIE Bot),2600亿\n百度,wenxin yiyan,\n"


@pytest.mark.parametrize(
    ("first", "second", "is_open"),
    [
        ("百度,文心一言", "百度,文心一言(ERNIE Bot)", True),
        ("百度,文心一言(ERNIE Bot)", "百度,文心一言", True),
        ("百度,文心一言", "百度,wenxin yiyan", True),
        ("百度,文心一言", "Baidu,WXYY", True),
        ("百度,文心一言", "百度云,文心一言", True),
        ("百度,文心一言", ",文心一言", True),
        ("百度&甲公司,文心一言", "甲公司,文心一言2", True),
        # Near misses: homonyms of two firms, another name, another number, one character.
        ("华为,盘古", "循环智能,盘古", False),
        ("百度,文心一言", "甲,文心一言(ERNIE Bot)", False),
        ("百度,文心一言", "百度,文心千帆", False),
        ("百度,轩辕1", "百度,轩辕10", False),
        ("百度,天", "百度,天工", False),
    ],
)
def test_like_names_within_a_file_are_asked_about(first: str, second: str, is_open: bool) -> None:
    make_developer("百度云", parent=make_developer("百度", name_en="Baidu"))
    rows = plan_of(batch_of(f"公司,大模型\n{first}\n{second}\n"))
    assert [row.is_open for row in rows] == [False, is_open]


def test_an_alias_may_be_another_rows_name() -> None:
    rows = plan_of(batch_of("公司,大模型,别名\n百度,文心一言,ERNIE Bot;文心\n百度,ERNIE-Bot,\n"))
    assert [[twin.line for twin in row.twins] for row in rows] == [[], [2]]


def test_nothing_is_made_before_like_rows_are_told_apart() -> None:
    with pytest.raises(NotAllowed):
        apply(batch_of(YIYAN))
    assert not Entry.objects.exists()


def test_rows_of_one_model_become_one_entry() -> None:
    batch = apply(batch_of(YIYAN, **{"3": "line-2", "4": "line-3"}))
    entry = Entry.objects.get()
    assert (entry.name_zh, [row["fate"] for row in batch.rows]) == ("文心一言", ["new", "changed", "changed"])
    assert sorted(entry.claims.values_list("field", "text", "line")) == [
        ("developer", "", 2), ("name", "wenxin yiyan", 4), ("name", "文心一言", 2), ("name", "文心一言(ERNIE Bot)", 3),
        ("parameters", "", 2),
    ]  # fmt: skip


def test_rows_told_apart_become_two() -> None:
    apply(batch_of(YIYAN, **{"3": NEW, "4": "line-2"}))
    assert Entry.objects.count() == 2


def test_a_row_joins_the_entry_of_the_row_it_is_like() -> None:
    entry = make_entry("文心一言", developers=["百度"])
    rows = plan_of(
        batch_of(
            "公司,大模型\n百度,文心一言\n百度,文心大模型\n百度,文心大模型3.5\n",
            **{"3": str(entry.pk), "4": "line-3"},
        )
    )
    assert [(row.entry, row.is_open) for row in rows] == [(entry, False)] * 3


@pytest.mark.parametrize("decided", ["line-4", "line-9", "line-2x", "line-"])
def test_a_decision_for_a_row_that_it_was_not_asked_about_decides_nothing(decided: str) -> None:
    rows = plan_of(
        batch_of("公司,大模型\n百度,文心一言\n百度,文心一言(ERNIE Bot)\n华为,盘古\n", **{"3": decided})
    )
    assert [row.is_open for row in rows] == [False, True, False]


def test_two_rows_of_an_entry_claim_the_same_once() -> None:
    make_entry("文心一言", developers=["百度"])
    rows = plan_of(
        batch_of(
            "公司,大模型,参数\n百度,文心一言,2600亿\nBaidu,文心一言,2600亿\n",
            **{"3": str(Entry.objects.get().pk)},
        )
    )
    assert [[claim.field.value for claim in row.adds] for row in rows] == [["parameters"], []]
    assert [len(row.claims) for row in rows] == [3, 0]


def test_the_page_asks_and_keeps_the_answer(admin_client: Client) -> None:
    address = reverse("admin:models_catalog_importbatch_change", args=[batch_of(YIYAN).pk])
    assert admin_client.get(address).context["open_questions"] == 2
    page = admin_client.post(address, {"row-3": "line-2", "row-4": "line-3"}, follow=True)
    assert page.context["open_questions"] == 0
    assert 'value="line-2" selected' in page.content.decode()
    assert ImportBatch.objects.get().decisions == {"3": "line-2", "4": "line-3"}
