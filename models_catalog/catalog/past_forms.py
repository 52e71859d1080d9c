"""Form fields for the state of the registry that is shown: a past day or release, and the sources that count."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.forms import MAX_QUERY_CHARS, SHOWN_CHARS, listed_once
from models_catalog.history.as_of import LENS, Lens, day_shown
from models_catalog.models import Release, Source

EARLIEST = date(2000, 1, 1)
MAX_RELEASE = 999_999
_NO_SOURCE = _("“%(value)s” is not a source of this registry.")

MOMENT = r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+ -][01][0-9]:[0-5][0-9])"
"""Time of day with its UTC offset, which makes a day a moment. An unencoded `+` arrives as a blank."""


class AsOfField(forms.DateField):
    """A day up to today, shown as of its end, or a moment (`…T16:30:00+08:00`), cleaned to UTC."""

    default_error_messages = {
        "invalid": _(
            "Write a day up to today, such as 2026-01-31 (Asia/Shanghai), or a moment with its offset, such as 2026-01-31T16:30:00+08:00."
        )
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        day, _t, rest = text.partition("T")
        if rest and re.fullmatch(MOMENT, f"T{rest}") and super().to_python(day):
            return self._moment(f"{day}T{rest.replace(' ', '+')}")
        return super().to_python(text)

    def _moment(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except (OverflowError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def validate(self, value: date | None) -> None:
        super().validate(value)
        # Citations name the next whole second, so that it includes what was there when they were made.
        latest = (
            timezone.now() + timedelta(seconds=1) if isinstance(value, datetime) else timezone.localdate()
        )
        earliest = datetime(2000, 1, 1, tzinfo=UTC) if isinstance(value, datetime) else EARLIEST
        if value is not None and not earliest <= value <= latest:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class ReleaseField(forms.IntegerField):
    """Number of a release, cleaned to the moment at which it was made."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=MAX_RELEASE, **options)

    def clean(self, value: Any) -> datetime | None:
        number = super().clean(value)
        if number is None:
            return None
        moment: datetime | None = (
            Release.objects.filter(number=number).values_list("created_at", flat=True).first()
        )
        if moment is None:
            raise ValidationError(_("There is no release %(number)s."), params={"number": number})
        return moment


class LeftOutField(forms.Field):
    """Slugs of sources that do not count, each once."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(sorted(listed_once(value)))


class KnownByField(forms.DateField):
    """A day up to today: only what was published by its end counts."""

    default_error_messages = {"invalid": _("Enter a date no later than today, such as 2026-01-31.")}

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not EARLIEST <= value <= timezone.localdate():
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class PastForm(forms.Form):
    """The requested state; `shown` is None for the present, `lens` is empty if all sources count."""

    as_of = AsOfField(required=False)
    release = ReleaseField(required=False)
    without = LeftOutField(required=False)
    known_by = KnownByField(required=False)

    def clean_without(self) -> tuple[str, ...]:
        asked: tuple[str, ...] = self.cleaned_data["without"]
        sound = [slug for slug in asked if slug and "\0" not in slug and len(slug) <= MAX_QUERY_CHARS]
        known = Source.objects.cited().filter(slug__in=sound).values_list("slug", flat=True) if sound else ()
        if unknown := set(asked).difference(known):
            raise ValidationError(_NO_SOURCE, params={"value": min(unknown)[:SHOWN_CHARS]})
        return asked

    @property
    def lens(self) -> Lens:
        return Lens(self.cleaned_data["without"], self.cleaned_data["known_by"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("as_of") and cleaned.get("release"):
            raise ValidationError(_("Give a day or a release, not both."))
        return cleaned

    @property
    def shown(self) -> date | None:
        shown: date | None = self.cleaned_data.get("as_of") or self.cleaned_data.get("release")
        return shown


def refuse_another_past(form: forms.Form) -> None:
    """Add errors to a form with the fields of `PastForm` if they ask for a state other than the one shown."""
    if not form.errors.keys().isdisjoint(PastForm.base_fields):
        return
    day, release = form.cleaned_data.get("as_of"), form.cleaned_data.get("release")
    if day and release:
        form.add_error("release", _("Give a day or a release, not both."))
    elif (day or release) != day_shown():
        name = "release" if release else "as_of"
        form.add_error(name, _("This address shows the registry as it is today only."))
    elif (asked := Lens(form.cleaned_data["without"], form.cleaned_data["known_by"])) != LENS.get():
        unknown = ValidationError(_NO_SOURCE, params={"value": ", ".join(asked.without)[:SHOWN_CHARS]})
        form.add_error("without", unknown)
