"""Target industries: the vocabulary that curators may extend."""

from django.contrib import admin
from django.db.models import Q, QuerySet

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
