"""What was imported as proposals is known to the next import and to the next article, though no reader sees it."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.intake.articles.lexicon import read_lexicon
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.plan import NEW
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Field, Status
from tests.decisions import reject_claim
from tests.imports.test_all_undone import public_table
from tests.imports.test_import import apply, batch_of

pytestmark = pytest.mark.django_db
__all__ = ["public_table"]

HEADING = "公司,大模型\n"
TABLE = f"{HEADING}达观数据,曹植\n度小满,轩辕\n"


def waiting(table: str = TABLE) -> Entry:
    """The first entry of a table that was imported as proposals."""
    apply(batch_of(table, Status.PROPOSED))
    return Entry.objects.order_by("pk")[0]


def test_the_same_file_again_makes_nothing() -> None:
    waiting()
    again = batch_of(TABLE, Status.PROPOSED)
    assert [(row.fate.value, row.is_open) for row in plan_of(again)] == [("unchanged", False)] * 2
    apply(again)
    assert (Entry.objects.count(), Claim.objects.count()) == (2, 4)


@pytest.mark.parametrize(
    ("row", "fate", "is_open"),
    [
        ("达观数据,曹植", "unchanged", False), ("达观数据,Caozhi", "changed", False), ("达观数据,CZ", "changed", False),
        ("达观数据,曹植大模型", "new", True), ("别家,曹植", "new", True), (",曹植", "new", True),
        ("别家,曹植大模型", "new", False), ("达观数据,曹操", "new", False),
    ],
)  # fmt: skip
def test_a_waiting_name_is_known(row: str, fate: str, is_open: bool) -> None:
    entry = waiting()
    (planned,) = plan_of(batch_of(f"{HEADING}{row}\n"))
    known = planned.alike if is_open else [planned.entry] if planned.entry else []
    assert (planned.fate, planned.is_open) == (fate, is_open)
    assert known == ([entry] if is_open or fate != "new" else [])


def test_a_rejected_name_is_not_known() -> None:
    entry = waiting()
    reject_claim(claim=entry.claims.get(field=Field.NAME), reviewer="curator")
    (planned,) = plan_of(batch_of(f"{HEADING}别家,曹植\n"))
    assert (planned.fate, planned.is_question) == ("new", False)


def test_the_question_calls_the_entry_by_its_waiting_name(admin_client: Client) -> None:
    entry = waiting()
    batch = batch_of(f"{HEADING}别家,曹植\n")
    shown = admin_client.get(reverse("admin:models_catalog_importbatch_change", args=[batch.pk]))
    assert f"与曹植相同 ({entry.slug})" in " ".join(shown.content.decode().split())


def test_an_article_finds_waiting_names_and_their_makers() -> None:
    entry = waiting()
    (known,) = read_lexicon().entries["曹植"]
    assert known.pk == entry.pk
    assert [*known.makers] == [entry.claims.get(field=Field.DEVELOPER).developer_id]


def test_the_public_table_again_makes_nothing(public_table: Path) -> None:
    text = public_table.read_text("utf-8-sig")
    batch = batch_of(text, Status.PROPOSED)
    batch.mapping = {"3": "developer", "4": "name", "6": "sector"}
    batch.decisions = {str(row.line): NEW for row in plan_of(batch) if row.is_open}
    batch.save()
    apply(batch)
    again = batch_of(text, Status.PROPOSED)
    again.mapping = batch.mapping
    rows = plan_of(again)
    assert [row.line for row in rows if row.fate == "new" and not row.is_question] == []
    assert sum(row.fate == "unchanged" for row in rows) > 200
