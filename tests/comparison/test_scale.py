"""Where sizes stand on the shared scale."""

import pytest

from models_catalog.compare.figure import LogScale, ScaleMark, log_scale
from models_catalog.text.quantities import Interval, parse_quantity


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["2600亿"], LogScale(11, 12)),
        (["1000亿"], LogScale(11, 12)),
        (["62亿", "2600亿"], LogScale(9, 12)),
        (["千亿级"], LogScale(11, 12)),
        (["超10亿"], LogScale(9, 10)),
        (["超20亿"], LogScale(9, 11)),
        (["不到10亿"], LogScale(7, 9)),
    ],
)
def test_log_scale_holds_whole_decades(words: list[str], expected: LogScale) -> None:
    assert log_scale(parse_quantity(word) for word in words) == expected


@pytest.mark.parametrize("sizes", [[], [Interval(None, None)]])
def test_log_scale_of_nothing_is_none(sizes: list[Interval]) -> None:
    assert log_scale(sizes) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10亿", ScaleMark(4.0, 4.0)),
        ("1万亿", ScaleMark(96.0, 96.0)),
        ("千亿级", ScaleMark(65.33, 96.0)),
        ("超100亿", ScaleMark(34.67, 98.0, open_high=True)),
        ("不超过100亿", ScaleMark(2.0, 34.67, open_low=True)),
    ],
)
def test_mark_places_an_interval(words: str, expected: ScaleMark) -> None:
    assert LogScale(9, 12).mark(parse_quantity(words)) == expected


@pytest.mark.parametrize(
    ("scale", "powers"),
    [(LogScale(9, 12), [9, 10, 11, 12]), (LogScale(8, 14), [8, 10, 12, 14])],
)
def test_ticks_stay_few(scale: LogScale, powers: list[int]) -> None:
    assert [number for number, _ in scale.ticks] == [10**power for power in powers]
