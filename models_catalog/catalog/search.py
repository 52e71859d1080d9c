"""Why an entry was found, and suggestions while a reader types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from models_catalog.catalog.answers import near_entries
from models_catalog.catalog.index.current import current
from models_catalog.catalog.index.found import reader, reading
from models_catalog.catalog.index.matching import Matching
from models_catalog.catalog.index.ordering import first_found, page_of
from models_catalog.catalog.index.state import IndexState
from models_catalog.catalog.rows import EntryRow, page_rows
from models_catalog.models import SearchKey
from models_catalog.models.search_key import INSIDE, PREFIX
from models_catalog.models.search_terms import Terms, joined

SUGGESTIONS = 8


@dataclass(frozen=True)
class Reason:
    """The name by which an entry was found, if it is not the one shown; `tier` is None for a sector."""

    text: str
    tier: SearchKey.Tier | None

    @property
    def is_developer(self) -> bool:
        return self.tier == SearchKey.Tier.DEVELOPER

    @property
    def is_sector(self) -> bool:
        return self.tier is None


def reasons(rows: Sequence[EntryRow], terms: Terms) -> dict[int, Reason]:
    """The best matching name of each entry that `terms` match other than by its shown name. One query."""
    phrases = list(dict.fromkeys([joined(terms).text, *(term.text for term in terms)])) if terms else []
    best: dict[int, tuple[int, str, int]] = {}
    ids = [row.pk for row in rows]
    for entry, tier, text, key in SearchKey.objects.filter(entry__in=ids).values_list(
        "entry_id", "tier", "text", "key"
    ):
        for phrase in phrases:
            if phrase in key:
                place = tier + (0 if key == phrase else PREFIX if key.startswith(phrase) else INSIDE)
                best[entry] = min(best.get(entry, (99, "", 0)), (place, text, tier))
    named = {
        entry: Reason(text, SearchKey.Tier(tier))
        for entry, (_place, text, tier) in best.items()
        if tier != SearchKey.Tier.NAME
    }
    return _by_sector([row for row in rows if row.pk not in best], terms) | named


def _by_sector(rows: Sequence[EntryRow], terms: Terms) -> dict[int, Reason]:
    meant = {pk for term in terms for pk in term.sectors}
    found = {row.pk: next((one for one in row.sectors if one.pk in meant), None) for row in rows}
    return {pk: Reason(sector.label, None) for pk, sector in found.items() if sector}


@dataclass(frozen=True)
class Suggestion:
    """An entry suggested for the typed text; `is_near` if it is a correction."""

    row: EntryRow
    reason: Reason | None
    is_near: bool = False


def suggestions(q: str) -> list[Suggestion]:
    """The best few entries for the text typed so far."""
    state = current()
    rows = page_rows(page_of(Matching(state, {"q": q}), 0, SUGGESTIONS), state.references)
    if not rows:
        return [Suggestion(row, None, is_near=True) for row in _near(state, q)]
    why = reasons(rows, reading(state, q).terms)
    return [Suggestion(row, why.get(row.pk)) for row in rows]


def _near(state: IndexState, q: str) -> list[EntryRow]:
    """Entries for corrections of the typed text, if it has more than one character."""
    asked = reader(state, q)
    near = near_entries(asked, state.references, partial(first_found, state)) if len(asked.whole) > 1 else []
    return [row for one in near for row in one.entries][:SUGGESTIONS]
