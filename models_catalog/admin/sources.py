"""Sources: which text was read, and in what state it was found."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from models_catalog.admin import article_pages, sheets
from models_catalog.admin.intervals import DaysField
from models_catalog.admin.lists import ListAdmin
from models_catalog.models import Source
from models_catalog.text.names import simplify


def sources_like(queryset: QuerySet[Source], term: str) -> QuerySet[Source]:
    words = simplify(term)
    named = Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(slug__icontains=term)
    return queryset.filter(named | Q(publisher_zh__icontains=words) | Q(publisher_en__icontains=term))


class SourceForm(forms.ModelForm[Source]):
    published = DaysField(
        label=_("published"), help_text=_("2023-04-25, 2023-04, 2023, or two with / between.")
    )

    class Meta:
        model = Source
        fields = [
            "slug", "file_name", "sha256", "name_zh", "name_en", "publisher_zh", "publisher_en", "author_zh", "author_en", "found_at_zh",
            "found_at_en", "published", "published_note_zh", "published_note_en", "condition_zh", "condition_en",
            "is_reworded", "position",
        ]  # fmt: skip


@admin.register(Source)
class SourceAdmin(ListAdmin[Source]):
    exported_as = (sheets.SOURCES,)
    form = SourceForm
    list_display = ("name_zh", "publisher_zh", "published", "is_reworded", "slug")
    find = sources_like

    change_list_template = "admin/articles/list.html"

    def get_urls(self) -> list[Any]:
        own = path("read/", self.admin_site.admin_view(article_pages.read), name="models_catalog_source_read")
        return [own, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Which text was read does not change once claims stand on it."""
        return ["file_name", "sha256"] if obj else []
