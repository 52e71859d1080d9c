"""How much of what a person took from the four articles the reader finds, and how much of what it finds is right.

The floors are a little below what was seen (docs/ingestion.md), so that a change for the worse is noticed. The rules
were written with these articles at hand: elsewhere expect less.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from models_catalog.intake.articles.finding import Finding
from models_catalog.intake.articles.findings import find
from models_catalog.intake.articles.lexicon import Lexicon, read_lexicon
from models_catalog.intake.articles.text import read_article
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.vocabulary import Basis, Field, Status
from models_catalog.text.names import fold
from models_catalog.text.repair import repair
from tests.needs import ARTICLES, SOURCES

pytestmark = [
    pytest.mark.django_db,
    ARTICLES.mark,
]
Said = tuple[Any, ...]
VALUES: dict[Field, Callable[[dict[str, Any]], Said]] = {
    Field.NAME: lambda value: (), Field.DEVELOPER: lambda value: (value.get("developer"),),
    Field.PARAMETERS: lambda value: (value["number"],), Field.EVENT: lambda value: (value["event"], value["days"]),
    Field.OPENNESS: lambda value: (value["token"],), Field.SECTOR: lambda value: (value["sector"],),
}  # fmt: skip


def found(lexicon: Lexicon) -> Iterator[tuple[Source, Finding]]:
    for source in Source.objects.all():
        article = read_article((SOURCES / source.file_name).read_bytes())
        yield from ((source, one) for one in find(article, lexicon, source.published))


def claimed(field: Field) -> Iterator[tuple[Said, Basis]]:
    for claim in Claim.objects.filter(field=field, source__isnull=False).exclude(status=Status.REJECTED):
        value = {
            "developer": claim.developer_id, "number": claim.number, "event": claim.event, "days": claim.days,
            "token": claim.token, "sector": claim.sector_id,
        }  # fmt: skip
        yield (claim.source_id, claim.entry_id, *VALUES[field](value)), Basis(claim.basis)


@pytest.mark.parametrize(
    ("field", "recall", "precision", "sure"),
    [
        (Field.NAME, 0.98, 0.98, 0.98), (Field.PARAMETERS, 0.98, 0.9, 0.98), (Field.EVENT, 0.9, 0.75, 0.9),
        (Field.DEVELOPER, 0.9, 0.95, 0.95), (Field.OPENNESS, 0.98, 0.95, 0.95), (Field.SECTOR, 0.85, 0.8, 0),
    ],
)  # fmt: skip
def test_what_the_articles_state_is_found(
    curated_registry: object, field: Field, recall: float, precision: float, sure: float
) -> None:
    ledger = dict(claimed(field))
    stated = {said for said, basis in ledger.items() if basis == Basis.STATED}
    proposed: dict[Said, bool] = {}
    for source, one in found(read_lexicon()):
        if one.field == field and one.mention and one.mention.entries:
            said = (source.pk, one.mention.entries[0].pk, *VALUES[field](one.value))
            proposed[said] = proposed.get(said, False) or one.doubt is None
    clear = {said for said, is_clear in proposed.items() if is_clear}
    right, right_clear = len(proposed.keys() & ledger.keys()), len(clear & ledger.keys())
    seen = f"{len(stated & proposed.keys())} of {len(stated)} stated are found; {right} of {len(proposed)} findings are right"
    seen += f", {right_clear} of {len(clear)} without a doubt"
    assert len(stated & proposed.keys()) >= recall * len(stated), seen
    assert right >= precision * len(proposed), seen
    assert right_clear >= sure * len(clear), seen


def test_a_registry_without_entries_has_their_names_suggested(curated_registry: object) -> None:
    full = read_lexicon()
    names = {entry: _names(entry) for entry in Entry.objects.listed()}
    everything = set().union(*names.values())
    suggested: dict[int, set[str]] = {}
    for source, one in found(Lexicon({}, full.developers, full.sectors)):
        if one.field == Field.NAME and one.mention:
            suggested.setdefault(source.pk, set()).add(fold(one.mention.new))
    of_article = {(claim.source_id, claim.entry) for claim in Claim.objects.filter(
        field=Field.NAME, source__isnull=False, basis=Basis.STATED).select_related("entry")}  # fmt: skip
    hits = [
        entry
        for source, entry in of_article
        if any(map(names[entry].__contains__, suggested.get(source or 0, ())))
    ]
    proposals = [name for of in suggested.values() for name in of]
    right = [name for name in proposals if name in everything]
    seen = f"{len(hits)} of {len(of_article)} names; {len(right)} of {len(proposals)} suggestions are names"
    assert len(hits) >= 0.8 * len(of_article), seen
    assert len(right) >= 0.8 * len(proposals), seen


def _names(entry: Entry) -> set[str]:
    return {fold(claim.text) for claim in entry.claims.filter(field=Field.NAME)}


def test_quotations_stand_where_the_findings_say(curated_registry: object) -> None:
    wrong = [
        one.place
        for source, one in found(read_lexicon())
        if repair(_line(source, one.line)[one.start : one.end]).text != one.quotation
        or len(one.quotation) > 24
    ]
    assert wrong == []


def _line(source: Source, number: int) -> str:
    return (SOURCES / source.file_name).read_bytes().decode().split("\n")[number - 1]
