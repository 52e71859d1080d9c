"""The columns that each admin list exports."""

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    CharField,
    DateField,
    DecimalField,
    F,
    Func,
    IntegerField,
    OuterRef,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf

from models_catalog.curation.exports import ColumnSheet, FigureEvidenceSheet
from models_catalog.publish.writers import SEPARATOR


class Low(Func):
    """The first number or day of a range."""

    function = "lower"


class High(Func):
    """The last number or day of an integer or date range; PostgreSQL stores an exclusive upper bound."""

    template = "upper(%(expressions)s) - 1"


class Joined(Func):
    function = "array_to_string"
    output_field = TextField()


def _numbers(column: str, name: str) -> dict[str, Combinable]:
    whole = IntegerField()
    return {f"{name}_low": Low(column, output_field=whole), f"{name}_high": High(column, output_field=whole)}


def _days(column: str, name: str) -> dict[str, Combinable]:
    day = DateField()
    return {f"{name}_first": Low(column, output_field=day), f"{name}_last": High(column, output_field=day)}


def _yes_or_no(column: str) -> Combinable:
    return Case(When(**{column: True}, then=Value("yes")), default=Value("no"))


def _first_of(*columns: str) -> Combinable:
    """Return the first text that is not empty."""
    return Coalesce(
        *(NullIf(F(column), Value("")) for column in columns), Value(""), output_field=CharField()
    )


CLAIM_VALUE = _first_of("text", "event", "token", "developer__slug", "sector__slug", "parent__slug")
"""The value in one cell: a name, a vocabulary word or a slug; numbers and dates have columns of their own."""


def _as_they_are(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


CLAIMS = ColumnSheet(
    "claims",
    {
        "entry": "entry__slug",
        **_as_they_are("key", "field", "answer"),
        "value": CLAIM_VALUE,
        "form": Case(When(text="", then=Value("")), default=F("token")),
        **_numbers("number", "parameters"),
        **_days("days", "days"),
        "status": "status",
        "preferred": _yes_or_no("preferred"),
        **_as_they_are("ruling", "basis", "reason_zh", "reason_en", "said_by_zh", "said_by_en"),
        "source": "source__slug",
        **_as_they_are("line", "start", "end", "quotation", "stated", "reviewed_by", "reviewed_at"),
        "is_earlier": _yes_or_no("is_earlier"),
        "gloss_en": "gloss_en",
    },
)
DEVELOPERS = ColumnSheet(
    "developers",
    {
        **_as_they_are("slug", "name_zh", "name_en"),
        "aliases": Joined("aliases", Value(SEPARATOR)),
        "kind": "kind",
        "parent": "parent__slug",
    },
)
SECTORS = ColumnSheet("sectors", _as_they_are("slug", "name_zh", "name_en"))
SOURCES = ColumnSheet(
    "sources",
    {
        **_as_they_are("slug", "name_zh", "name_en", "publisher_zh", "publisher_en"),
        **_days("published", "published"),
        **_as_they_are("file_name", "sha256"),
        "is_reworded": _yes_or_no("is_reworded"),
        **_as_they_are("condition_zh", "condition_en", "web_address"),
    },
)
_NUMBER = DecimalField()
FIGURES = ColumnSheet(
    "market-figures",
    {
        **_as_they_are("slug", "name_zh", "name_en"),
        "low": Low("value", output_field=_NUMBER),
        "high": Func("value", function="upper", output_field=_NUMBER),
        **_as_they_are("unit", "scope_zh", "scope_en"),
        **_days("as_of", "as_of"),
        **_as_they_are("counted_by_zh", "counted_by_en"),
    },
)
FIGURES_WITH_EVIDENCE = FigureEvidenceSheet(FIGURES)
OMISSIONS = ColumnSheet(
    "omissions",
    {
        "source": "source__slug",
        **_as_they_are("line", "start", "end", "quotation", "reason", "note_zh", "note_en", "gloss_en"),
    },
)
REPORTS = ColumnSheet(
    "reports",
    {
        "entry": "entry__slug",
        **_as_they_are(
            "field", "statement", "source_url", "status", "created_at", "handled_by", "handled_at", "reason"
        ),
    },
)
_ROLES = Group.objects.filter(user=OuterRef("pk")).order_by("name").values("name")
USERS = ColumnSheet(
    "users",
    {
        **_as_they_are("username", "first_name", "last_name"),
        "roles": Joined(ArraySubquery(_ROLES), Value(SEPARATOR)),
        "is_active": _yes_or_no("is_active"),
        "last_login": "last_login",
    },
)
ROLES = ColumnSheet("roles", {"name": "name"})
MERGES = ColumnSheet(
    "merges",
    {
        "merged": "merged_slug",
        "merged_name": "merged_name",
        "kept": "kept_slug",
        **_as_they_are("done_by", "done_at", "undone_by", "undone_at"),
    },
)
IMPORTS = ColumnSheet(
    "imports",
    _as_they_are(
        "file_name", "file_sha256", "encoding", "contents", "state", "uploaded_by", "uploaded_at", "applied_by",
        "applied_at", "undone_by", "undone_at",
    ),
)  # fmt: skip
