"""Sizes as readers type them into the filter."""

import pytest

from models_catalog.text.numerals import MAX_NUMBER
from models_catalog.text.quantities import NotAQuantity, parse_bound

YI = 10**8
WANYI = 10**12


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("2600000", 2_600_000),
        ("2,600,000", 2_600_000),
        ("100B", 10**11),
        (" 100b ", 10**11),
        ("1.5B", 15 * YI),
        ("1T", 10**12),
        ("1000亿", 10**11),
        ("1000億", 10**11),
        ("千亿", 10**11),
        ("１０亿", 10**9),
        (str(MAX_NUMBER), MAX_NUMBER),
    ],
)
def test_parse_bound_reads_what_people_type(text: str, value: int) -> None:
    assert parse_bound(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "abc",
        "1e9",
        "1.5",
        "100GB",
        "几百亿",
        "2,60",
        "NaN",
        "∞",
        "1\x00",
        str(MAX_NUMBER + 1),
        "9" * 5000,
    ],
)
def test_parse_bound_refuses_the_rest(text: str) -> None:
    with pytest.raises(NotAQuantity):
        parse_bound(text)
