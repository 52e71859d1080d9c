"""A wrong value is replaced: the right one counts, what a source states stays beside it, and undoing is exact."""

from typing import Any

import pytest
from django.utils import translation

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.replace import replace_claim, undo_decision
from models_catalog.history.versions import ChangedMeanwhile, version_of_claims
from models_catalog.intake.values import parse_number
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Basis, Field, Ruling, Status
from tests.checksums import checksums
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_claim, make_entry, make_sector, make_source

pytestmark = pytest.mark.django_db
KNOWN = {"basis": Basis.CURATOR, "reason_zh": "公开资料", "reason_en": "公开资料"}


@pytest.fixture
def entry() -> Entry:
    return make_entry("ChatGLM-6B", parameters="62亿", sectors=["金融"])


def size(entry: Entry) -> Claim:
    return entry.claims.get(stated="62亿", preferred=True)


def replace(old: Claim, words: str = "64亿", **more: Any) -> Claim:
    new = Claim(entry=old.entry, field=old.field, number=parse_number(old.field, words), **KNOWN)
    version = version_of_claims(old.entry)
    return replace_claim(old=old, new=new, **{"by": "li", "version": version, "reason": "公开资料", **more})


def test_right_value_fills_the_column_and_the_stated_one_stays_disputed(entry: Entry) -> None:
    old = size(entry)
    new = replace(old)
    old.refresh_from_db()
    entry.refresh_from_db()
    assert (old.status, old.ruling, entry.parameters) == (Status.DISPUTED, Ruling.CURATOR, new.number)


def test_every_claim_of_the_wrong_value_is_disputed(entry: Entry) -> None:
    twin = make_claim(
        entry,
        Field.PARAMETERS,
        words="62亿",
        number=size(entry).number,
        source=make_source("another"),
        preferred=False,
    )
    replace(size(entry))
    twin.refresh_from_db()
    assert twin.status == Status.DISPUTED


def test_what_no_source_states_is_rejected(entry: Entry) -> None:
    first = replace(size(entry))
    replace(first, "65亿")
    first.refresh_from_db()
    assert (first.status, first.preferred) == (Status.REJECTED, False)


def test_proposed_value_is_rejected_since_no_reader_saw_it(entry: Entry) -> None:
    number = parse_number("parameters", "60亿")
    waits = make_claim(
        entry, Field.PARAMETERS, words="60亿", number=number, status=Status.PROPOSED, preferred=False,
        reviewed_by="", reviewed_at=None,
    )  # fmt: skip
    replace(waits)
    waits.refresh_from_db()
    assert waits.status == Status.REJECTED


def test_value_that_counts_keeps_its_column_when_another_is_replaced(entry: Entry) -> None:
    number = parse_number("parameters", "60亿")
    other = make_claim(entry, Field.PARAMETERS, words="60亿", number=number, preferred=False)
    replace(other)
    assert size(entry).preferred


def test_of_several_values_only_the_wrong_one_is_replaced(entry: Entry) -> None:
    from_finance = entry.claims.get(field=Field.SECTOR)
    new = Claim(entry=entry, field=Field.SECTOR, sector=make_sector("教育"), **KNOWN)
    replace_claim(old=from_finance, new=new, by="li", version=version_of_claims(entry), reason="公开资料")
    assert [one.name_zh for one in entry.sectors.all()] == ["教育"]


def test_undoing_gives_every_row_back(entry: Entry) -> None:
    before = checksums()
    new = replace(size(entry))
    assert checksums() != before
    undo_decision(claim=new, by="wang")
    assert checksums() == before


def test_preferring_is_undone_as_exactly(entry: Entry) -> None:
    number = parse_number("parameters", "60亿")
    other = make_claim(entry, Field.PARAMETERS, words="60亿", number=number, preferred=False)
    before = checksums()
    accept_claim(claim=other, reviewer="li", preferred=True)
    undo_decision(claim=other, by="li")
    assert checksums() == before


def test_undoing_is_refused_once_somebody_decided(entry: Entry) -> None:
    new = replace(size(entry))
    reject_claim(claim=entry.claims.get(field=Field.SECTOR), reviewer="wang")
    with pytest.raises(NotAllowed, match="changed since"), translation.override("en"):
        undo_decision(claim=new, by="li")
    assert Claim.objects.filter(pk=new.pk).exists()


def test_claim_that_replaced_nothing_is_not_undone(entry: Entry) -> None:
    with pytest.raises(NotAllowed):
        undo_decision(claim=size(entry), by="li")


def test_second_of_two_curators_is_told(entry: Entry) -> None:
    version = version_of_claims(entry)
    reject_claim(claim=entry.claims.get(field=Field.SECTOR), reviewer="wang")
    with pytest.raises(ChangedMeanwhile):
        replace(size(entry), version=version)
    assert not entry.claims.filter(basis=Basis.CURATOR).exists()
