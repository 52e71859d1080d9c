"""How values relate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.compare.verdicts import ComparisonVerdict, Possible, between, relation, verdict
from models_catalog.text.quantities import Interval, parse_quantity

SAME, DIFFERS, MAY_BE_EQUAL, NOT_COMPARABLE = ComparisonVerdict


def sizes(*words: str) -> Possible:
    return [parse_quantity(word) for word in words]


def words(*values: str) -> Possible:
    return [frozenset(value.split()) for value in values]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2600亿", "2600亿", SAME),
        ("2600亿", "260B", SAME),
        ("2600亿", "2601亿", DIFFERS),
        ("千亿级", "1200亿", MAY_BE_EQUAL),
        ("千亿级", "千亿", MAY_BE_EQUAL),
        ("千亿级", "1万亿", DIFFERS),
        ("千亿级", "999亿", DIFFERS),
        ("几百亿", "千亿级", DIFFERS),
        ("几百亿", "百亿级", MAY_BE_EQUAL),
        ("几百亿", "100亿", DIFFERS),
        ("超10亿", "2600亿", MAY_BE_EQUAL),
        ("超10亿", "10亿", MAY_BE_EQUAL),
        ("超10亿", "9亿", DIFFERS),
        ("不到10亿", "超10亿", DIFFERS),
        ("不超过10亿", "超10亿", MAY_BE_EQUAL),
        ("超10亿", "超100亿", MAY_BE_EQUAL),
    ],
)
def test_relation_of_sizes(one: str, other: str, expected: ComparisonVerdict) -> None:
    left, right = parse_quantity(one), parse_quantity(other)
    assert (relation(left, right), relation(right, left)) == (expected, expected)


def test_relation_of_intervals_open_everywhere() -> None:
    assert relation(Interval(None, None), Interval(1, 1)) == MAY_BE_EQUAL


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (words("finance legal"), words("legal finance"), SAME),
        (words("finance"), words("finance legal"), DIFFERS),
        (words("open"), words("open", "closed"), MAY_BE_EQUAL),
        (sizes("62亿", "60亿"), sizes("60亿"), MAY_BE_EQUAL),
        (sizes("62亿", "60亿"), sizes("62亿", "60亿"), MAY_BE_EQUAL),
        (sizes("62亿", "60亿"), sizes("2600亿"), DIFFERS),
        (sizes("62亿"), [], NOT_COMPARABLE),
        ([], [], NOT_COMPARABLE),
    ],
)
def test_between_leaves_disputes_open(one: Possible, other: Possible, expected: ComparisonVerdict) -> None:
    assert (between(one, other), between(other, one)) == (expected, expected)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([sizes("2600亿"), sizes("2600亿"), sizes("2600亿")], SAME),
        ([sizes("2600亿"), sizes("2600亿"), []], SAME),
        ([sizes("2600亿"), sizes("千亿级"), []], MAY_BE_EQUAL),
        ([sizes("2600亿"), sizes("千亿级"), sizes("62亿")], DIFFERS),
        ([sizes("1200亿"), sizes("1300亿"), sizes("千亿级")], DIFFERS),
        ([sizes("2600亿"), [], []], NOT_COMPARABLE),
        ([[], []], NOT_COMPARABLE),
    ],
)
def test_verdict_of_a_row_leaves_the_unknown_out(row: list[Possible], expected: ComparisonVerdict) -> None:
    assert verdict(row) == expected


ends = st.one_of(st.none(), st.integers(1, 20))
intervals = st.builds(Interval, ends, ends).filter(
    lambda i: i.low is None or i.high is None or i.low <= i.high
)


@given(intervals, intervals)
def test_relation_is_what_the_numbers_in_both_say(one: Interval, other: Interval) -> None:
    def holds(size: Interval, number: int) -> bool:
        return (size.low or number) <= number <= (size.high or number)

    shared = {number for number in range(23) if holds(one, number) and holds(other, number)}
    alone = one == other and one.low == one.high and one.low is not None
    assert relation(one, other) == (DIFFERS if not shared else SAME if alone else MAY_BE_EQUAL)
