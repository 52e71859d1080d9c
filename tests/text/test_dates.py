"""Dates in words: relative to the article, to the date before, and for filters and readers."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.dates import Days, NotADate, find_days, format_days, parse_day_bound, parse_days

APRIL = Days(date(2023, 4, 24), date(2023, 4, 24))
SUMMER = Days(date(2023, 7, 1), date(2023, 8, 31))
BEFORE = Days(date(2021, 11, 8), date(2021, 11, 8))


def days(first: str, last: str = "") -> Days:
    return Days(date.fromisoformat(first), date.fromisoformat(last or first))


ALONE = [
    ("3月16日", days("2023-03-16")),
    ("３月１６日", days("2023-03-16")),
    ("4 月 10 日", days("2023-04-10")),
    ("4月10號", days("2023-04-10")),
    ("4月25日", days("2022-04-25")),
    ("2月20日深夜", days("2023-02-20")),
    ("4月11日盘后", days("2023-04-11")),
    ("2023年2月20日", days("2023-02-20")),
    ("十二月三十一日", days("2022-12-31")),
    ("二〇二三年四月十六日", days("2023-04-16")),
    ("2月29日", days("2020-02-29")),
    ("2022年9月", days("2022-09-01", "2022-09-30")),
    ("2024年2月", days("2024-02-01", "2024-02-29")),
    ("4月", days("2023-04-01", "2023-04-30")),
    ("6月", days("2022-06-01", "2022-06-30")),
    ("7月份", days("2022-07-01", "2022-07-31")),
    ("今年6月", days("2023-06-01", "2023-06-30")),
    ("2021年", days("2021-01-01", "2021-12-31")),
    ("今年", days("2023-01-01", "2023-12-31")),
    ("去年", days("2022-01-01", "2022-12-31")),
    ("5月末", days("2022-05-21", "2022-05-31")),
    ("5月尾", days("2022-05-21", "2022-05-31")),
    ("2月底", days("2023-02-21", "2023-02-28")),
    ("月初", days("2023-04-01", "2023-04-10")),
    ("4月上旬", days("2023-04-01", "2023-04-10")),
    ("4月中旬", days("2023-04-11", "2023-04-20")),
    ("2023 年 1-2 月", days("2023-01-01", "2023-02-28")),
    ("2023年H1", days("2023-01-01", "2023-06-30")),
    ("2023年上半年", days("2023-01-01", "2023-06-30")),
    ("上半年", days("2023-01-01", "2023-06-30")),
    ("下半年", days("2022-07-01", "2022-12-31")),
    ("今年初", days("2023-01-01", "2023-03-31")),
    ("今年年底", days("2023-10-01", "2023-12-31")),
    ("今年春天", days("2023-03-01", "2023-05-31")),
    ("2022年冬季", days("2022-12-01", "2023-02-28")),
    ("2023年第一季度", days("2023-01-01", "2023-03-31")),
    ("2021-2023年", days("2021-01-01", "2023-12-31")),
    ("3月16日至20日", days("2023-03-16", "2023-03-20")),
    ("2022年12月至2023年2月", days("2022-12-01", "2023-02-28")),
    ("12月28日至1月3日", days("2022-12-28", "2023-01-03")),
    ("2023-4-25 23:28:56", days("2023-04-25")),
    ("本月", days("2023-04-01", "2023-04-30")),
    ("上个月", days("2023-03-01", "2023-03-31")),
]

AFTER_ANOTHER = [
    ("同年", days("2021-01-01", "2021-12-31")),
    ("同年12月", days("2021-12-01", "2021-12-31")),
    ("同月", days("2021-11-01", "2021-11-30")),
    ("16日", days("2021-11-16")),
    ("中旬", days("2021-11-11", "2021-11-20")),
    ("次日", days("2021-11-09")),
    ("六天后", days("2021-11-14")),
    ("四天之前", days("2021-11-04")),
    ("次年3月", days("2022-03-01", "2022-03-31")),
]

NEAR_MISSES = [
    "",
    "13月",
    "0月",
    "2月30日",
    "2023年2月29日",
    "4月31日",
    "32日",
    "16日",
    "同年",
    "同月",
    "三天后",
    "24查询",
    "3.5",
    "2023",
    "10年",
    "两个月",
    "3个月",
    "1949年",
    "2101年",
    "2023年13月",
    "1-13月",
    "3月16日和4月1日",
    "4月16日至4月1日的事",
    "去年同月",
    "近日",
    "3月16日" + " " * 40,
]


@pytest.mark.parametrize(("text", "expected"), ALONE)
def test_parse_days_places_a_date_by_the_article(text: str, expected: Days) -> None:
    assert parse_days(text, APRIL) == expected


@pytest.mark.parametrize(("text", "expected"), AFTER_ANOTHER)
def test_parse_days_places_a_date_by_the_one_before(text: str, expected: Days) -> None:
    assert parse_days(text, APRIL, BEFORE) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月6日", days("2023-05-06")),
        ("5月", days("2023-05-01", "2023-05-31")),
        ("4月", days("2023-04-01", "2023-04-30")),
        ("3月", days("2024-03-01", "2024-03-31")),
        ("年底", days("2023-10-01", "2023-12-31")),
        ("2023年3月", days("2023-03-01", "2023-03-31")),
    ],
)
def test_parse_days_places_a_plan_after_the_article(text: str, expected: Days) -> None:
    assert parse_days(text, APRIL, future=True) == expected


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_parse_days_refuses_what_is_no_date(text: str) -> None:
    with pytest.raises(NotADate):
        parse_days(text, APRIL)


def test_an_article_of_a_summer_places_its_months() -> None:
    assert parse_days("7月份", SUMMER) == days("2023-07-01", "2023-07-31")
    assert parse_days("9月", SUMMER) == days("2022-09-01", "2022-09-30")


def test_find_days_reads_each_date_with_the_one_before() -> None:
    found = find_days("2021年,M6达到10万亿。同年发布PLUG。", APRIL)
    assert [(item.text, item.days) for item in found] == [
        ("2021年", days("2021-01-01", "2021-12-31")),
        ("同年", days("2021-01-01", "2021-12-31")),
    ]


def test_find_days_takes_a_planned_date_as_future() -> None:
    found = find_days("4月21日,总裁表示,将在5月6日发布", APRIL)
    assert [item.days for item in found] == [days("2023-04-21"), days("2023-05-06")]


@pytest.mark.parametrize(
    "text",
    [
        "两个月间",
        "24 queries",
        "GPT-3.5",
        "2月30日",
        "13月",
        "粤ICP备18056059号",
        "第三日报",
        "2.7万块",
        "前半年",
    ],
)
def test_find_days_leaves_other_numbers(text: str) -> None:
    assert find_days(text, APRIL) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023", days("2023-01-01", "2023-12-31")),
        ("２０２３", days("2023-01-01", "2023-12-31")),
        ("2023年", days("2023-01-01", "2023-12-31")),
        ("2023-04", days("2023-04-01", "2023-04-30")),
        ("2023-4", days("2023-04-01", "2023-04-30")),
        ("2023年4月", days("2023-04-01", "2023-04-30")),
        ("2023-04-16", days("2023-04-16")),
        ("2023/4/16", days("2023-04-16")),
        (" 2023年4月16日 ", days("2023-04-16")),
    ],
)
def test_parse_day_bound_reads_what_people_type(text: str, expected: Days) -> None:
    assert parse_day_bound(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0",
        "0000",
        "1949",
        "2101",
        "99999",
        "2023-13",
        "2023-02-30",
        "4月",
        "2023-04-16T00:00",
        "今年",
        "20230416",
    ],
)
def test_parse_day_bound_refuses_the_rest(text: str) -> None:
    with pytest.raises(NotADate):
        parse_day_bound(text)


@pytest.mark.parametrize(
    ("interval", "chinese", "english"),
    [
        (days("2023-03-16"), "2023年3月16日", "16 March 2023"),
        (days("2023-06-01", "2023-06-30"), "2023年6月", "June 2023"),
        (days("2023-01-01", "2023-12-31"), "2023年", "2023"),
        (days("2023-04-11", "2023-04-20"), "2023年4月11日至20日", "11–20 April 2023"),
        (days("2023-01-01", "2023-04-11"), "2023年，不晚于4月11日", "2023, by 11 April"),
        (days("2023-01-01", "2023-06-30"), "2023年1月至6月", "January–June 2023"),
        (days("2023-03-16", "2023-04-01"), "2023年3月16日至4月1日", "16 March – 1 April 2023"),
        (days("2022-12-01", "2023-02-28"), "2022年12月至2023年2月", "December 2022 – February 2023"),
        (days("2021-01-01", "2023-12-31"), "2021年至2023年", "2021–2023"),
        (
            days("2022-12-28", "2023-01-03"),
            "2022年12月28日至2023年1月3日",
            "28 December 2022 – 3 January 2023",
        ),
    ],
)
def test_format_days_writes_for_both_readers(interval: Days, chinese: str, english: str) -> None:
    assert (format_days(interval, "zh-hans"), format_days(interval, "en")) == (chinese, english)


def test_days_refuse_to_run_backwards() -> None:
    with pytest.raises(NotADate):
        days("2023-04-02", "2023-04-01")


_PIECES = st.sampled_from(
    [
        *"0123456789年月日初末底旬春冬号H-至 .",
        "今年",
        "同年",
        "同月",
        "上半年",
        "2023",
        "三十",
        "天后",
        "将",
        "中旬",
        "次日",
    ]
)


@given(
    st.one_of(st.text(), st.lists(_PIECES, max_size=10).map("".join)),
    st.dates(),
    st.one_of(st.none(), st.dates()),
    st.booleans(),
)
def test_no_text_breaks_the_dates(text: str, published: date, previous: date | None, future: bool) -> None:
    context = Days(published, published)
    before = None if previous is None else Days(previous, previous)
    for found in find_days(text, context):
        assert text[found.start : found.end] == found.text
    with suppress(NotADate):
        interval = parse_days(text, context, before, future=future)
        assert format_days(interval, "zh-hans") != format_days(interval, "en")


@given(st.text(alphabet="0123456789-/年月日 x"))
def test_no_text_breaks_the_bounds(text: str) -> None:
    with suppress(NotADate):
        assert parse_day_bound(text).first.year == int(text.strip()[:4])
