"""Developers: the organisations behind the entries."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.actions.vocabularies import save_developer
from models_catalog.admin import filters, sheets
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.search import developers_like
from models_catalog.models import Developer


@admin.register(Developer)
class DeveloperAdmin(ListAdmin[Developer]):
    exported_as = (sheets.DEVELOPERS,)
    list_display = ("name_zh", "name_en", "kind", "parent", "slug")
    list_filter = (filters.DEVELOPER_KIND,)
    list_select_related = ("parent",)
    search_help_text = _("Any name of the developer, in any script, or pinyin or its initials.")
    find = developers_like
    fields = ("slug", "name_zh", "name_en", "aliases", "kind", "parent")

    def save_model(
        self, request: HttpRequest, obj: Developer, form: forms.ModelForm[Developer], change: bool
    ) -> None:
        save_developer(developer=obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("queryset", Developer.objects.order_by("sort_key"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
