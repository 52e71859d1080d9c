"""The facet of how well an entry's values are backed: each word of it, whose word counts as the developer's own, and that it follows."""

from typing import Any

import pytest
from django.db import connection

from models_catalog.catalog.index.current import current
from models_catalog.catalog.results import Past, Present
from models_catalog.claims.settle import settle
from models_catalog.models import Developer, Entry
from models_catalog.models.vocabulary import Basis, Category, Field, Ruling, Status
from tests.factories import make_claim, make_developer, make_entry, make_source
from tests.index.conftest import filtered

pytestmark = pytest.mark.django_db

WHY = {"reason_zh": "由此可知", "reason_en": "it follows"}


def found(evidence: str) -> list[str]:
    """The names that the filter gives, which index and SQL agree on."""
    catalog = filtered(f"evidence={evidence}")
    present, past = ([pk for ids in one(catalog).ids() for pk in ids] for one in (Present, Past))
    assert present == past
    names = Entry.objects.in_bulk(present)
    return [names[pk].name_zh for pk in present]


def backed(name: str, **columns: Any) -> None:
    """An entry with a stated kind, and a category with these columns."""
    entry = make_entry(name)
    make_claim(entry, Field.CATEGORY, token=Category.GENERAL, **columns)
    settle([entry])


def test_each_word_finds_the_entries_that_it_means() -> None:
    backed("明")
    backed("推", basis=Basis.INFERRED, **WHY)
    backed("编", basis=Basis.CURATOR, **WHY)
    backed("争", status=Status.DISPUTED, ruling=Ruling.LATER_SOURCE)
    backed("双", source=make_source("another-2023"))
    assert {word: found(word) for word in ("stated", "inferred", "curator", "disputed", "two-sources")} == {
        "stated": ["明", "双"], "inferred": ["推"], "curator": ["编"], "disputed": ["争"], "two-sources": ["双"],
    }  # fmt: skip
    assert sorted(found("one-source")) == sorted("明推编争")


def test_a_developer_under_another_name_is_followed() -> None:
    maker = make_developer("百度")
    entry = make_entry("文心", developers=[maker])
    entry.claims.update(said_by_zh="度小满", said_by_en="Du Xiaoman")
    current()
    before = found("self-reported")
    Developer.objects.filter(pk=maker.pk).update(name_zh="度小满")
    assert (before, found("self-reported")) == ([], ["文心"])


def test_an_unknown_word_is_refused() -> None:
    with connection.cursor(), pytest.raises(AssertionError):
        filtered("evidence=rumour")
