"""The index follows what is written: entry by entry where it can, and never shows what is no longer so."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.db import connection, transaction
from django.db.models import F

from models_catalog.catalog.index.current import current
from models_catalog.catalog.index.load import CatalogChange, CatalogSince, between, changes
from models_catalog.catalog.index.state import IndexState, loaded
from models_catalog.claims.settle import settle
from models_catalog.models import Claim, Developer, Entry, Sector
from models_catalog.models.vocabulary import Category, Field
from tests.factories import make_claim, make_developer, make_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_many")]


def shown(state: IndexState) -> dict[str, Any]:
    """Everything that a state says, by entry and not by code."""
    rows = state.names.rows
    orders = {f"by {by}": state.ids[order.rows].tolist() for by, order in state.orders.items()}
    columns = {
        name: [column.values.parsed[code] for code in column.codes[rows]]
        for name, column in state.columns.items()
    }
    return {
        **orders,
        "backwards": state.ids[state.names.backwards].tolist(),
        "listed": np.flatnonzero(state.listed).tolist() == sorted(rows.tolist()),
        "makers": [row.name_zh for row in state.references.developers.values()],
        **columns,
    }


def rename(name: str) -> None:
    entry = Entry.objects.get(slug="m7")
    Claim.objects.filter(entry=entry, field=Field.NAME, preferred=True).update(text=name)
    settle([entry])


def unlist() -> None:
    entry = Entry.objects.get(slug="m8")
    Claim.objects.filter(entry=entry, field=Field.NAME).update(status="rejected", preferred=False)
    settle([entry])


def judge() -> None:
    entry = Entry.objects.filter(category="", kind="model").first()
    assert entry
    make_claim(entry, Field.CATEGORY, token=Category.GENERAL)
    settle([entry])


def two_new_ones() -> None:
    make_entry("文心一言", slug="a-new-one", developers=["新公司"])
    make_entry("文心一言", slug="zz-new-one")


def rename_a_maker() -> None:
    Developer.objects.filter(slug="d1").update(name_zh="改名", sort_key="a")


CHANGES: list[Callable[[], object]] = [
    lambda: rename("啊"),
    lambda: rename("最后"),
    lambda: rename("文心一言"),
    unlist,
    judge,
    two_new_ones,
    rename_a_maker,
    lambda: make_developer("还没有模型"),
    lambda: Entry.sectors.through.objects.filter(entry__slug="m9").delete(),
]


@pytest.mark.parametrize("change", CHANGES)
def test_following_a_change_gives_what_reading_everything_gives(
    monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]
) -> None:
    current()
    change()
    monkeypatch.setattr("models_catalog.catalog.index.state.loaded", None)  # it has to follow
    state = current()
    assert shown(state) == shown(loaded(state.alias, state.seen))


def test_what_is_rolled_back_is_forgotten() -> None:
    before = current()
    mark = transaction.savepoint()
    two_new_ones()
    within = current()
    transaction.savepoint_rollback(mark)
    assert (len(within.names.rows), shown(current())) == (len(before.names.rows) + 2, shown(before))


def test_a_change_by_sql_is_seen() -> None:
    current()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE models_catalog_sector SET name_zh = '改' WHERE slug = 'jinrong'")
    assert "改" in [row.name_zh for row in current().references.sectors.values()]


def test_what_nobody_sees_changes_nothing() -> None:
    before = changes("default")
    Sector.objects.filter(slug="none").delete()
    Claim.objects.filter(pk=0).update(text="x")
    entries = [change.entries for number, change in changes("default").items() if number not in before]
    assert entries in ([], [()])


def test_many_changes_are_merged_and_still_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    current()
    monkeypatch.setattr("models_catalog.catalog.index.state.loaded", None)
    for number in range(70):
        Entry.objects.filter(slug="m1").update(created_at=F("created_at"))
        if number % 20 == 0:
            current()
    assert (current().seen == changes("default"), len(changes("default")) < 130) == (True, True)


def one(weight: int, *entries: int, merged: bool = False) -> CatalogChange:
    return CatalogChange(weight, entries, merged)  # type: ignore[arg-type]  # a whole number serves


@pytest.mark.parametrize(
    ("before", "now", "since"),
    [
        ({1: one(5, 7)}, {1: one(5, 7)}, CatalogSince(frozenset(), references=False)),
        ({1: one(5, 7)}, {1: one(5, 7), 2: one(4, 8)}, CatalogSince(frozenset({8}), references=False)),
        ({1: one(5, 7)}, {1: one(5, 7), 2: one(4)}, CatalogSince(frozenset(), references=True)),
        (
            {1: one(5), 2: one(4)},
            {3: one(9, merged=True), 4: one(2, 6)},
            CatalogSince(frozenset({6}), references=False),
        ),
        ({1: one(5)}, {3: one(9, merged=True)}, CatalogSince(None, references=True)),
        ({1: one(5)}, {}, CatalogSince(None, references=True)),
        ({}, {1: CatalogChange(5, None, False)}, CatalogSince(None, references=True)),  # type: ignore[arg-type]
    ],
)
def test_between_two_states(before: Any, now: Any, since: CatalogSince) -> None:
    assert between(before, now) == since


def test_nothing_is_read_again_while_nothing_changes(django_assert_num_queries: Any) -> None:
    state = current()
    with django_assert_num_queries(1):
        assert current() is state
