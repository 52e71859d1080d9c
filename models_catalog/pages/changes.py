"""Changes in the registry between two days, moments or releases."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from models_catalog.catalog.past_forms import AsOfField, ReleaseField
from models_catalog.history.as_of import end_of
from models_catalog.history.between import TooMany, differences
from models_catalog.limits.turns import in_turn
from models_catalog.models import Release
from models_catalog.models.vocabulary import Field
from models_catalog.pages.http.as_of import history_begins
from models_catalog.pages.http.public import public_page


class StateField(forms.CharField):
    """A day, moment or release number, cleaned to the first moment after that state."""

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        if not text:
            return None
        if text.isascii() and text.isdigit() and len(text) < 7:
            released = ReleaseField().clean(text)
            return released and released + timedelta(microseconds=1)
        return _end(AsOfField().clean(text))


def _end(state: date) -> datetime:
    return end_of(state)


class ChangesForm(forms.Form):
    """The two states to compare: `since` (default: the beginning) and `until` (default: now)."""

    since = StateField(required=False, max_length=40, label=_("From the end of"))
    until = StateField(required=False, max_length=40, label=_("To the end of"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            raise ValidationError(_("The first is after the second: turn them round."))
        return cleaned


@require_safe
@public_page(*ChangesForm.base_fields)
@in_turn
def changes(request: HttpRequest) -> HttpResponse:
    form = ChangesForm(request.GET)
    is_asked, begins = bool(request.GET), history_begins()
    found: list[Any] | None = None
    if is_asked and form.is_valid():
        # The registry began with its first load: nothing is known of the time before, so the load itself is not a
        # change.
        since = (
            max(form.cleaned_data["since"] or begins, begins + timedelta(microseconds=1)) if begins else None
        )
        until = form.cleaned_data["until"] or timezone.now() + timedelta(seconds=1)
        try:
            found = differences(since, until) if since and since < until else []
        except TooMany:
            form.add_error(None, _("Too much changed to be listed: choose states nearer to each other."))
    status = 400 if is_asked and not form.is_valid() else 200
    context = {
        "form": form,
        "found": found,
        "begins": begins,
        "until": request.GET.get("until", ""),
        "releases": list(Release.objects.values_list("number", "day")),
        "labels_of": {field.value: field.label for field in Field},
    }
    return render(request, "changes/changes.html", context, status=status)
