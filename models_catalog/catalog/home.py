"""Numbers and short lists of the home page: counts, latest releases, largest models, coverage of the fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _

from models_catalog.fields.declared import DECLARED
from models_catalog.fields.surfaces import surface
from models_catalog.models import Claim, Developer, Entry, Sector, Source
from models_catalog.models.labels import name_order
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

_LISTED = Q(entries__is_listed=True)


@dataclass(frozen=True)
class Numbers:
    """Totals that a reader can see."""

    entries: int
    developers: int
    sectors: int
    sources: int
    claims: ClaimNumbers


def numbers() -> Numbers:
    listed = Entry.objects.listed()
    return Numbers(
        entries=listed.count(),
        developers=Developer.objects.filter(_LISTED).distinct().count(),
        sectors=Sector.objects.filter(_LISTED).distinct().count(),
        sources=Source.objects.cited().articles().exclude(sha256="").count(),
        claims=claim_numbers(),
    )


def published_span(sources: Iterable[Source]) -> DateRange | None:
    """The months from the first published article to the last; None without articles."""
    spans = [source.published for source in sources if source.has_text and not source.is_table]
    if not spans:
        return None
    first, last = min(span.lower for span in spans), max(span.upper for span in spans) - timedelta(days=1)
    return DateRange(first.replace(day=1), (last.replace(day=1) + timedelta(days=31)).replace(day=1))


def newest() -> QuerySet[Entry]:
    """The latest releases, by their first possible day; of one day a model comes before what is built on it."""
    is_built_on = Case(When(kind__in=WITHOUT_CATEGORY, then=1), default=0)
    order = (F("released__startswith").desc(), is_built_on, name_order())
    return _shown(Entry.objects.listed().exclude(released=None).order_by(*order))


def largest() -> QuerySet[Entry]:
    """The largest entries, by their lower bound of parameters."""
    return _shown(
        Entry.objects.listed()
        .filter(parameters__startswith__isnull=False)
        .order_by(F("parameters__startswith").desc(), name_order())
    )


def _shown(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.prefetch_related("entry_developers__developer")[:SHOWN]


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


def sectors_by_entries() -> QuerySet[Sector]:
    """Sectors with `entry_count` listed entries, largest first, without empty ones."""
    counted = Sector.objects.annotate(entry_count=Count("entries", filter=_LISTED))
    return counted.filter(entry_count__gt=0).order_by("-entry_count", "position")


def developer_kinds() -> list[tuple[DeveloperKind, int]]:
    """Each type of developer with its number of listed entries, in the vocabulary's order, without empty ones."""
    rows = (
        Developer.objects.order_by()
        .values_list("kind")
        .annotate(n=Count("entries", filter=_LISTED, distinct=True))
    )
    counts = dict(rows)
    return [(kind, counts.get(kind, 0)) for kind in DeveloperKind if counts.get(kind, 0)]
