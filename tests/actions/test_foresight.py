"""What is foreseen of a decision is what happens."""

from typing import Any

import pytest

from models_catalog.claims.preview import effect_of, foresee, prospects
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Answer, Basis, Field, Ruling, Verdict
from tests.decisions import accept_claim, dispute_claim, reject_claim
from tests.factories import days, make_developer, make_entry, make_sector, make_source, propose

SIZE = "1760亿"


def told(effects: Any) -> list[tuple[str, str, str]]:
    return [(str(one.heading), one.before, one.after) for one in effects]


DO = {
    Verdict.ACCEPT: lambda claim: accept_claim(claim=claim, reviewer="x"),
    Verdict.PREFER: lambda claim: accept_claim(claim=claim, reviewer="x", preferred=True),
    Verdict.DISPUTE: lambda claim: dispute_claim(claim=claim, reviewer="x", ruling=Ruling.CURATOR),
    Verdict.REJECT: lambda claim: reject_claim(claim=claim, reviewer="x", reason="x"),
}
OF_ANY_FIELD: dict[str, Any] = {
    "size": lambda e: propose(e),
    "undisclosed": lambda e: propose(e, Field.OPENNESS, answer=Answer.UNDISCLOSED),
    "known size": lambda e: propose(e, basis=Basis.CURATOR, reason_zh="知", reason_en="known"),
    "name": lambda e: propose(e, Field.NAME, text="轩辕大模型", token="zh"),
    "alias": lambda e: propose(e, Field.NAME, text="軒轅", token="traditional"),
    "developer": lambda e: propose(e, Field.DEVELOPER, developer=make_developer("百度")),
    "sector": lambda e: propose(e, Field.SECTOR, sector=make_sector("金融"), source=make_source("yicai-2023")),
    "parent": lambda e: propose(e, Field.PARENT, parent=make_entry("文心")),
    "release": lambda e: propose(e, Field.EVENT, event="released", days=days("2023-05")),
    "plan": lambda e: propose(e, Field.EVENT, event="planned"),
    "modality": lambda e: propose(e, Field.MODALITY, token="image"),
}  # fmt: skip


BESIDE = ("size", "known size")
"""What changes no column once accepted, since another fills it."""
PREFERABLE = (*BESIDE, "name", "release", "parent")
CASES = [
    (kind, verdict)
    for kind in OF_ANY_FIELD
    for verdict in DO
    if verdict != Verdict.PREFER or kind in PREFERABLE
]


@pytest.mark.parametrize(("kind", "verdict"), CASES)
def test_what_is_foreseen_is_what_happens(entry: Entry, kind: str, verdict: Verdict) -> None:
    claim = OF_ANY_FIELD[kind](entry)
    [foreseen] = foresee([claim], verdict)
    changes = verdict == Verdict.PREFER or (verdict == Verdict.ACCEPT and kind not in BESIDE)
    assert foreseen.effects == effect_of(entry, lambda: DO[verdict](claim))
    assert bool(foreseen.effects) == changes


def test_an_unlisted_entry_is_listed_by_its_name(db: None) -> None:
    claim = propose(Entry.objects.create(slug="xuanyuan"), Field.NAME, text="轩辕", token="zh")
    assert ("读者页面", "尚未列出", "已列出") in told(foresee([claim], Verdict.ACCEPT)[0].effects)


def test_a_prospect_knows_whose_place_a_claim_would_take(entry: Entry) -> None:
    claim = propose(entry)
    rival = prospects([claim])[claim.pk].rival
    assert rival == entry.claims.get(preferred=True, field=Field.PARAMETERS)
