"""Filters of the catalog: ten facets, and intervals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.backing import COUNTED, backed
from models_catalog.fields.declared import NUMBERED
from models_catalog.fields.surfaces import covers
from models_catalog.models import Developer, Entry, EntryDeveloper, Sector, Source
from models_catalog.models.developer import with_subsidiaries
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.sector import current_slug
from models_catalog.models.vocabulary import (
    Backing,
    Category,
    DeveloperKind,
    Field,
    Kind,
    Modality,
    Openness,
    Stage,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SUBSIDIARIES: Final = "include_subsidiaries"
"""Parameter that extends the chosen developers to their subsidiaries."""

UNSTATED: Final = "unstated"
"""Value of every facet for entries without a value."""

NOT: Final = "-"
"""Sign before an excluded value: `sector=-finance`."""


def split(values: Iterable[str]) -> tuple[list[str], list[str]]:
    """The chosen and the excluded values, these without their sign."""
    chosen = [value for value in values if not value.startswith(NOT)]
    return chosen, [value.removeprefix(NOT) for value in values if value.startswith(NOT)]


def with_below(slugs: Collection[str], developers: Iterable[Developer]) -> list[str]:
    """Chosen and excluded developers with all organisations below each."""
    rows = list(developers)
    chosen, excluded = (with_subsidiaries(some, rows) for some in split(slugs))
    return [*chosen, *(NOT + slug for slug in excluded)]


@dataclass(frozen=True)
class Facet(ABC):
    """One facet: parameter `name`, heading, and the source of its values.

    `counting` is SQL that yields (value, number of entries) over a relation named `matched`; the value is a token or a
    row id, "" for entries without one.
    """

    name: str
    heading: StrOrPromise
    counting: str

    def condition(self, values: Collection[str]) -> Q:
        """Condition for entries with any of the chosen and none of the excluded values."""
        chosen, excluded = split(values)
        fits = self._any_of(chosen) if chosen else Q()
        return fits & ~self._any_of(excluded) if excluded else fits

    def _any_of(self, values: Collection[str]) -> Q:
        stated = [value for value in values if value != UNSTATED]
        fits = self._has(stated) if stated else Q()
        return fits | self._is_unstated() if UNSTATED in values else fits

    def current(self, value: str) -> str:
        """The current slug for `value`, which may be a former one, with its sign if it is excluded."""
        sign = NOT if value.startswith(NOT) else ""
        return sign + current_slug(value.removeprefix(sign)) if self.name == "sector" else value

    @property
    def words(self) -> type[TextChoices] | None:
        """The vocabulary of its values; None if they are rows of a table."""
        return None

    def known(self, values: Iterable[str]) -> set[str]:
        """The subset of `values` that exists."""
        return set(self.words.values).intersection(values) if self.words else set()

    @abstractmethod
    def _has(self, values: Collection[str]) -> Q:
        """Condition for entries with any of `values`, none of which is UNSTATED."""

    @abstractmethod
    def _is_unstated(self) -> Q:
        """Condition for entries without a value."""


@dataclass(frozen=True)
class TokenFacet(Facet):
    """A facet over a column that holds one token of a vocabulary."""

    vocabulary: type[TextChoices]

    @property
    def words(self) -> type[TextChoices]:
        return self.vocabulary

    @property
    def column(self) -> str:
        """Name of the column of the entry."""
        return self.name

    @property
    def as_text(self) -> str:
        """SQL for the column of `entry` as text: one token, or several separated by commas."""
        return f"entry.{self.column}"

    def _has(self, values: Collection[str]) -> Q:
        return Q(**{f"{self.name}__in": values})

    def _is_unstated(self) -> Q:
        return Q(**{self.name: ""})


@dataclass(frozen=True)
class ModalityFacet(TokenFacet):
    """The facet over the array column of modalities."""

    @property
    def column(self) -> str:
        return "modalities"

    @property
    def as_text(self) -> str:
        return "array_to_string(entry.modalities, ',')"

    def _has(self, values: Collection[str]) -> Q:
        return Q(modalities__overlap=list(values))

    def _is_unstated(self) -> Q:
        return Q(modalities=[])


@dataclass(frozen=True)
class LinkFacet(Facet):
    """A facet over rows of another table, by slug; `public` returns those that readers see."""

    through: Any
    public: Callable[[], QuerySet[Any]]
    path: str

    def known(self, values: Iterable[str]) -> set[str]:
        if self.words:
            return super().known(values)
        found = self.public().filter(slug__in=list(values))
        return set(found.values_list("slug", flat=True))

    def _has(self, values: Collection[str]) -> Q:
        return Q(pk__in=self.through.objects.filter(**{f"{self.path}__in": values}).values("entry"))

    def _is_unstated(self) -> Q:
        return Q(~Exists(self.through.objects.filter(entry=OuterRef("pk"))))


@dataclass(frozen=True)
class DeveloperKindFacet(LinkFacet):
    """The facet over the types of an entry's developers."""

    @property
    def words(self) -> type[TextChoices]:
        return DeveloperKind


