"""The admin list of entries, and each entry's page of claims."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, OuterRef, Prefetch, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from models_catalog.curation import filters, merges, near
from models_catalog.curation.exports import EntrySheet, EvidenceSheet
from models_catalog.curation.filters import entries_like
from models_catalog.curation.lists import EVIDENCE_ACTIONS, ListAdmin
from models_catalog.curation.review import claim_pages
from models_catalog.fields.surfaces import covers
from models_catalog.models import Claim, Entry, EntryDeveloper, Report
from models_catalog.models.claim_value import TOKENS
from models_catalog.models.vocabulary import NUMBERS, Answer, Field

covers(
    "desk: the list of entries",
    [Field.NAME, Field.DEVELOPER, Field.SECTOR, Field.EVENT, *NUMBERS, *TOKENS],
    but=(Field.PARENT, Field.LINK),  # shown on the entry's own page
)


def absence(entry: Entry, field: Field) -> str:
    """Return why `field` of `entry` has no value: undisclosed, not applicable or not stated."""
    if field in entry.undisclosed:
        return str(Answer.UNDISCLOSED.label)
    return str(Answer.NOT_APPLICABLE.label if field in entry.not_applicable else _("Not stated"))


def stated(column: str, field: Field) -> Callable[[Entry], str]:
    """Return a list column that shows the value, or why there is none."""
    of = Entry._meta.get_field(column)
    labels = dict(getattr(of, "flatchoices", ()))

    @admin.display(description=getattr(of, "verbose_name", column), ordering=column)
    def shown(entry: Entry) -> str:
        value = getattr(entry, column)
        return str(labels.get(value, value)) if value else absence(entry, field)

    shown.__name__ = column
    return shown


_WAITING = (
    Claim.objects.proposed()
    .filter(entry=OuterRef("pk"))
    .order_by()
    .values("entry")
    .values(number=Count("pk"))
)  # a subquery for each row shown; a join would aggregate all claims for a page of fifty

_CALLED = (
    Claim.objects.undecided()
    .filter(entry=OuterRef("pk"), field=Field.NAME)
    .order_by("position", "pk")
    .values("text")[:1]
)
_NAME_WAITING = Case(When(name_zh="", then=Subquery(_CALLED)), default=Value(""))


@admin.register(Entry)
class EntryAdmin(ListAdmin[Entry]):
    """Entries are read-only here: their columns are only written by their claims."""

    exported_as = (EntrySheet(), EvidenceSheet())
    actions = (*ListAdmin.actions, *EVIDENCE_ACTIONS)  # type: ignore[assignment]  # extends the base
    list_display = (
        "name", "name_en", "developer_names", "kind", stated("category", Field.CATEGORY),
        *(stated(f"{of}_stated", of) for of in NUMBERS), stated("released_stated", Field.EVENT),
        stated("stage", Field.EVENT), stated("openness", Field.OPENNESS), "sector_names", "waiting",
    )  # fmt: skip
    list_filter = (
        filters.ListedFilter, filters.WorkFilter, filters.UnstatedFilter, filters.ENTRY_DEVELOPER, filters.ENTRY_SECTOR, *filters.ENTRY_WORDS, filters.STAGE,
        filters.SourcesFilter, filters.ENTRY_SOURCE,
    )  # fmt: skip
    ordering = ("sort_key", "slug")
    search_help_text = _("Any name of a model or of its developer, in any script, or pinyin or its initials.")
    find = entries_like

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        developers = Prefetch("entry_developers", EntryDeveloper.objects.select_related("developer"))
        rows = super().get_queryset(request).prefetch_related(developers, "sectors")
        return rows.annotate(claims_waiting=Coalesce(Subquery(_WAITING), 0), name_waiting=_NAME_WAITING)

    def get_urls(self) -> list[Any]:
        wrap, name = self.admin_site.admin_view, "models_catalog_entry"
        own = [
            path("near/", wrap(near.entries_page), name=f"{name}_near"),
            path("<int:pk>/merge/", wrap(merges.ENTRIES.merge_page), name=f"{name}_merge"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return claim_pages.add_entry(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the entry with its claims; posting is refused, because only claims write its columns."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        return claim_pages.entry_page(request, entry)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Allow readers' reports, which cannot be deleted alone, to go with their entry; their history stays."""
        rows, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return rows, counts, lacking - {Report._meta.verbose_name}, protected

    @admin.display(description=_("name"), ordering="sort_key")
    def name(self, entry: Entry) -> str:
        """The name or, if none is accepted, the first undecided one, marked as waiting."""
        waiting = getattr(entry, "name_waiting", "")
        if not waiting:
            return str(entry)
        words = gettext("waiting: %(name)s") % {"name": waiting}
        return format_html('<span class="place">{}</span>', words)

    @admin.display(description=pgettext_lazy("table", "developers"))
    def developer_names(self, entry: Entry) -> str:
        """The developers, in the order of the source."""
        joined = gettext(", ").join(link.developer.label for link in entry.entry_developers.all())
        return joined or absence(entry, Field.DEVELOPER)

    @admin.display(description=pgettext_lazy("table", "target industries"))
    def sector_names(self, entry: Entry) -> str:
        return gettext(", ").join(sector.label for sector in entry.sectors.all()) or absence(
            entry, Field.SECTOR
        )

    @admin.display(description=pgettext_lazy("table", "claims waiting"), ordering="claims_waiting")
    def waiting(self, entry: Entry) -> int:
        return int(getattr(entry, "claims_waiting", 0))
