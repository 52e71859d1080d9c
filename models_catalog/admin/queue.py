"""Which claims of the queue are shown."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_catalog.admin.labels import call_by_label
from models_catalog.admin.search import entries_like
from models_catalog.models import Claim, Developer, Entry, ImportBatch, Report, Source
from models_catalog.models.vocabulary import Basis, Field

ALL: list[tuple[str, Any]] = [("", _("All"))]


class Age(TextChoices):
    """How long something has waited."""

    DAY = "day", _("Less than a day")
    WEEK = "week", _("Less than a week")
    OVER_WEEK = "over-week", _("More than a week")
    OVER_MONTH = "over-month", _("More than a month")

    def condition(self) -> Q:
        """Of what has waited so long by now."""
        days = {Age.DAY: 1, Age.OVER_MONTH: 30}.get(self, 7)
        since = timezone.now() - timedelta(days=days)
        is_younger = self in (Age.DAY, Age.WEEK)
        return Q(created_at__gt=since) if is_younger else Q(created_at__lte=since)


class QueueFilter(forms.Form):
    """The filters above the queue; anything that is none of their choices is refused, and shows nothing."""

    q = forms.CharField(label=_("Model or developer"), required=False, max_length=100)
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[*ALL, *Field.choices])
    source = forms.ModelChoiceField(
        label=_("Source"), required=False, to_field_name="slug", empty_label=_("All"),
        queryset=Source.objects.all(),
    )  # fmt: skip
    developer = forms.ModelChoiceField(
        label=_("Developer"), required=False, to_field_name="slug", empty_label=_("All"),
        queryset=Developer.objects.filter(entries__isnull=False).distinct(),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("Basis"), required=False, choices=[*ALL, *Basis.choices])
    batch = forms.ModelChoiceField(
        label=_("Import"), required=False, empty_label=_("All"),
        queryset=ImportBatch.objects.filter(state=ImportBatch.State.APPLIED).only("file_name", "made"),
    )  # fmt: skip
    age = forms.ChoiceField(label=_("Waits"), required=False, choices=[*ALL, *Age.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            call_by_label(field)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but everything is asked for."""
        return bool(self.errors) or any(self.cleaned_data.values())

    def claims(self) -> QuerySet[Claim]:
        """The proposed claims that the filters let through, in reading order."""
        waiting = Claim.objects.proposed().in_reading_order()
        if not self.is_valid():
            return waiting.none()
        chosen = self.cleaned_data
        if batch := chosen["batch"]:
            waiting = waiting.filter(pk__in=batch.made.get("claims", []))
        own = {name: chosen[name] for name in ("source", "basis") if chosen[name]}
        return waiting.filter(self._about(), **own)

    def reports(self) -> QuerySet[Report]:
        """The waiting reports that the filters let through: they have no article, basis or import."""
        waiting = Report.objects.waiting()
        if not self.is_valid() or any(self.cleaned_data[name] for name in ("source", "basis", "batch")):
            return waiting.none()
        return waiting.filter(self._about())

    def _about(self) -> Q:
        """What claims and reports are filtered by alike: entry, field and age."""
        chosen = self.cleaned_data
        about = Q(field=chosen["field"]) if chosen["field"] else Q()
        if developer := chosen["developer"]:
            about &= Q(entry__in=developer.entries.order_by().values("pk"))
        if term := chosen["q"].strip():
            about &= Q(entry__in=entries_like(Entry.objects.all(), term).order_by().values("pk"))
        return about & Age(chosen["age"]).condition() if chosen["age"] else about
