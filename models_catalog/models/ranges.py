"""Conversion between inclusive intervals, as texts state them, and PostgreSQL's ranges (canonical `[)`)."""

from datetime import date, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from models_catalog.text.dates import Days
from models_catalog.text.quantities import Interval


def number_range(interval: Interval) -> NumericRange:
    return NumericRange(interval.low, None if interval.high is None else interval.high + 1, "[)")


def date_range(days: Days) -> DateRange:
    return DateRange(days.first, days.last + timedelta(days=1), "[)")


def interval_of(numbers: Any) -> Interval:
    """The inclusive interval of a canonical range of whole numbers."""
    return Interval(numbers.lower, None if numbers.upper is None else numbers.upper - 1)


def days_of(days: Any) -> Days:
    """The inclusive days of a canonical range. ValueError for an open end."""
    first, past = days.lower, days.upper
    if not isinstance(first, date) or not isinstance(past, date):
        raise ValueError("a range of days with an open end")
    return Days(first, past - timedelta(days=1))
