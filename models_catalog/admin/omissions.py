"""Omissions: what looked like a model and was left out."""

from django.contrib import admin
from django.db.models import Q, QuerySet

from models_catalog.admin import filters, sheets
from models_catalog.admin.lists import ListAdmin, found_at
from models_catalog.models import Omission
from models_catalog.text.names import simplify


def omissions_like(queryset: QuerySet[Omission], term: str) -> QuerySet[Omission]:
    words = simplify(term)
    return queryset.filter(
        Q(quotation__icontains=words) | Q(note_zh__icontains=words) | Q(note_en__icontains=term)
    )


@admin.register(Omission)
class OmissionAdmin(ListAdmin[Omission]):
    exported_as = (sheets.OMISSIONS,)
    list_display = ("quotation", "reason", "source", found_at, "note_zh")
    list_filter = (filters.REASON, filters.SOURCE)
    list_select_related = ("source",)
    find = omissions_like
    fields = (
        "source",
        "line",
        "start",
        "end",
        "quotation",
        "stated",
        "gloss_en",
        "reason",
        "note_zh",
        "note_en",
    )
