"""A second table that agrees becomes one more source: what it names survives the undoing of the first."""

import pytest

from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import PlannedRow
from models_catalog.intake.tables.undo import since_applied, undo_import
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Field, Status
from tests.checksums import checksums
from tests.decisions import reject_claim
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db
FIRST = "公司,大模型,参数量,是否开源\n度小满,轩辕,70亿,是\n"
SECOND = "大模型,公司,参数量,开源\n轩辕,度小满,7B,开源\n"


def row_of(text: str) -> PlannedRow:
    return plan_of(batch_of(text))[0]


def test_a_row_that_agrees_is_unchanged_and_one_more_source() -> None:
    apply(batch_of(FIRST))
    row = row_of(SECOND)
    assert (row.fate, row.adds, [note.code for note in row.notes]) == ("unchanged", [], ["agrees"])
    assert {claim.field for claim in row.claims} == {
        Field.NAME, Field.DEVELOPER, Field.PARAMETERS, Field.OPENNESS,
    }  # fmt: skip


@pytest.mark.parametrize("text", [FIRST, "slug,name_zh,参数量\nxuanyuan,轩辕,7B\n"])
def test_the_same_file_and_our_own_are_no_second_source(text: str) -> None:
    apply(batch_of(FIRST))
    assert row_of(text).claims == []


def test_what_was_rejected_is_not_taken_again_and_is_said() -> None:
    apply(batch_of(FIRST))
    reject_claim(claim=Claim.objects.get(field="parameters"), reviewer="curator", reason="no")
    row = row_of("大模型,公司,参数量\n轩辕,度小满,7B\n")
    assert [note.code for note in row.notes] == ["rejected-before", "agrees"]
    assert Field.PARAMETERS not in {claim.field for claim in row.claims}


def test_a_name_is_agreed_to_in_the_form_that_the_registry_has() -> None:
    apply(batch_of("大模型,公司,英文名\n轩辕,度小满,XuanYuan\n"))
    apply(batch_of("大模型,公司\nxuan yuan,度小满\n"))
    assert sorted(Claim.objects.filter(field="name").values_list("text", "token", "quotation")) == [
        ("XuanYuan", "en", "XuanYuan"), ("XuanYuan", "en", "xuan yuan"), ("轩辕", "zh", "轩辕"),
    ]  # fmt: skip


def test_undoing_the_first_leaves_what_the_second_says_too() -> None:
    before, first = checksums(), apply(batch_of(FIRST))
    columns = Entry.objects.values("name_zh", "parameters", "openness", "is_listed")
    stood, second = list(columns), apply(batch_of(SECOND))
    since = since_applied(first)
    assert {claim.field for claim in since.returning} == {"name", "parameters", "openness"}
    undo_import(batch=first, by="curator", seen=since.version)
    assert list(columns) == stood
    undo_import(batch=second, by="curator", seen=since_applied(second).version)
    assert checksums() == before


def test_undoing_the_second_leaves_the_first_as_it_was() -> None:
    apply(batch_of(FIRST))
    before, second = checksums(), apply(batch_of(SECOND))
    undo_import(batch=second, by="curator")
    assert checksums() == before


def test_what_agrees_with_a_claim_that_waits_fills_the_column_and_says_so() -> None:
    apply(batch_of(FIRST, Status.PROPOSED))
    second = apply(batch_of(SECOND, Status.ACCEPTED))
    assert (Entry.objects.get().name_zh, Claim.objects.proposed().count()) == ("轩辕", 4)
    assert "中文名：未提及 → 轩辕" in second.rows[0]["effects"]
