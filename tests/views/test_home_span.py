"""Which months the sources cover is counted from them, on the home page and on /about/."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.catalog.home import published_span


def article(first: date, end: date) -> Any:
    return SimpleNamespace(published=DateRange(first, end))


@pytest.mark.parametrize(
    ("last", "until"),
    [(date(2023, 8, 31), date(2023, 9, 1)), (date(2024, 1, 1), date(2024, 1, 1))],
)
def test_span_is_whole_months_from_the_first_to_the_last(last: date, until: date) -> None:
    sources = [article(date(2023, 7, 1), last), article(date(2023, 4, 22), date(2023, 5, 1))]
    assert published_span(sources) == DateRange(date(2023, 4, 1), until)


def test_no_source_spans_nothing() -> None:
    assert published_span([]) is None
