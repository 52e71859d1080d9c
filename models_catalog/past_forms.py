"""Which state of the registry a reader asks for: a day, a moment, or a release. All in one zone, the site's."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_catalog.models import Release
from models_catalog.queries.as_of import day_shown

EARLIEST = date(2000, 1, 1)
MAX_RELEASE = 999_999

MOMENT = r"T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+ -][01][0-9]:[0-5][0-9])"
"""What makes a moment of a day, with its offset from UTC, so that nobody has to guess the zone. A `+` that was not encoded arrives as a blank."""


class AsOfField(forms.DateField):
    """A day up to today, which is shown as it ended; or a moment (`…T16:30:00+08:00`), cleaned to UTC."""

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
        # Citations name the next whole second, so that it holds what was there when they were made.
        latest = (
            timezone.now() + timedelta(seconds=1) if isinstance(value, datetime) else timezone.localdate()
        )
        earliest = datetime(2000, 1, 1, tzinfo=UTC) if isinstance(value, datetime) else EARLIEST
        if value is not None and not earliest <= value <= latest:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class ReleaseField(forms.IntegerField):
    """The number of a release, cleaned to the moment at which the registry was as the release has it."""

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


class PastForm(forms.Form):
    """Which past is asked for; `shown` is None for the present."""

    as_of = AsOfField(required=False)
    release = ReleaseField(required=False)

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
    """Say of a form with the fields of `PastForm` what is wrong with them, or that what is shown is another state."""
    if not form.errors.keys().isdisjoint(PastForm.base_fields):
        return
    day, release = form.cleaned_data.get("as_of"), form.cleaned_data.get("release")
    if day and release:
        form.add_error("release", _("Give a day or a release, not both."))
    elif (day or release) != day_shown():
        name = "release" if release else "as_of"
        form.add_error(name, _("This address shows the registry as it is today only."))