@dataclass(frozen=True)
class BackingFacet(Facet):
    """The facet over how well an entry's values are backed, read from its claims."""

    @property
    def words(self) -> type[TextChoices]:
        return Backing

    def _has(self, values: Collection[str]) -> Q:
        chosen = f"SELECT entry_id FROM ({backed('true')}) backed WHERE labels && %s"  # noqa: S608  # our own
        return Q(pk__in=RawSQL(chosen, [list(values)]))  # noqa: S611  # the values are a parameter

    def _is_unstated(self) -> Q:
        return ~self._has(Backing.values)


def _tokens(column: str) -> str:
    return f"SELECT {column}, count(*) FROM matched GROUP BY 1"  # noqa: S608  # a column's name from below


def _links(table: str, column: str) -> str:
    return (
        f"SELECT coalesce(link.{column}::text, ''), count(*) FROM matched "  # noqa: S608  # names from below
        f"LEFT JOIN {table} link ON link.entry_id = matched.id GROUP BY 1"
    )


_MODALITIES = (
    "SELECT coalesce(modality, ''), count(*) FROM matched "
    "LEFT JOIN LATERAL unnest(matched.modalities) modality ON true GROUP BY 1"
)
_DEVELOPER_KINDS = (
    "SELECT coalesce(developer.kind, ''), count(DISTINCT matched.id) FROM matched "
    "LEFT JOIN models_catalog_entrydeveloper link ON link.entry_id = matched.id "
    "LEFT JOIN models_catalog_developer developer ON developer.id = link.developer_id GROUP BY 1"
)
_SECTORS, _SOURCES = Entry.sectors.through, Entry.sources.through

_ALL: tuple[Facet, ...] = (
    LinkFacet(
        "developer",
        _("Developer"),
        _links("models_catalog_entrydeveloper", "developer_id"),
        EntryDeveloper,
        Developer.objects.reviewed,
        "developer__slug",
    ),
    DeveloperKindFacet(
        "developer_kind", _("Kind of developer"), _DEVELOPER_KINDS, EntryDeveloper, Developer.objects.reviewed, "developer__kind",
    ),
    TokenFacet("category", _("Category"), _tokens("category"), Category),
    TokenFacet("kind", _("Kind of entry"), _tokens("kind"), Kind),
    ModalityFacet("modality", _("Modality"), _MODALITIES, Modality),
    LinkFacet(
        "sector",
        _("Target industry"),
        _links("models_catalog_entry_sectors", "sector_id"),
        _SECTORS,
        Sector.objects.all,
        "sector__slug",
    ),
    TokenFacet("openness", _("Openness"), _tokens("openness"), Openness),
    TokenFacet("stage", _("Stage"), _tokens("stage"), Stage),
    BackingFacet("evidence", _("Evidence"), COUNTED),
    LinkFacet(
        "source", _("Source"), _links("models_catalog_entry_sources", "source_id"), _SOURCES, Source.objects.cited, "source__slug",
    ),
)  # fmt: skip
FACETS: Final[dict[str, Facet]] = {facet.name: facet for facet in _ALL}
TOKENS: Final = tuple(facet for facet in _ALL if isinstance(facet, TokenFacet))
"""The facets over columns of the entry itself."""


@dataclass(frozen=True)
class Range:
    """An interval column, with the two parameters that bound it."""

    column: str
    low: str
    high: str
    field: Field

    def bounds(self, chosen: Any) -> tuple[Any, Any]:
        """The cleaned values of its two parameters, None if unset; for days the first and the last day meant."""
        low, high = chosen.get(self.low), chosen.get(self.high)
        if self.field == Field.EVENT:
            return low and low.first, high and high.last
        return low, high

    def narrowed(
        self, entries: EntryQuerySet, bounds: tuple[Any, Any], *, is_certain: bool, or_unstated: bool
    ) -> EntryQuerySet:
        """The entries whose value certainly (`is_certain`) or possibly lies between the bounds."""
        if self.field == Field.EVENT:
            released = entries.certainly_released if is_certain else entries.possibly_released
            return released(*bounds, or_unstated=or_unstated)
        between = entries.certainly_between if is_certain else entries.possibly_between
        return between(self.field, *bounds, or_unstated=or_unstated)


RANGES: Final = {
    one.column: one
    for one in (
        *(
            Range(declared.column, f"{number.parameter}_min", f"{number.parameter}_max", declared.field)
            for declared, number in NUMBERED
        ),
        Range("released", "released_from", "released_to", Field.EVENT),
    )
}
"""By column."""

covers(
    "filter",
    [*FACETS, *(one.field for one in RANGES.values())],
    # Names are searched, families list their members, links are followed.
    but=(Field.NAME, Field.PARENT, Field.LINK),
)
