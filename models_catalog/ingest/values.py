"""From words to values: the same parsers for fixtures, ingestion, imports and `verify_evidence`."""

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange

from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import EventKind
from models_catalog.text.dates import parse_days
from models_catalog.text.quantities import parse_quantity


class NotStated(ValueError):
    """The words state no value of the field."""


def parse_parameters(words: str) -> NumericRange:
    """The interval of whole numbers that `words` state. Raises `NotStated`."""
    try:
        return number_range(parse_quantity(words))
    except ValueError as error:
        raise NotStated(f"{words!r} states no number of parameters: {error}") from error


def parse_event_days(words: str, *, event: EventKind, published: DateRange) -> DateRange:
    """The days that `words` state in an article that appeared in `published`. Raises `NotStated`.

    A date without a year is the nearest before the article, that of a plan the nearest after it.
    """
    try:
        return date_range(parse_days(words, days_of(published), future=event == EventKind.PLANNED))
    except ValueError as error:
        raise NotStated(f"{words!r} states no date: {error}") from error
