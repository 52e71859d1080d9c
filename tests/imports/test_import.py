"""Importing a table: what each row does is shown, all of it is applied or nothing, and it can be undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.intake.tables.apply import PlanChanged, apply_import, plan_of
from models_catalog.intake.tables.columns import guess_mapping
from models_catalog.intake.tables.files import text_of
from models_catalog.intake.tables.plan import LEAVE, NEW, Fate, fingerprint
from models_catalog.intake.tables.undo import undo_import
from models_catalog.models import Claim, Entry, ImportBatch
from models_catalog.models.vocabulary import Category, Status
from tests.checksums import checksums
from tests.decisions import accept_claim
from tests.factories import make_developer, make_entry, make_sector
from tests.needs import PUBLIC_TABLE, TABLE

pytestmark = pytest.mark.django_db


def batch_of(text: str, status: str = Status.ACCEPTED, **decisions: str) -> ImportBatch:
    return ImportBatch.objects.create(
        file_name="a.csv", encoding="utf-8", text=text, uploaded_by="curator",
        mapping=guess_mapping(text.partition("\n")[0].split(",")), decisions=decisions,
        options={"status": status, "developer_kind": "ai-company"},
    )  # fmt: skip


def apply(batch: ImportBatch) -> ImportBatch:
    return apply_import(batch=batch, expected=fingerprint(plan_of(batch)), by="curator")


def fates(text: str) -> list[str]:
    return [row.fate.value for row in plan_of(batch_of(text))]


def test_headings_are_guessed() -> None:
    assert guess_mapping(["序号", "公司", "大模型", "类别", "备注"]) == {
        "1": "developer",
        "2": "name",
        "3": "sector",
    }


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        ("度小满,轩辕,金融", Fate.NEW), ("百度,文心一言,", Fate.UNCHANGED), ("百度,文心一言,金融", Fate.CHANGED),
        ("百度,,金融", Fate.REFUSED), ("华为,[盘古](https://a),[天](b)", Fate.NEW), ("别家,文心一言,", Fate.NEW),
        ('华为,"[盘古](https://a) 5.0 [天](b)",金融', Fate.REFUSED), ("百度,…,金融", Fate.REFUSED),
    ],
)  # fmt: skip
def test_each_row_says_what_it_does(row: str, fate: Fate) -> None:
    make_sector("金融")
    make_entry("文心一言", developers=["百度"])
    assert fates(f"公司,大模型,类别\n{row}\n") == [fate]


def test_a_cell_with_a_link_for_each_of_several_models_is_asked_about() -> None:
    (row,) = plan_of(batch_of('公司,大模型,类别\n华为,"[盘古](https://a),[天](b)",金融\n'))
    assert (row.several, row.is_open) == (["盘古", "天"], True)


def test_a_row_that_stands_twice_is_refused() -> None:
    assert fates("公司,大模型\n度小满,轩辕\n度小满,轩辕\n") == ["new", "refused"]


def test_homonyms_of_two_firms_are_two_entries() -> None:
    make_entry("盘古", developers=["华为"])
    apply(batch_of("公司,大模型\n循环智能,盘古\n", **{"2": NEW}))
    assert sorted(Entry.objects.values_list("slug", flat=True)) == ["pangu", "pangu-xunhuanzhineng"]


def test_a_curator_may_say_that_it_is_the_same() -> None:
    entry = make_entry("盘古", developers=["华为"])
    row = plan_of(batch_of("公司,大模型\n华为云,盘古\n", **{"2": str(entry.pk)}))[0]
    assert (row.fate, row.entry) == (Fate.CHANGED, entry)


def test_claims_stand_in_the_file() -> None:
    batch = apply(batch_of('公司,大模型\n度小满,"[轩辕](https://x)"\n'))
    claim = Claim.objects.get(field="name")
    line = batch.text.split("\n")[(claim.line or 0) - 1]
    assert (claim.source, line[claim.start : claim.end]) == (batch.source, "轩辕")


def test_sizes_are_parsed_from_their_words() -> None:
    apply(batch_of("公司,大模型,参数\n度小满,轩辕,1760亿\n"))
    assert Entry.objects.get().parameters.lower == 176_000_000_000


def test_proposed_rows_change_nothing_for_readers() -> None:
    apply(batch_of("公司,大模型\n度小满,轩辕\n", Status.PROPOSED))
    assert not Entry.objects.listed().exists()


def test_what_contradicts_an_accepted_value_waits() -> None:
    entry = make_entry("轩辕", developers=["度小满"], category=Category.INDUSTRY)
    apply(batch_of("公司,大模型,类别\n度小满,轩辕,通用\n"))
    entry.refresh_from_db()
    assert (entry.category, Claim.objects.proposed().count()) == (Category.INDUSTRY, 1)


def test_undoing_restores_the_registry() -> None:
    make_sector("金融")
    make_entry("文心一言", developers=["百度"])
    before = checksums()
    batch = apply(batch_of("公司,大模型,类别\n度小满,轩辕,金融\n百度,文心一言,金融\n"))
    assert checksums() != before
    undo_import(batch=batch, by="curator")
    assert checksums() == before


def test_what_was_decided_since_is_not_undone() -> None:
    batch = apply(batch_of("公司,大模型\n度小满,轩辕\n", Status.PROPOSED))
    accept_claim(claim=Claim.objects.get(field="name"), reviewer="curator")
    with pytest.raises(NotAllowed):
        undo_import(batch=batch, by="curator")


def test_the_second_of_two_imports_is_told() -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n")
    seen = fingerprint(plan_of(batch))
    apply_import(batch=batch, expected=seen, by="first")
    with pytest.raises(NotAllowed):
        apply_import(batch=batch, expected=seen, by="second")


def test_a_second_click_on_apply_is_no_error(admin_client: Client) -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n")
    address, seen = (
        reverse("admin:models_catalog_importbatch_apply", args=[batch.pk]),
        fingerprint(plan_of(batch)),
    )
    admin_client.post(address, {"fingerprint": seen})
    page: Any = admin_client.post(address, {"fingerprint": seen}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["success"]
    assert Entry.objects.count() == 1


def test_a_plan_that_changed_is_not_applied() -> None:
    batch = batch_of("公司,大模型\n度小满,轩辕\n")
    seen = fingerprint(plan_of(batch))
    make_entry("轩辕", developers=[make_developer("度小满")])
    with pytest.raises(PlanChanged):
        apply_import(batch=batch, expected=seen, by="curator")


def test_through_the_site(client: Client, admin_client: Client) -> None:
    file = SimpleUploadedFile("表.csv", "公司,大模型\n度小满,轩辕\n".encode("gbk"))
    response = admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    batch = ImportBatch.objects.get()
    preview = admin_client.get(response["Location"])
    assert (batch.encoding, preview.context["counts"][0]) == ("gb18030", ("new", 1))
    applied = reverse("admin:models_catalog_importbatch_apply", args=[batch.pk])
    admin_client.post(applied, {"fingerprint": preview.context["fingerprint"]})
    assert Claim.objects.proposed().count() == 2


@pytest.mark.parametrize("content", [b"", b"\0\0", b"PK\x03\x04", b"\xff" * 100, "名\n".encode()])
def test_a_file_that_is_none_is_refused_on_the_page(admin_client: Client, content: bytes) -> None:
    file = SimpleUploadedFile("a.csv", content)
    page: Any = admin_client.post(reverse("admin:models_catalog_importbatch_add"), {"file": file})
    assert page.context["form"].errors
    assert not ImportBatch.objects.exists()


def test_the_public_table_ends_row_by_row_and_is_undone() -> None:
    PUBLIC_TABLE.require()
    make_entry("盘古", developers=["华为"])
    text, encoding = text_of(TABLE.name, TABLE.read_bytes())
    batch = batch_of(text)
    batch.encoding, batch.mapping = encoding, {"3": "developer", "4": "name", "6": "sector"}
    asked = [row for row in plan_of(batch) if row.is_open]
    batch.decisions = {row.key: LEAVE if row.several else NEW for row in asked}
    batch.save()
    before = checksums()
    rows = plan_of(batch)
    refused = [row for row in rows if row.fate == Fate.REFUSED]
    apply(batch)
    with translation.override("en"):
        # Nine cells name several models by a link each; four more seem to.
        assert (len(rows), len(refused), all(row.reason for row in refused)) == (247, 13, True)
    assert sorted(Entry.objects.filter(name_zh__in=["盘古", "星汉"]).values_list("slug", flat=True)) == [
        "pangu", "pangu-xunhuanzhineng", "xinghan", "xinghan-dahuagufen",
    ]  # fmt: skip
    batch.refresh_from_db()
    undo_import(batch=batch, by="curator")
    assert checksums() == before
