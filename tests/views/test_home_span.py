"""Which months the sources cover is counted from them, on the home page and on /about/."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import translation

from models_catalog.catalog.home import numbers, published_span
from models_catalog.models.source import IMPORTED
from models_catalog.models.vocabulary import Field
from tests.factories import make_claim, make_entry, make_source


def article(first: date, end: date) -> Any:
    return SimpleNamespace(published=DateRange(first, end), is_table=False, has_text=True)


@pytest.mark.parametrize(
    ("last", "until"),
    [(date(2023, 8, 31), date(2023, 9, 1)), (date(2024, 1, 1), date(2024, 1, 1))],
)
def test_span_is_whole_months_from_the_first_to_the_last(last: date, until: date) -> None:
    sources = [article(date(2023, 7, 1), last), article(date(2023, 4, 22), date(2023, 5, 1))]
    assert published_span(sources) == DateRange(date(2023, 4, 1), until)


def test_no_source_spans_nothing() -> None:
    assert published_span([]) is None


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?q=nothing-like-this", "?sector=unstated&openness=open"])
def test_the_catalog_says_which_months_too(client: Client, query: str) -> None:
    make_entry("文心", source=make_source())
    text = client.get(f"/en/models/{query}").content.decode()
    assert "Our source is 1 Chinese article published in April 2023." in text


@pytest.mark.django_db
def test_an_imported_table_is_no_article_and_is_told_by_file_and_day() -> None:
    table = make_source(
        f"{IMPORTED}1", name_zh="a.csv", published=DateRange(date(2026, 12, 1), date(2026, 12, 2))
    )
    make_claim(make_entry("文心"), Field.PARAMETERS, source=table, words="62亿", number="[62,63)")
    with translation.override("zh-hans"):
        assert table.mark == "a.csv，2026年12月1日"
    assert (published_span([table]), numbers().sources) == (None, 1)
