"""The tables of developers and sectors."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from models_catalog.models import Developer, DeveloperClaim, Sector
from models_catalog.models.developer_facts import bases_of, facts_of
from models_catalog.models.vocabulary import Basis, DeveloperField, DeveloperKind, Status, bases
from models_catalog.publish.column import Column
from models_catalog.publish.columns import BASIS_MEANING
from models_catalog.publish.tables.table import ForeignKey, Table, gloss_column, place_columns, slug_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_LISTED = Count("entries", filter=Q(entries__is_listed=True), distinct=True)


def _developers() -> QuerySet[Any]:
    return (
        Developer.objects.reviewed()
        .select_related("parent")
        .prefetch_related("statements")
        .annotate(entry_count=_LISTED)
        .order_by("slug")
    )


def _sectors() -> QuerySet[Any]:
    return Sector.objects.annotate(entry_count=_LISTED).order_by("slug")


def as_they_are(records: Iterable[Any]) -> Iterable[Any]:
    """`rows` of tables whose records are their rows."""
    return records


_ENTRIES: Column[Any] = Column(
    "entries", _("Entries"), _("How many listed entries it has."), "integer", lambda r: r.entry_count, _("entries"),
    required=True,
)  # fmt: skip


def _basis(column: str, heading: StrOrPromise, of: DeveloperField) -> Column[Any]:
    """The column with the basis of another column's values."""
    return Column(f"{column}_basis", heading, BASIS_MEANING, "list", lambda r: bases(bases_of(facts_of(r), of)), vocabulary=Basis, required=True, after_url=True)  # fmt: skip


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
        _basis("kind", _("Basis of the kind"), DeveloperField.KIND),
        _basis("parent", _("Basis of the parent"), DeveloperField.PARENT),
        _basis("aliases", _("Basis of the other names"), DeveloperField.ALIAS),
    ),
    key=("slug",),
    all=_developers,
    rows=as_they_are,
    foreign_keys=(ForeignKey("parent", ""),),
)  # fmt: skip

STATEMENTS = Table(
    name="developer-statements",
    one="DeveloperStatement",
    title=_("Claims about developers"),
    meaning=_("What backs the kind, the parent and the other names of a developer; a value that no claim backs is added by curators."),
    columns=(
        Column("developer", _("Developer"), _("Slug of the developer that it speaks of."), "text", lambda r: r.developer.slug, required=True),
        Column("key", _("Key"), _("Names the claim within its developer; never reused."), "text", lambda r: r.key, required=True),
        Column("field", _("Field"), _("The field that the claim is about."), "text", lambda r: r.field, vocabulary=DeveloperField, required=True),
        Column("value", _("Value"), _("A kind, the slug of a parent, or another name."), "text", lambda r: slug_of(r.parent) or r.token or r.text, required=True),
        Column("status", _("Status"), _("Accepted, or disputed: what an article says against the developer's row."), "text", lambda r: r.status, vocabulary=Status, required=True),
        Column("basis", _("Basis"), _("Stated in the source, inferred from it, or a curator's knowledge, which has no source."), "text", lambda r: r.basis, vocabulary=Basis, required=True),
        Column("reason_zh", _("Reason (Chinese)"), _("Why a value that is not stated is held."), "text", lambda r: r.reason_zh),
        Column("reason_en", _("Reason (English)"), _("Why a value that is not stated is held."), "text", lambda r: r.reason_en),
        *place_columns(),
        gloss_column(),
    ),
    key=("developer", "key"),
    all=lambda: (
        DeveloperClaim.objects.public()
        .filter(developer__in=Developer.objects.reviewed())
        .select_related("developer", "parent", "source")
        .order_by("developer__slug", "key")
    ),
    rows=as_they_are,
    foreign_keys=(ForeignKey("developer", "developers"), ForeignKey("source", "sources")),
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
