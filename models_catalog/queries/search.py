"""Why an entry was found, and what to suggest while a reader types."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from models_catalog.models import SearchKey
from models_catalog.models.search_key import INSIDE, PREFIX, search_words
from models_catalog.queries.index.current import current
from models_catalog.queries.index.matching import Matching
from models_catalog.queries.index.ordering import page_of
from models_catalog.queries.rows import EntryRow, page_rows

SUGGESTIONS = 8


@dataclass(frozen=True)
class Reason:
    """The name by which an entry was found when it is not the one shown."""

    text: str
    tier: SearchKey.Tier

    @property
    def is_developer(self) -> bool:
        return self.tier == SearchKey.Tier.DEVELOPER


def reasons(ids: Collection[int], q: str) -> dict[int, Reason]:
    """For each entry that `q` hits otherwise than by its shown name, the best name that it hits. One query."""
    words = search_words(q)
    phrases = ["".join(words), *words] if len(words) > 1 else words
    best: dict[int, tuple[int, str, int]] = {}
    for entry, tier, text, key in SearchKey.objects.filter(entry__in=ids).values_list(
        "entry_id", "tier", "text", "key"
    ):
        for phrase in phrases:
            if phrase in key:
                place = tier + (0 if key == phrase else PREFIX if key.startswith(phrase) else INSIDE)
                best[entry] = min(best.get(entry, (99, "", 0)), (place, text, tier))
    return {
        entry: Reason(text, SearchKey.Tier(tier))
        for entry, (_place, text, tier) in best.items()
        if tier != SearchKey.Tier.NAME
    }


@dataclass(frozen=True)
class Suggestion:
    row: EntryRow
    reason: Reason | None


def suggestions(q: str) -> list[Suggestion]:
    """The best few entries for what has been typed so far."""
    state = current()
    rows = page_rows(page_of(Matching(state, {"q": q}), 0, SUGGESTIONS), state.references)
    why = reasons([row.pk for row in rows], q)
    return [Suggestion(row, why.get(row.pk)) for row in rows]
