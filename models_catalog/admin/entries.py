"""Entries: their columns to read, their claims to work on."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from models_catalog.admin import claim_pages, filters, merges
from models_catalog.admin.exports import EntrySheet, EvidenceSheet
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.search import entries_like
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Status


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
        filters.OPENNESS, filters.STAGE, filters.ModalityFilter, filters.SourcesFilter, filters.ENTRY_SOURCE,
    )  # fmt: skip
    ordering = ("sort_key", "slug")
    search_help_text = _("Any name of a model or of its developer, in any script, or pinyin or its initials.")
    find = entries_like

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        waiting = Count("claims", filter=Q(claims__status=Status.PROPOSED))
        rows = super().get_queryset(request).prefetch_related("developers", "sectors")
        return rows.annotate(claims_waiting=waiting)

    def get_urls(self) -> list[Any]:
        merge = self.admin_site.admin_view(merges.merge_page)
        return [path("<int:pk>/merge/", merge, name="models_catalog_entry_merge"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return claim_pages.add_entry(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Its columns are written by its claims alone, so there is nothing to post here."""
        if request.method == "POST" or not self.has_view_permission(request):
            raise PermissionDenied
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        return claim_pages.entry_page(request, entry)

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
