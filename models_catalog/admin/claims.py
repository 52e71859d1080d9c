"""Claims: the ledger as a list, and what a curator does with one of them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.admin import filters, sheets
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.search import entries_like
from models_catalog.models import Claim, Entry


def claims_like(queryset: QuerySet[Claim], term: str) -> QuerySet[Claim]:
    """Claims about the entries that `term` finds."""
    return queryset.filter(entry__in=entries_like(Entry.objects.all(), term))


@admin.register(Claim)
class ClaimAdmin(ListAdmin[Claim]):
    exported_as = (sheets.CLAIMS,)
    list_display = (
        "entry",
        "field",
        "words",
        "status",
        "preferred",
        "basis",
        "source",
        "place",
        "reviewed_at",
    )
    list_filter = (
        filters.STATUS, filters.FIELD, filters.BASIS, filters.ANSWER, filters.PreferredFilter, filters.SOURCE,
    )  # fmt: skip
    list_select_related = ("entry", "source", "developer", "sector", "parent")
    ordering = ("entry__sort_key", "entry__slug", "field", "position", "pk")
    search_help_text = _("Any name of the model that the claim is about, or of its developer.")
    find = claims_like

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Claim._meta.fields if field.name != "id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("words"))
    def words(self, claim: Claim) -> str:
        return claim.quotation or claim.text or claim.token_label
