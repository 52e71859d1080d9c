"""Intervals as curators type them: words like those of the fixtures, inclusive at both ends."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.ingest.fixture_files import Refused, days
from models_catalog.models.ranges import days_of


class DaysField(forms.CharField):
    """A day, month or year (`2023-04-16`, `2023-04`, `2023`), or two with `/` between."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def to_python(self, value: Any) -> DateRange | None:
        words = super().to_python(value)
        if not words:
            return None
        try:
            return days(words, str(self.label or "days"))
        except Refused as error:
            raise ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, DateRange):
            return value
        found = days_of(value)
        first, last = found.first.isoformat(), found.last.isoformat()
        return first if first == last else f"{first}/{last}"

    def run_validators(self, value: Any) -> None:
        """What is checked is the interval, in `to_python`."""
