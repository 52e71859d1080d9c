"""Entries: their columns to read, their claims to work on."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.admin import filters
from models_catalog.admin.exports import EntrySheet, EvidenceSheet
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.search import entries_like
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Status


class ClaimInline(admin.TabularInline[Claim, Entry]):
    """The claims behind an entry, to read; each leads to its own page."""

    model = Claim
    fk_name = "entry"
    view_on_site = False
    extra = 0
    can_delete = False
    show_change_link = True
    fields = readonly_fields = ("field", "words", "status", "preferred", "basis", "source", "place")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("words"))
    def words(self, claim: Claim) -> str:
        return claim.quotation or claim.text or claim.token_label


@admin.register(Entry)
class EntryAdmin(ListAdmin[Entry]):
    """An entry's columns are written by its claims alone: here they are read."""

    exported_as = (EntrySheet(), EvidenceSheet())
    list_display = (
        "name", "name_en", "developer_names", "kind", "category", "parameters_stated", "released_stated",
        "stage", "openness", "sector_names", "waiting",
    )  # fmt: skip
    list_filter = (
        filters.ListedFilter, filters.ENTRY_DEVELOPER, filters.ENTRY_SECTOR, filters.CATEGORY, filters.KIND,
        filters.OPENNESS, filters.STAGE, filters.ModalityFilter, filters.ENTRY_SOURCE,
    )  # fmt: skip
    ordering = ("sort_key", "slug")
    search_help_text = _("Any name of a model or of its developer, in any script, or pinyin or its initials.")
    find = entries_like
    inlines = (ClaimInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        waiting = Count("claims", filter=Q(claims__status=Status.PROPOSED))
        rows = super().get_queryset(request).prefetch_related("developers", "sectors")
        return rows.annotate(claims_waiting=waiting)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Entry._meta.fields if field.name not in ("id", "sort_key")]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_readonly_fields(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("name"), ordering="sort_key")
    def name(self, entry: Entry) -> str:
        return str(entry)

    @admin.display(description=_("developers"))
    def developer_names(self, entry: Entry) -> str:
        return "、".join(developer.label for developer in entry.developers.all())

    @admin.display(description=_("sectors"))
    def sector_names(self, entry: Entry) -> str:
        return "、".join(sector.label for sector in entry.sectors.all())

    @admin.display(description=_("claims waiting"), ordering="claims_waiting")
    def waiting(self, entry: Entry) -> int:
        return int(getattr(entry, "claims_waiting", 0))
