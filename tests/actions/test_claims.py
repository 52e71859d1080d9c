"""What a curator may do with a claim, and what it does to the entry."""

import pytest
from django.utils import translation

from models_catalog.claims.decide import decide
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.propose import propose_claim
from models_catalog.history.versions import ChangedMeanwhile
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Field, Ruling, Status, Verdict
from tests import factories as make
from tests.decisions import accept_claim, dispute_claim, reject_claim

pytestmark = pytest.mark.django_db


def stated(entry: Entry) -> str:
    return Entry.objects.get(pk=entry.pk).parameters_stated


def test_accepting_a_first_claim_fills_the_column() -> None:
    entry = make.make_entry()
    claim = make.propose(entry, words="62亿")
    accept_claim(claim=claim, reviewer="li")
    assert stated(entry) == "62亿"


def test_accepting_a_second_claim_leaves_the_preferred_one() -> None:
    entry = make.make_entry(parameters="62亿")
    second = make.propose(entry, words="60亿")
    accept_claim(claim=second, reviewer="li")
    assert stated(entry) == "62亿"


def test_preferring_a_claim_withdraws_the_other() -> None:
    entry = make.make_entry(parameters="62亿")
    second = make.propose(entry, words="60亿")
    accept_claim(claim=second, reviewer="li", preferred=True)
    assert stated(entry) == "60亿"


def test_disputing_the_preferred_claim_empties_the_column() -> None:
    entry = make.make_entry(parameters="62亿")
    claim = entry.claims.get(field=Field.PARAMETERS)
    dispute_claim(claim=claim, reviewer="li", ruling=Ruling.BUILDER_FIRST)
    assert stated(entry) == ""


def test_rejecting_keeps_the_claim_with_its_reviewer() -> None:
    entry = make.make_entry(parameters="62亿")
    claim = reject_claim(claim=entry.claims.get(field=Field.PARAMETERS), reviewer="li")
    assert (claim.status, claim.reviewed_by) == (Status.REJECTED, "li")


def test_a_sector_claim_cannot_be_preferred() -> None:
    entry = make.make_entry(sectors=["金融"])
    claim = entry.claims.get(field=Field.SECTOR)
    with pytest.raises(NotAllowed):
        accept_claim(claim=claim, reviewer="li", preferred=True)


def test_claim_that_moved_while_its_entry_was_waited_for_is_not_decided_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of the entry that it came to no column would have been settled."""
    entry, other = make.make_entry("文心"), make.make_entry("盘古")
    claim = make.make_claim(entry, Field.MODALITY, token="text", status=Status.PROPOSED)

    def move(*_args: object) -> None:
        Claim.objects.filter(pk=claim.pk).update(entry=other)

    monkeypatch.setattr("models_catalog.claims.decide.refuse_stale_ledgers", move)
    with pytest.raises(ChangedMeanwhile):
        decide(claims={claim.pk}, verdict=Verdict.ACCEPT, by="b", seen={entry.pk: 0})
    assert Claim.objects.get(pk=claim.pk).status == Status.PROPOSED


def test_an_entry_has_only_as_many_claims_as_are_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = make.make_entry("文心")
    monkeypatch.setattr("models_catalog.claims.propose.MOST_CLAIMS", entry.claims.count() + 1)
    first, second = (make.unsaved_claim(entry, Field.NAME, text=text, token="alias") for text in ("甲", "乙"))
    propose_claim(claim=first, proposer="li")
    with pytest.raises(NotAllowed, match="at most"), translation.override("en"):
        propose_claim(claim=second, proposer="li")
    assert not Claim.objects.filter(text="乙").exists()
