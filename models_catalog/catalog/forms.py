"""Form fields of the catalog: every parameter typed and bounded, and the parameters for past states."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.facets import UNSTATED, Facet
from models_catalog.fields.declared import NUMBERED
from models_catalog.fields.numbers import Number
from models_catalog.history.as_of import day_shown
from models_catalog.models import Release
from models_catalog.models.search_terms import MAX_WORDS
from models_catalog.models.words import WordsInput
from models_catalog.text.dates import parse_day_bound

EARLIEST = date(2000, 1, 1)
MAX_RELEASE = 999_999

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


class PastForm(forms.Form):
    """The requested past state; `shown` is None for the present."""

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
    """Add errors to a form with the fields of `PastForm` if they ask for a state other than the one shown."""
    if not form.errors.keys().isdisjoint(PastForm.base_fields):
        return
    day, release = form.cleaned_data.get("as_of"), form.cleaned_data.get("release")
    if day and release:
        form.add_error("release", _("Give a day or a release, not both."))
    elif (day or release) != day_shown():
        name = "release" if release else "as_of"
        form.add_error(name, _("This address shows the registry as it is today only."))


MAX_QUERY_CHARS = 100
MAX_FACET_VALUES = 200
MAX_PAGE = 1_000_000
SHOWN_CHARS = 40
"""Characters of a refused value or name that the message repeats."""


def listed_once(value: Any) -> list[str]:
    """The values as typed, each once. Repetitions count towards the limit, so that addresses stay bounded."""
    values = [value] if isinstance(value, str) else value or []
    if len(values) > MAX_FACET_VALUES:
        raise ValidationError(_("Choose at most %(most)s values."), params={"most": MAX_FACET_VALUES})
    return list(dict.fromkeys(values))


class FacetField(forms.Field):
    """Slugs or tokens of one facet, or `unstated`, each once."""

    widget = forms.SelectMultiple

    def __init__(self, *, facet: Facet, **options: Any) -> None:
        self.facet = facet
        super().__init__(**options)

    def to_python(self, value: Any) -> list[str]:
        return list(dict.fromkeys(map(self.facet.current, listed_once(value))))

    def validate(self, value: list[str]) -> None:
        typed = [one for one in value if one != UNSTATED]
        sound = [one for one in typed if one and "\0" not in one and len(one) <= MAX_QUERY_CHARS]
        known = self.facet.known(sound) if sound else set()
        if unknown := [one for one in typed if one not in known]:
            raise ValidationError(
                _("“%(value)s” is not an option of this filter."), params={"value": unknown[0][:SHOWN_CHARS]}
            )


class SearchField(WordsInput):
    """Search words on one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MAX_QUERY_CHARS, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value.split()) > MAX_WORDS:
            raise ValidationError(_("Search for at most %(most)s words."), params={"most": MAX_WORDS})


class BoundField(forms.CharField):
    """One end of an interval, cleaned with `parse`; None if empty. `parse` raises ValueError for invalid text."""

    parse: Callable[[str], Any]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class NumberField(BoundField):
    """A bound of a numeric field of an entry, cleaned to a whole number."""

    def __init__(self, *, number: Number, **options: Any) -> None:
        super().__init__(error_messages={"invalid": number.invalid}, **options)
        self.number, self.parse = number, number.parse_bound


class DayField(BoundField):
    """A year, month or day, cleaned to its days."""

    parse = staticmethod(parse_day_bound)
    default_error_messages = {"invalid": _("Write a year, a month or a day: 2023, 2023-04 or 2023-04-16.")}


class StrictForm(forms.Form):
    """A form that accepts no unknown parameter, and none twice."""

    also_allowed: Collection[str] = ()
    """Parameters that the view reads itself."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._refuse_unknown_names()
        self._refuse_repetitions()
        return cleaned

    def _refuse_unknown_names(self) -> None:
        """Refuse unknown parameters: a mistyped filter must not return everything."""
        for name in self.data:
            if name not in self.fields and name not in self.also_allowed:
                self.add_error(
                    None,
                    ValidationError(
                        _("There is no parameter “%(name)s”."), params={"name": str(name)[:SHOWN_CHARS]}
                    ),
                )
                return

    def _refuse_repetitions(self) -> None:
        getlist = getattr(self.data, "getlist", None)
        for name, field in self.fields.items():
            if getlist and not isinstance(field.widget, forms.SelectMultiple) and len(getlist(name)) > 1:
                self.add_error(name, _("Give this only once."))


class EntryFilterForm(StrictForm):
    """The form of `EntryFilter`, with the rules that span several fields."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_reversed_bounds(cleaned)
        refuse_another_past(self)
        return cleaned

    def _refuse_reversed_bounds(self, cleaned: dict[str, Any]) -> None:
        for _declared, number in NUMBERED:
            low, high = cleaned.get(f"{number.parameter}_min"), cleaned.get(f"{number.parameter}_max")
            if low is not None and high is not None and low > high:
                self.add_error(f"{number.parameter}_max", _("The largest number lies below the smallest."))
        since, until = cleaned.get("released_from"), cleaned.get("released_to")
        if since and until and since.first > until.last:
            self.add_error("released_to", _("The last day lies before the first."))


class SuggestForm(forms.Form):
    """The text typed so far into a search field."""

    q = SearchField(required=False)


_View = TypeVar("_View", bound=Callable[..., Any])


def taking_files(view: _View) -> _View:
    """Mark a view whose form takes a file; other views receive none (`registry.uploads`)."""
    setattr(view, "takes_files", True)  # noqa: B010  # views have no such attribute by themselves
    return view
