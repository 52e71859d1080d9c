"""Target industries: the vocabulary that curators may extend."""

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from models_catalog.actions.vocabularies import save_sector
from models_catalog.admin import sheets
from models_catalog.admin.lists import ListAdmin
from models_catalog.models import Sector
from models_catalog.text.names import simplify


def sectors_like(queryset: QuerySet[Sector], term: str) -> QuerySet[Sector]:
    words = simplify(term)
    return queryset.filter(Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(slug__icontains=term))


@admin.register(Sector)
class SectorAdmin(ListAdmin[Sector]):
    exported_as = (sheets.SECTORS,)
    list_display = ("name_zh", "name_en", "slug", "position")
    find = sectors_like
    fields = ("slug", "name_zh", "name_en", "position")

    def save_model(
        self, request: HttpRequest, obj: Sector, form: forms.ModelForm[Sector], change: bool
    ) -> None:
        save_sector(sector=obj)
