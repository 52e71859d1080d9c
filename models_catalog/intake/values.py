"""Parsers from words to values, shared by fixtures, articles, imports and `verify_evidence`."""

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.utils.translation import gettext as _

from models_catalog.fields.declared import number_of
from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import EventKind
from models_catalog.text.dates import parse_days


class NotStated(ValueError):
    """The words state no value of the field."""


def parse_number(field: str, words: str) -> NumericRange:
    """Return the interval of whole numbers that `words` state for a field in NUMBERS. Raises `NotStated`."""
    number = number_of(field)
    try:
        return number_range(number.parse(words))
    except ValueError as error:
        told = {"words": words, "unit": number.unit}
        raise NotStated(_("“%(words)s” states no number of %(unit)s.") % told) from error


def parse_event_days(words: str, *, event: EventKind, published: DateRange) -> DateRange:
    """Return the days that `words` state in an article published in `published`. Raises `NotStated`.

    A date without a year is the last one before the article, or for a plan the first one after it.
    """
    try:
        return date_range(parse_days(words, days_of(published), future=event == EventKind.PLANNED))
    except ValueError as error:
        raise NotStated(_("“%(words)s” states no date.") % {"words": words}) from error
