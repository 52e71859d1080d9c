"""Which claims of the queue are shown."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from models_catalog.admin.search import entries_like
from models_catalog.models import Claim, Entry, Report, Source
from models_catalog.models.vocabulary import Basis, Field


class QueueFilter(forms.Form):
    """The filters above the queue; anything that is none of their choices shows nothing."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[("", _("All")), *Field.choices])
    source = forms.ModelChoiceField(
        label=_("Source"),
        required=False,
        queryset=Source.objects.all(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    basis = forms.ChoiceField(label=_("Basis"), required=False, choices=[("", _("All")), *Basis.choices])

    def claims(self) -> QuerySet[Claim]:
        """The proposed claims that the filters let through, in reading order."""
        waiting = Claim.objects.proposed().with_related().select_related("entry").in_reading_order()
        if not self.is_valid():
            return waiting.none()
        chosen: dict[str, Any] = {
            name: self.cleaned_data[name] for name in ("field", "source", "basis") if self.cleaned_data[name]
        }
        if term := self.cleaned_data["q"].strip():
            chosen["entry__in"] = entries_like(Entry.objects.all(), term)
        return waiting.filter(**chosen)

    def reports(self) -> QuerySet[Report]:
        """The waiting reports that the filters let through: they have neither an article nor a basis."""
        waiting = Report.objects.waiting()
        if not self.is_valid() or self.cleaned_data["source"] or self.cleaned_data["basis"]:
            return waiting.none()
        if field := self.cleaned_data["field"]:
            waiting = waiting.filter(field=field)
        if term := self.cleaned_data["q"].strip():
            waiting = waiting.filter(entry__in=entries_like(Entry.objects.all(), term))
        return waiting
