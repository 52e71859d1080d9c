"""Numbers and short lists of the home page: counts, latest releases, largest models, coverage of the fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Any, Final

import numpy as np
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from models_catalog.catalog.counts import Counts
from models_catalog.catalog.facets import UNSTATED
from models_catalog.catalog.index.coded import Array
from models_catalog.catalog.index.columns import Bounds
from models_catalog.catalog.index.current import current
from models_catalog.catalog.index.matching import Matching, count
from models_catalog.catalog.index.state import IndexState
from models_catalog.fields.declared import DECLARED
from models_catalog.fields.surfaces import surface
from models_catalog.models import Claim, Entry, Sector, Source
from models_catalog.models.vocabulary import WITHOUT_CATEGORY, Basis, DeveloperKind, Field, Shape

_FILLED: Final = surface(
    "coverage",
    {
        Shape.NUMBER: lambda of: Q(**{f"{of.entry_column}__isnull": False}),
        Shape.WORD: lambda of: ~Q(**{of.entry_column: ""}),
        Shape.WORDS: lambda of: ~Q(**{of.entry_column: []}),
        Shape.LINKS: lambda of: ~Q(**{of.entry_column: []}),
        Shape.ROWS: lambda of: Q(**{f"{of.entry_column}__isnull": False}),
        Shape.EVENTS: lambda of: Q(**{f"{of.entry_column}__isnull": False}),
        Shape.PARENT: None,
    },
)
"""Shape → condition that an entry has a value of a field; for events, a dated release. Parents are left out: most
models are part of nothing.
"""

FILLED = {one.field: fills(one.field) for one in DECLARED if (fills := _FILLED[one.field.shape])}


@dataclass(frozen=True)
class Coverage:
    """Coverage of one field over all listed entries."""

    field: Field
    stated: int
    answered: int
    """Entries without a value because the field does not apply or the developer does not disclose it."""
    unstated: int

    @property
    def label(self) -> str:
        return str(_("Release date") if self.field == Field.EVENT else self.field.label)


@dataclass(frozen=True)
class ClaimNumbers:
    """Number of public claims by basis."""

    stated: int
    inferred: int
    curator: int

    @property
    def total(self) -> int:
        return self.stated + self.inferred + self.curator


def claim_numbers(**conditions: Any) -> ClaimNumbers:
    """Number of all public claims of listed entries, or of those that meet the conditions."""
    claims = Claim.objects.public().filter(entry__is_listed=True, **conditions).order_by()
    counts = dict(claims.values_list("basis").annotate(n=Count("pk")))
    return ClaimNumbers(
        *(counts.get(basis.value, 0) for basis in (Basis.STATED, Basis.INFERRED, Basis.CURATOR))
    )


def coverage() -> list[Coverage]:
    """For each field, the number of listed entries with a value, with another answer, and with neither."""
    counts = {f"{of}_filled": Count("pk", filter=filled, distinct=True) for of, filled in FILLED.items()}
    for of, filled in FILLED.items():
        answers = Q(not_applicable__contains=[of.value]) | Q(undisclosed__contains=[of.value])
        counts[f"{of}_answered"] = Count("pk", filter=answers & ~filled, distinct=True)
    row = Entry.objects.listed().aggregate(total=Count("pk", distinct=True), **counts)
    told = [(of, row[f"{of}_filled"], row[f"{of}_answered"]) for of in FILLED]
    return [Coverage(of, stated, answered, row["total"] - stated - answered) for of, stated, answered in told]


SHOWN = 6
"""Rows in each short list."""


@dataclass(frozen=True)
class Numbers:
    """Totals that a reader can see."""

    entries: int
    developers: int
    sectors: int
    sources: int
    claims: ClaimNumbers


def numbers() -> Numbers:
    state = current()
    found = _counts(state)
    articles = [one for one in state.references.public_sources if one.has_text and not one.is_table]
    return Numbers(
        entries=len(state.names.rows),
        developers=sum(label != UNSTATED for label in found["developer"]),
        sectors=len(sectors_by_entries()),
        sources=len(articles),
        claims=claim_numbers(),
    )


def _counts(state: IndexState) -> Counts:
    return state.remembered(("counts of all",), lambda: count(Matching(state, {})))


def published_span(sources: Iterable[Source]) -> DateRange | None:
    """The months from the first published article to the last; None without articles."""
    spans = [source.published for source in sources if source.has_text and not source.is_table]
    if not spans:
        return None
    first, last = min(span.lower for span in spans), max(span.upper for span in spans) - timedelta(days=1)
    return DateRange(first.replace(day=1), (last.replace(day=1) + timedelta(days=31)).replace(day=1))


def newest() -> list[int]:
    """The ids of the latest releases, by their first possible day; of one day a model comes before what is built on it."""
    state = current()
    is_built_on = state.columns["kind"].where(lambda held: not {*WITHOUT_CATEGORY}.isdisjoint(held))
    return _first(state, _lows(state, "released") * 2 - is_built_on)


def largest() -> list[int]:
    """The ids of the largest entries, by their lower bound of parameters."""
    state = current()
    return _first(state, _lows(state, "parameters"))


def _lows(state: IndexState, column: str) -> Array:
    """Row → the lower end of its interval; -inf without one."""
    values: list[Bounds | None] = state.columns[column].values.parsed
    lows = [-inf if value is None or value.is_empty else value.low for value in values]
    return np.array(lows or [-inf], dtype=float)[state.columns[column].codes]


def _first(state: IndexState, keys: Array) -> list[int]:
    """The ids of the listed entries with the highest keys, of equal ones by name; none with -inf."""
    rows = state.names.rows
    ranked = keys[rows]
    least = np.partition(ranked, -SHOWN)[-SHOWN] if len(rows) > SHOWN else -inf
    places = np.flatnonzero((ranked >= least) & (ranked > -inf))
    highest = places[np.argsort(-ranked[places], kind="stable")][:SHOWN]
    return [int(pk) for pk in state.ids[rows[highest]]]


def specimen() -> Claim | None:
    """Sample claim for the home page: the largest size that a source states, with its quotation.

    Only entries with a single public size qualify, since growth and disputes take more than a line to explain. Claims
    attributed to somebody come before those of the article's author.
    """
    sizes = Claim.objects.public().filter(field=Field.PARAMETERS)
    others = sizes.filter(entry=OuterRef("entry")).exclude(number=OuterRef("number"))
    stated = sizes.filter(preferred=True, basis=Basis.STATED, entry__is_listed=True)
    stated = stated.exclude(quotation=F("stated")).exclude(Exists(others)).exclude(line=None)
    candidates = stated.annotate(by_the_author=Q(said_by_zh="")).select_related("entry", "source")
    return candidates.order_by("by_the_author", F("number__startswith").desc(), "pk").first()


def sectors_by_entries() -> list[tuple[Sector, int]]:
    """Sectors with their numbers of listed entries, largest first, without empty ones."""
    state = current()
    counts = _counts(state)["sector"]
    counted = [(row, counts[str(pk)]) for pk, row in state.references.sectors.items() if counts.get(str(pk))]
    return sorted(counted, key=lambda one: -one[1])


def developer_kinds() -> list[tuple[DeveloperKind, int]]:
    """Each type of developer with its number of listed entries, in the vocabulary's order, without empty ones."""
    counts = _counts(current())["developer_kind"]
    return [(kind, counts[kind.value]) for kind in DeveloperKind if counts.get(kind.value)]
