"""Market figures with their evidence."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from models_catalog.admin import filters, sheets
from models_catalog.admin.intervals import DaysField
from models_catalog.admin.labels import call_by_label
from models_catalog.admin.lists import EVIDENCE_ACTIONS, ListAdmin
from models_catalog.ingest.fixture_files import Refused, decimal_range
from models_catalog.models import FigureEvidence, MarketFigure
from models_catalog.text.names import simplify


def figures_like(queryset: QuerySet[MarketFigure], term: str) -> QuerySet[MarketFigure]:
    words = simplify(term)
    return queryset.filter(
        Q(name_zh__icontains=words) | Q(name_en__icontains=term) | Q(counted_by_zh__icontains=words)
    )


class FigureForm(forms.ModelForm[MarketFigure]):
    """The value as two inclusive ends, one of which may be open."""

    low = forms.DecimalField(label=_("at least"), required=False, max_digits=30)
    high = forms.DecimalField(label=_("at most"), required=False, max_digits=30)
    as_of = DaysField(label=_("as of"), required=False)

    class Meta:
        model = MarketFigure
        fields = [
            "slug", "name_zh", "name_en", "unit", "scope_zh", "scope_en", "as_of", "counted_by_zh",
            "counted_by_en", "position",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.value is not None:
            self.initial.setdefault("low", self.instance.value.lower)
            self.initial.setdefault("high", self.instance.value.upper)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self.instance.value = decimal_range(cleaned.get("low"), cleaned.get("high"))
        except Refused as error:
            raise ValidationError(str(error)) from error
        return cleaned


class EvidenceInline(admin.TabularInline[FigureEvidence, MarketFigure]):
    model = FigureEvidence
    view_on_site = False
    extra = 0
    fields = ("source", "line", "start", "end", "quotation", "stated", "gloss_en", "basis")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return call_by_label(super().formfield_for_foreignkey(db_field, request, **kwargs))


@admin.register(MarketFigure)
class FigureAdmin(ListAdmin[MarketFigure]):
    exported_as = (sheets.FIGURES, sheets.FIGURES_WITH_EVIDENCE)
    actions = (*ListAdmin.actions, *EVIDENCE_ACTIONS)  # type: ignore[assignment]  # more of them
    form = FigureForm
    list_display = ("name_zh", "value", "unit", "as_of", "counted_by_zh")
    list_filter = (filters.UNIT, filters.EVIDENCE_SOURCE)
    find = figures_like
    inlines = (EvidenceInline,)
