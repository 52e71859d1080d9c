"""The columns of a row outside the site: one ordered list for csv, json, xlsx, the admin and the dictionary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Category, DeveloperKind, Kind, Modality, Openness, Stage
from models_catalog.queries.rows import EntryRow

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Type = Literal["text", "integer", "decimal", "boolean", "date", "time", "list", "objects"]
Value = str | int | Decimal | date | list[Any] | None
"""`objects` are rows with slug, name_zh and name_en; None is unknown, and so is empty text."""

Vocabulary = type[TextChoices]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its `name` in files, its heading and meaning for readers, its unit, and how a row gives it.

    `vocabulary` are the words it may hold; a `required` one is never unknown. `sql` is the same cell in PostgreSQL, where
    `csv_copy` says what stands behind the names.
    """

    name: str
    heading: StrOrPromise
    meaning: StrOrPromise
    type: Type
    read: Callable[[Row], Value]
    unit: StrOrPromise = ""
    vocabulary: Vocabulary | None = None
    required: bool = False
    sql: str = ""


def _parameters(row: EntryRow, end: Literal["low", "high"]) -> int | None:
    if row.parameters is None:
        return None
    interval = interval_of(row.parameters)
    return interval.low if end == "low" else interval.high


def _released(row: EntryRow, end: Literal["first", "last"]) -> date | None:
    if row.released is None:
        return None
    days = days_of(row.released)
    return days.first if end == "first" else days.last


_PARAMETERS = _("parameters")
_DAY = _("day")

COLUMNS: tuple[Column[EntryRow], ...] = (
    Column(
        "slug",
        _("Slug"),
        _("Names the entry in addresses; does not change."),
        "text",
        lambda r: r.slug,
        required=True,
        sql="entry.slug",
    ),
    Column(
        "name_zh",
        _("Chinese name"),
        _("The name as readers know it."),
        "text",
        lambda r: r.name_zh,
        required=True,
        sql="entry.name_zh",
    ),
    Column(
        "name_en",
        _("English name"),
        _("As the sources or the builder write it."),
        "text",
        lambda r: r.name_en,
        sql="entry.name_en",
    ),
    Column(
        "aliases",
        _("Other names"),
        _("Traditional, Latin and short forms; not those corrupted in an article."),
        "list",
        lambda r: r.aliases,
        required=True,
        sql="array_to_string(entry.aliases, '; ')",
    ),
    Column(
        "kind",
        _("Kind of entry"),
        _("Model, family, platform or application."),
        "text",
        lambda r: r.kind,
        vocabulary=Kind,
        sql="entry.kind",
    ),
    Column(
        "parent",
        _("Part of"),
        _("Slug of the family or platform it belongs to."),
        "text",
        lambda r: r.parent or "",
        sql="parent.slug",
    ),
    Column(
        "developers",
        _("Developers"),
        _("Joint ones in the order in which the source gives them."),
        "objects",
        lambda r: list(r.developers),
        required=True,
        sql="made.names",
    ),
    Column(
        "developer_kinds",
        _("Kinds of developers"),
        _("One for each developer, in the same order."),
        "list",
        lambda r: [developer.kind for developer in r.developers],
        vocabulary=DeveloperKind,
        required=True,
        sql="made.kinds",
    ),
    Column(
        "category",
        _("Category"),
        _("General-purpose or industry-specific."),
        "text",
        lambda r: r.category,
        vocabulary=Category,
        sql="entry.category",
    ),
    Column(
        "modality",
        _("Modality"),
        _("What it takes and gives."),
        "list",
        lambda r: r.modalities,
        vocabulary=Modality,
        required=True,
        sql="array_to_string(entry.modalities, '; ')",
    ),
    Column(
        "parameters_stated",
        _("Parameters as stated"),
        _("The words of the source."),
        "text",
        lambda r: r.parameters_stated,
        sql="entry.parameters_stated",
    ),
    Column(
        "parameters_low",
        _("Parameters, least"),
        _("The least that the words allow."),
        "integer",
        lambda r: _parameters(r, "low"),
        _PARAMETERS,
        sql="lower(entry.parameters)",
    ),
    Column(
        "parameters_high",
        _("Parameters, most"),
        _("The most that the words allow; empty where they set no end."),
        "integer",
        lambda r: _parameters(r, "high"),
        _PARAMETERS,
        sql="upper(entry.parameters) - 1",
    ),
    Column(
        "released_stated",
        _("Release as stated"),
        _("The words of the source."),
        "text",
        lambda r: r.released_stated,
        sql="entry.released_stated",
    ),
    Column(
        "released_earliest",
        _("Released, earliest"),
        _("The first day that the words allow."),
        "date",
        lambda r: _released(r, "first"),
        _DAY,
        sql="to_char(lower(entry.released), 'YYYY-MM-DD')",
    ),
    Column(
        "released_latest",
        _("Released, latest"),
        _("The last day that the words allow."),
        "date",
        lambda r: _released(r, "last"),
        _DAY,
        sql="to_char(upper(entry.released) - 1, 'YYYY-MM-DD')",
    ),
    Column(
        "stage",
        _("Stage"),
        _("The furthest that the sources support."),
        "text",
        lambda r: r.stage,
        vocabulary=Stage,
        sql="entry.stage",
    ),
    Column(
        "openness",
        _("Openness"),
        _("Open or closed, as a source states it."),
        "text",
        lambda r: r.openness,
        vocabulary=Openness,
        sql="entry.openness",
    ),
    Column(
        "sectors",
        _("Target industries"),
        _("In the registry's vocabulary."),
        "objects",
        lambda r: list(r.sectors),
        required=True,
        sql="meant.names",
    ),
    Column(
        "sources",
        _("Sources"),
        _("The articles from which a claim of this entry was accepted."),
        "objects",
        lambda r: list(r.sources),
        required=True,
        sql="cited.names",
    ),
)
"""All but `url`, the last column, which depends on where the site stands."""

URL = "url"
NAMES: tuple[str, ...] = (*(column.name for column in COLUMNS), URL)
