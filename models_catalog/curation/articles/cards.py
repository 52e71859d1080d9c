"""An article as a page: its lines with marked words, and next to each line the cards of its findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from models_catalog.fields.describe import said_words, words_of
from models_catalog.intake.articles.finding import Doubt, Finding
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.text import Article, Line
from models_catalog.models import Claim, Source
from models_catalog.models.ranges import days_of
from models_catalog.models.vocabulary import EventKind, Field, NameKind, Shape, Status
from models_catalog.text.characters import folded
from models_catalog.text.names import fold

LONGEST_NAME, LONGEST_MAKER = 120, 80


@dataclass
class Card:
    """One finding as a form: whether to take it, its entry, the kind of an event, the name of a new developer."""

    number: int
    finding: Finding
    known: Status | None = None
    doubt: Doubt | None = None
    """The doubt that remains if the names of the model and its developer are taken as correct."""
    taken: bool = False
    entry: str = ""
    moved: str = ""
    """Another model than the group's, as typed."""
    event: str = ""
    maker: str = ""
    """The name of a new developer."""
    error: str = ""
    suggested_by: str = ""
    """The language model that alone proposed it: a doubt that only a curator's look removes."""
    is_focused: bool = False
    """Whether the page sets the focus on it."""

    def bind(self, posted: Mapping[str, Any]) -> None:
        """Apply the posted values."""
        self.taken = f"take-{self.finding.key}" in posted
        self.moved = str(posted.get(f"entry-{self.finding.key}", "")).strip()[:LONGEST_NAME]
        event = str(posted.get(f"event-{self.finding.key}", self.event))
        self.maker = folded(str(posted.get(f"maker-{self.finding.key}", self.maker)))[:LONGEST_MAKER]
        self.event = event if event in EventKind.values else self.event

    @property
    def field(self) -> Field:
        return Field(self.finding.field)

    @property
    def is_solid(self) -> bool:
        """Whether it is undoubted, apart from new names, and not yet a claim."""
        return self.doubt is None and self.known is None and not self.suggested_by

    @property
    def said(self) -> str:
        """The value in the reader's language."""
        field, value = self.field, self.finding.value
        if field.shape is Shape.ROWS:
            return str(value["label"])  # an existing row's label, or that of a new one
        if field.shape is Shape.EVENTS:
            words = words_of(field, days_of(value["days"]) if value["days"] else None)
            return f"{EventKind(self.event).label}{_(': ')}{words}"
        return said_words(field, value)

    @property
    def form(self) -> str:
        """The form of a name; "" for other fields."""
        return str(NameKind(self.finding.value["token"]).label) if self.finding.field == Field.NAME else ""

    @property
    def words(self) -> tuple[str, str, str]:
        """The quotation in three parts: before, the words that state the value, after."""
        return self.finding.quotation.partition(self.finding.stated)


@dataclass(frozen=True)
class Stretch:
    """A part of a line; `cards` are those whose words it contains."""

    text: str
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class LineCard:
    """A line of the article and its findings."""

    line: Line
    cards: list[Card]

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The line split at marked words; overlapping marks become one with several numbers."""
        text, parts, position = self.line.text, [], 0
        for start, end, cards in _merged(self.cards):
            parts += [Stretch(text[position:start]), Stretch(text[start:end], tuple(cards))]
            position = end
        return [part for part in [*parts, Stretch(text[position:])] if part.text]


def _merged(cards: Iterable[Card]) -> list[tuple[int, int, list[Card]]]:
    merged: list[tuple[int, int, list[Card]]] = []
    for card in sorted(cards, key=lambda card: (card.finding.text_start, card.number)):
        start, end = card.finding.text_start, card.finding.text_end
        if merged and start < merged[-1][1]:
            before, last, several = merged[-1]
            merged[-1] = (before, max(last, end), [*several, card])
        else:
            merged.append((start, end, [card]))
    return merged


def cards_of(
    findings: Sequence[Finding], source: Source, lexicon: Lexicon, doubts: Mapping[str, Doubt | None],
    suggested: Mapping[str, str],
) -> list[Card]:  # fmt: skip
    """Return a card for each finding; those without a doubt, and not yet claimed, are selected.

    `doubts`: key of a finding → the doubt that remains if its names are taken as correct.
    `suggested`: key → the language model that proposed it.
    """
    ledger = _LineLedger.of(source)
    cards = []
    for number, one in enumerate(findings, start=1):
        known, model = ledger.status_of(one), suggested.get(one.key, "")
        cards.append(Card(
            number, one, known, doubts.get(one.key, one.doubt), taken=one.doubt is None and known is None and not model, suggested_by=model,
            entry=_entry_words(one), event=str(one.value.get("event", "")), maker=str(one.value.get("new_developer", "")),
        ))  # fmt: skip
    return cards


def _entry_words(finding: Finding) -> str:
    """Return the text that identifies the entry in the form: its name, or its slug if entries share the name."""
    if finding.mention is None:
        return ""
    if finding.doubt == Doubt.HOMONYM:
        return finding.mention.entries[0].slug
    return finding.mention.label


_Place = tuple[int, int, Status]


@dataclass
class _LineLedger:
    """The existing claims of an article: by entry, field and line, and by value."""

    places: dict[tuple[int, str, int], list[_Place]] = field(default_factory=lambda: defaultdict(list))
    said: dict[tuple[Any, ...], Status] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source) -> _LineLedger:
        ledger = cls()
        for claim in Claim.objects.filter(source=source) if source.pk else ():
            place = claim.start or 0, claim.end or 0, Status(claim.status)
            ledger.places[claim.entry_id, claim.field, claim.line or 0].append(place)
            what = (
                fold(claim.text),
                claim.event,
                claim.days,
                claim.number,
                claim.developer_id,
                claim.sector_id,
            )
            ledger.said[claim.entry_id, claim.field, *what] = Status(claim.status)
        return ledger

    def status_of(self, one: Finding) -> Status | None:
        """Return the status of the claim with the same value, or on the same words."""
        if one.mention is None or not one.mention.entries:
            return None
        entry, value = one.mention.entries[0].pk, one.value
        what = (
            fold(value.get("text", "")), value.get("event", ""), value.get("days"), value.get("number"),
            value.get("developer"), value.get("sector"),
        )  # fmt: skip
        for start, end, status in self.places.get((entry, one.field, one.line), ()):
            if start < one.end and one.start < end:
                return status
        return self.said.get((entry, one.field, *what))


def rows_of(article: Article, cards: Iterable[Card]) -> list[LineCard]:
    """Return the non-blank lines of the article, with their cards."""
    by_line: dict[int, list[Card]] = defaultdict(list)
    for card in cards:
        by_line[card.finding.line].append(card)
    return [LineCard(line, by_line[line.number]) for line in article.lines if line.text.strip()]
