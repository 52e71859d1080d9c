"""A value of an earlier time, the sample of the home page, and the counts of an article: each says no more than it means."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags
from psycopg.types.range import Range

from models_catalog.catalog import home, sources
from models_catalog.claims.settle import settle
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field
from tests.factories import make_claim, make_entry, make_figure, make_omission, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture
def grown() -> Entry:
    """M6, of which one sentence says that it grew from 万亿 to 10万亿."""
    made = make_entry("M6", slug="m6", parameters="10万亿")
    before: dict[str, Any] = {"words": "万亿", "number": "[1000000000000,10000000000000)"}
    make_claim(made, Field.PARAMETERS, preferred=False, is_earlier=True, **before)
    settle([made])
    return made


def test_comparison_says_of_an_earlier_size_that_it_is(client: Client, grown: Entry) -> None:
    make_entry("文心一言", slug="wenxin-yiyan", parameters="2600亿")
    page = client.get("/en/compare/?model=m6&model=wenxin-yiyan").content.decode()
    assert "earlier · order of magnitude only" in page


def test_drawing_of_sizes_leaves_the_earlier_out(client: Client, grown: Entry) -> None:
    make_entry("文心一言", slug="wenxin-yiyan", parameters="2600亿")
    drawing = client.get("/en/compare/?model=m6&model=wenxin-yiyan").content.decode().split("<figure")[1]
    assert ("10T <" in drawing, "1T–10T" in drawing) == (True, False)


def test_home_leads_with_a_size_that_needs_no_history(grown: Entry) -> None:
    plain = make_entry("文心一言", slug="wenxin-yiyan", parameters="2600亿")
    for entry in (grown, plain):
        entry.claims.filter(field=Field.PARAMETERS).update(quotation="参数规模2600亿", stated="2600亿")
    led = home.specimen()
    assert led is not None
    assert led.entry == plain


def test_counts_of_an_article_do_not_multiply_each_other(grown: Entry) -> None:
    source = make_source()
    for _number in range(3):
        make_omission(source=source)
    row = sources.sources().get(pk=source.pk)
    counted = (row.entry_count, row.claim_count, row.figure_count, row.omission_count)  # type: ignore[attr-defined]
    assert counted == (1, grown.claims.filter(source=source).count(), 0, 3)
    assert len(sources.sources().query.alias_map) <= 1, "a table is joined to the articles"


def test_what_was_left_out_is_glossed_for_readers_of_english(client: Client) -> None:
    make_omission("百川智能", gloss_en="Baichuan Intelligence")
    assert "Baichuan Intelligence" in client.get("/en/models/?q=百川").content.decode()


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [("years", 1, "1 year"), ("years", 3, "3 years"), ("usd", 700000, "700,000 US dollars")],
)
def test_a_market_figure_has_its_unit_and_thousands(
    client: Client, unit: str, value: int, shown: str
) -> None:
    make_figure(unit=unit, value=Range(value, value, "[]"))
    page = unescape(strip_tags(client.get("/en/market/").content.decode())).replace("\xa0", " ")
    assert re.search(rf"(?<!\d){shown}(?!s)", page)
