"""The tables of developers and sectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from models_catalog.columns import Column
from models_catalog.dataset.places import slug_of
from models_catalog.dataset.table import ForeignKey, Table
from models_catalog.models import Developer, Sector
from models_catalog.models.vocabulary import DeveloperKind

_LISTED = Count("entries", filter=Q(entries__is_listed=True), distinct=True)


def _developers() -> QuerySet[Any]:
    return (
        Developer.objects.reviewed().select_related("parent").annotate(entry_count=_LISTED).order_by("slug")
    )


def _sectors() -> QuerySet[Any]:
    return Sector.objects.annotate(entry_count=_LISTED).order_by("slug")


def as_they_are(records: Iterable[Any]) -> Iterable[Any]:
    """For tables whose records are their rows."""
    return records


_ENTRIES: Column[Any] = Column(
    "entries", _("Entries"), _("How many listed entries it has."), "integer", lambda r: r.entry_count, _("entries"),
    required=True,
)  # fmt: skip

DEVELOPERS = Table(
    name="developers",
    one="Developer",
    title=_("Developers"),
    meaning=_("Organisations that build models, under the names that readers know."),
    columns=(
        Column("slug", _("Slug"), _("Names the organisation in addresses."), "text", lambda r: r.slug, required=True),
        Column("name_zh", _("Chinese name"), _("The name as readers know it."), "text", lambda r: r.name_zh, required=True),
        Column("name_en", _("English name"), _("As the organisation writes it."), "text", lambda r: r.name_en),
        Column("aliases", _("Other names"), _("Further names under which articles speak of it."), "list", lambda r: r.aliases, required=True),
        Column("kind", _("Kind"), _("Kind of organisation."), "text", lambda r: r.kind, vocabulary=DeveloperKind, required=True),
        Column("parent", _("Part of"), _("Slug of the organisation it belongs to."), "text", lambda r: slug_of(r.parent)),
        _ENTRIES,
    ),
    key=("slug",),
    all=_developers,
    rows=as_they_are,
    foreign_keys=(ForeignKey("parent", ""),),
)  # fmt: skip

SECTORS = Table(
    name="sectors",
    one="Sector",
    title=_("Target industries"),
    meaning=_("The registry's vocabulary of target industries."),
    columns=(
        Column("slug", _("Slug"), _("Names the sector in addresses."), "text", lambda r: r.slug, required=True),
        Column("name_zh", _("Chinese name"), _("As shown to readers of Chinese."), "text", lambda r: r.name_zh, required=True),
        Column("name_en", _("English name"), _("As shown to readers of English."), "text", lambda r: r.name_en, required=True),
        _ENTRIES,
    ),
    key=("slug",),
    all=_sectors,
    rows=as_they_are,
)  # fmt: skip
