"""The preview says of each claim what stands now and what would, what its words become, and whom a row may mean."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from models_catalog.curation.imports.forms import encoding_label
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.columns import COLUMNS, guess_mapping
from models_catalog.intake.tables.plan import NEW
from models_catalog.intake.tables.preview import foretell
from models_catalog.models import Entry, ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import Category, Status
from tests.factories import make_entry, make_sector
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db


def effects(batch: ImportBatch) -> list[list[str]]:
    rows = plan_of(batch)
    foretell(rows)
    return [row.effects for row in rows]


def page_of(client: Client, batch: ImportBatch) -> Any:
    return client.get(reverse("admin:models_catalog_importbatch_change", args=[batch.pk]))


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("公司,大模型,类别\n度小满,轩辕,通用", ["类别：未提及 → 通用"]),
        ("公司,大模型,类别\n度小满,轩辕,商业", ["目标行业：汽车 → 汽车、零售（原话：商业）"]),
        ("公司,大模型,参数\n度小满,轩辕,千亿级", ["参数规模：未提及 → 千亿级 · 1000亿–1万亿"]),
        ("公司,大模型,开源\n度小满,轩辕,是", ["开源情况：未提及 → 开源（原话：是）"]),
        ("公司,大模型,别名\n度小满,轩辕,XuanYuan", ["其他名称：未提及 → XuanYuan"]),
        ("公司,大模型\n度小满、好未来,轩辕", ["机构：度小满 → 度小满、好未来"]),
        ("公司,大模型,类别\n度小满,轩辕,汽车", []),
    ],
)
def test_a_changed_row_shows_old_and_new(table: str, told: list[str]) -> None:
    make_sector("零售", slug="retail")
    make_entry("轩辕", developers=["度小满"], sectors=["汽车"])
    assert effects(batch_of(table)) == [told]


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.ACCEPTED])
def test_what_would_contradict_is_said_to_wait(status: Status) -> None:
    make_entry("轩辕", developers=["度小满"], category=Category.INDUSTRY)
    assert effects(batch_of("公司,大模型,类别\n度小满,轩辕,通用\n", status)) == [
        ["类别：保留行业专用，通用待审"]
    ]


def test_a_row_goes_on_from_the_rows_before_it() -> None:
    entry = make_entry("轩辕", developers=["度小满"], sectors=["汽车"])
    make_sector("零售")
    make_sector("气象")
    batch = batch_of("公司,大模型,类别\n度小满,轩辕,零售\n马上,轩辕,气象\n", **{"3": str(entry.pk)})
    assert effects(batch)[1] == ["机构：度小满 → 度小满、马上", "目标行业：零售、汽车 → 零售、汽车、气象"]


def test_what_is_foretold_is_what_happens_and_is_kept() -> None:
    entry = make_entry("轩辕", developers=["度小满"], sectors=["汽车"])
    make_sector("零售", slug="retail")
    batch = apply(batch_of("公司,大模型,类别\n度小满,轩辕,商业\n"))
    assert batch.rows[0]["effects"] == ["目标行业：汽车 → 汽车、零售（原话：商业）"]
    assert [sector.label for sector in Entry.objects.get(pk=entry.pk).sectors.all()] == ["汽车", "零售"]


def test_an_english_page_says_it_in_english(admin_client: Client) -> None:
    make_sector("零售", slug="retail")
    batch = batch_of("公司,大模型,类别,参数\n度小满,轩辕,商业,千亿级\n", Status.PROPOSED)
    with translation.override("en"):
        shown = [claim.shown for claim in plan_of(batch)[0].claims]
    assert shown[2:] == [
        "Target industry: Retail (as written: 商业)",
        "Parameters: 100B–1T (as written: 千亿级)",
    ]


def test_proposals_are_told_as_what_would_be(admin_client: Client) -> None:
    make_entry("轩辕", developers=["度小满"])
    for status, told in ((Status.PROPOSED, True), (Status.ACCEPTED, False)):
        shown = page_of(admin_client, batch_of("公司,大模型,类别\n度小满,轩辕,通用\n", status))
        assert ("采纳之后：" in shown.content.decode()) == told


@pytest.mark.parametrize("rows", [1, 10])
def test_changed_and_asked_rows_cost_the_same(
    rows: int, admin_client: Client, django_assert_num_queries: Any
) -> None:
    make_sector("金融")
    for n in range(rows):
        make_entry(f"轩辕{n}号", developers=["度小满"])
    lines = "".join(f"度小满,轩辕{n}号,金融\n别家,轩辕{n}号,金融\n" for n in range(rows))
    batch = batch_of(f"公司,大模型,类别\n{lines}", Status.PROPOSED)
    with django_assert_num_queries(21):  # with the spellings of makers, and the developers to choose from
        shown = page_of(admin_client, batch)
    assert len(shown.context["questions"].open) == rows
    assert sum(bool(row["effects"]) for row in shown.context["rows"]) == rows


def test_an_option_tells_who_is_meant_and_leads_there(admin_client: Client) -> None:
    entry = make_entry("盘古", developers=["华为"], aliases=["盘古大模型"])
    shown = page_of(admin_client, batch_of("公司,大模型\n循环智能,盘古\n")).content.decode()
    assert "与盘古 · 华为相同 (pangu；又名盘古大模型)" in shown
    address = reverse("admin:models_catalog_entry_change", args=[entry.pk])
    assert re.search(rf'<a href="{address}" target="_blank"[^>]*>在新标签页打开盘古 · 华为</a>', shown)


def test_open_questions_come_first_and_answered_ones_are_folded(admin_client: Client) -> None:
    make_entry("盘古", developers=["华为"])
    shown = page_of(admin_client, batch_of("公司,大模型\n华为,盘古\n循环智能,盘古\n")).content.decode()
    assert shown.index('name="row-3"') < shown.index("<details") < shown.index('name="row-2"')
    assert "1个问题已有答案" in shown


@pytest.mark.parametrize(
    ("table", "offered"),
    [("百度,文心一言", False), ("百度,", False), ("百度,文心", True), ("baidu,文心一言", True)],
)
def test_what_would_write_nothing_is_not_offered(table: str, offered: bool, admin_client: Client) -> None:
    apply(batch_of("公司,大模型\n百度,文心一言\n"))
    decided = {"2": NEW} if table == "百度,文心" else {}
    shown = page_of(admin_client, batch_of(f"公司,大模型\n{table}\n", **decided)).content.decode()
    assert ("执行全部导入" in shown, "没有要写入的内容" in shown) == (offered, not offered)


def test_nothing_is_counted_before_the_name_is_mapped(admin_client: Client) -> None:
    batch = batch_of("甲,乙\n度小满,轩辕\n")
    shown = page_of(admin_client, batch).content.decode()
    assert "请选择名称所在的列" in shown
    assert "<strong>0</strong>" not in shown
    assert "每一行是一个模型" in shown


@pytest.mark.parametrize(
    ("found", "said"),
    [("utf-8-sig", "UTF-8（带BOM）"), ("utf-8", "UTF-8"), ("gb18030", "GB18030 (GBK)"), ("xlsx", "xlsx")],
)
def test_encodings_are_told_as_people_write_them(found: str, said: str) -> None:
    assert encoding_label(found) == said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("contents", Contents)
def test_the_labels_of_the_columns_are_guessed(contents: Contents, language: str) -> None:
    with translation.override(language):
        labels = [str(column.label) for column in COLUMNS[contents]]
    assert guess_mapping(labels, contents) == {
        str(number): column.value for number, column in enumerate(COLUMNS[contents])
    }


def test_category_beside_target_industry_is_the_category() -> None:
    assert guess_mapping(["中文名", "类别", "目标行业", "开放性"]) == {
        "0": "name", "1": "category", "2": "sector", "3": "openness",
    }  # fmt: skip


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1949-12-31"])
def test_a_date_of_the_file_that_no_text_can_state_is_refused(day: str, admin_client: Client) -> None:
    """The last day that there is has no day after it: kept, it made every page of the import an error."""
    batch = batch_of("公司,大模型\n百度,文心\n")
    address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
    sent = {"status": "proposed", "developer_kind": "startup", "file_date": day, "column-0": "developer"}
    assert admin_client.post(address, {**sent, "column-1": "name", "_save": "1"}).status_code == 200
    batch.refresh_from_db()
    assert "file_date" not in batch.options
    assert page_of(admin_client, batch).status_code == 200


def test_an_applied_import_speaks_the_readers_language(admin_client: Client) -> None:
    make_entry("轩辕", developers=["度小满"])
    with translation.override("zh-hans"):
        batch = apply(batch_of("公司,大模型,类别,参数\n度小满,轩辕,通用,很大\n", Status.PROPOSED))
    for language, words in (("en", "states no size"), ("zh-hans", "没有说明规模")):
        address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
        shown = admin_client.get(address, headers={"Accept-Language": language}).context["rows"][0]
        assert words in shown["notes"][0]
    assert "Category" in batch.rows[0]["in"]["en"]["effects"][0]


def test_all_other_questions_are_answered_at_once(admin_client: Client) -> None:
    make_entry("轩辕", developers=["度小满"])
    make_entry("盘古", developers=["华为"])
    batch = batch_of("公司,大模型\n甲厂,轩辕\n乙厂,盘古\n丙厂,盘古\n")
    address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
    admin_client.post(address, {"row-2": "leave", "row-3": "", "row-4": "", "others": "new"})
    batch.refresh_from_db()
    assert batch.decisions == {"2": "leave", "3": "new", "4": "new"}


def test_a_row_that_may_hold_several_models_is_not_answered_with_the_others(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n甲厂,天工/天书\n")
    assert plan_of(batch)[0].several
    address = reverse("admin:models_catalog_importbatch_change", args=[batch.pk])
    admin_client.post(address, {"others": "new"})
    batch.refresh_from_db()
    assert batch.decisions == {}


def test_a_quotation_that_is_cut_says_so() -> None:
    row = plan_of(batch_of("公司,大模型,开源\n度小满,轩辕,Open weights (unrestricted)\n"))[0]
    assert row.claims[-1].said == "开源（原话：Open weights (unrestrict…）"
