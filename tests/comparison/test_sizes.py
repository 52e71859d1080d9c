"""Sizes in one unit, with words for how exact they are."""

import pytest

from models_catalog.compare.verdicts import Precision, in_unit, precision, shared_unit
from models_catalog.text.quantities import parse_quantity


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2600亿", Precision.EXACT),
        ("千亿", Precision.ORDER),
        ("百亿级", Precision.ORDER),
        ("几百亿", Precision.SEVERAL),
        ("数十亿", Precision.SEVERAL),
        ("超10亿", Precision.AT_LEAST),
        ("不到10亿", Precision.AT_MOST),
        ("10亿至100亿", Precision.RANGE),
        ("3000多亿", Precision.RANGE),
        ("约300亿", Precision.RANGE),
        ("近百亿", Precision.RANGE),
    ],
)
def test_precision_is_read_from_the_ends(words: str, expected: Precision) -> None:
    assert precision(parse_quantity(words)) == expected


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        ("2600亿", "2,600", "260"),
        ("62亿", "62", "6.2"),
        ("1.2万亿", "12,000", "1,200"),
        ("10万亿", "100,000", "10,000"),
        ("千亿级", "1,000–<10,000", "100–<1,000"),
        ("几百亿", "200–<1,000", "20–<100"),
        ("超10亿", "≥10", "≥1"),
        ("不到10亿", "<10", "<1"),
        ("不超过10亿", "≤10", "≤1"),
        ("10亿至100亿", "10–100", "1–10"),
        ("1.5亿", "1.5", "0.15"),
    ],
)
def test_in_unit_loses_nothing(words: str, chinese: str, english: str) -> None:
    size = parse_quantity(words)
    assert (in_unit(size, "亿"), in_unit(size, "B")) == (chinese, english)


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        (["2600亿", "3000万"], "zh-hans", "亿"),
        (["3000万"], "zh-hans", "万"),
        (["3000万"], "en", "M"),
        (["超1000万"], "en", "M"),
        (["62亿"], "en", "B"),
        ([], "en", "B"),
    ],
)
def test_shared_unit_fits_the_row(words: list[str], language: str, expected: str) -> None:
    assert shared_unit([parse_quantity(word) for word in words], language) == expected
