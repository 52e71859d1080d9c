"""Sizes in words: what is one, what it says, and what looks like one and is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_catalog.text.numerals import MAX_NUMBER
from models_catalog.text.quantities import (
    Interval,
    NotAQuantity,
    find_quantities,
    format_quantity,
    format_quantity_in_full,
    parse_bound,
    parse_quantity,
)

YI = 10**8
WANYI = 10**12

EXACT = [
    ("2600亿", 2600 * YI),
    ("２６００亿", 2600 * YI),
    ("62 亿", 62 * YI),
    ("62\u00a0亿", 62 * YI),
    ("62億", 62 * YI),
    ("六十二亿", 62 * YI),
    ("两千亿", 2000 * YI),
    ("兩千億", 2000 * YI),
    ("一千三百零五亿", 1305 * YI),
    ("一百亿", 100 * YI),
    ("一点二万亿", 12 * WANYI // 10),
    ("1.2万亿", 12 * WANYI // 10),
    ("10万亿", 10 * WANYI),
    ("10萬億", 10 * WANYI),
    ("5千亿", 5000 * YI),
    ("1,750亿", 1750 * YI),
    ("1亿7500万", 175_000_000),
    ("3500万", 35_000_000),
    ("6B", 6 * 10**9),
    ("6b", 6 * 10**9),
    ("１３０Ｂ", 130 * 10**9),
    ("1.5B", 15 * YI),
    ("350M", 350 * 10**6),
    ("1.3T", 13 * 10**11),
    ("260 billion parameters", 260 * 10**9),
    ("270亿参数", 270 * YI),
    ("參數規模達到了1200億", 1200 * YI),
    ("参数规模为2600亿", 2600 * YI),
    ("100亿规模", 100 * YI),
]

INTERVALS = [
    ("千亿级", 10**11, 10**12 - 1),
    ("千亿", 10**11, 10**12 - 1),
    ("千億參數", 10**11, 10**12 - 1),
    ("百亿级别", 10**10, 10**11 - 1),
    ("十亿级", 10**9, 10**10 - 1),
    ("亿级参数规模", 10**8, 10**9 - 1),
    ("一亿级", 10**8, 10**9 - 1),
    ("100亿级", 10**10, 10**11 - 1),
    ("万亿", 10**12, 10**13 - 1),
    ("几百亿", 2 * 10**10, 10**11 - 1),
    ("几百亿规模", 2 * 10**10, 10**11 - 1),
    ("數十億", 2 * 10**9, 10**10 - 1),
    ("十几亿", 11 * YI, 20 * YI - 1),
    ("3000多亿", 3000 * YI, 4000 * YI - 1),
    ("二十余亿", 20 * YI, 30 * YI - 1),
    ("3亿多", 3 * YI, 4 * YI - 1),
    ("超10亿", 10 * YI, None),
    ("10亿以上", 10 * YI, None),
    ("10億參數規模以上", 10 * YI, None),
    ("超过千亿", 10**11, None),
    ("百亿以上", 10**10, None),
    ("上千亿", 10**11, None),
    ("100B+", 10**11, None),
    ("over 100B", 10**11, None),
    ("不到百亿", None, 10**10 - 1),
    ("百亿以下", None, 10**10),
    ("不超过130亿", None, 130 * YI),
    ("近百亿", 8 * 10**9, 10**10 - 1),
    ("约300亿", 270 * YI, 330 * YI),
    ("300亿左右", 270 * YI, 330 * YI),
    ("60亿级", 54 * YI, 66 * YI),
    ("10亿至100亿", 10 * YI, 100 * YI),
    ("10-100亿", 10 * YI, 100 * YI),
    ("7B-13B", 7 * 10**9, 13 * 10**9),
    ("7～13B", 7 * 10**9, 13 * 10**9),
    ("百亿到千亿", 10**10, 10**12 - 1),
]

NEAR_MISSES = [
    "",
    "亿元",
    "1TB",
    "1TB+训练数据",
    "2.7万",
    "2.7万块",
    "62亿元",
    "5000万美元",
    "1.2万亿tokens",
    "12亿用户",
    "3000多亿个英文单词",
    "GPT-4",
    "3.5",
    "2023",
    "2600",
    "M6",
    "8K",
    "30%",
    "web",
    "b",
    "0亿",
    "两百五亿",
    "一二亿",
    "100亿至10亿",
    "超10亿至100亿",
    "近10亿以上",
    "2600亿和62亿",
    "1.23456789123亿",
    "99999999999亿",
    "9" * 30 + "亿",
    "2600亿" + " " * 40,
    "参数",
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_parse_quantity_reads_a_number(text: str, value: int) -> None:
    assert parse_quantity(text) == Interval(value, value)


@pytest.mark.parametrize(("text", "low", "high"), INTERVALS)
def test_parse_quantity_reads_an_interval(text: str, low: int | None, high: int | None) -> None:
    assert parse_quantity(text) == Interval(low, high)


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_parse_quantity_refuses_what_is_no_size(text: str) -> None:
    with pytest.raises(NotAQuantity):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("参数规模为2600亿。", ["2600亿"]),
        ("基于超10亿参数的图像模型", ["超10亿"]),
        ("参数规模从万亿跃迁至10万亿,", ["万亿", "10万亿"]),
        ("开源了60亿参数的ChatGLM-6B模型", ["60亿", "6B"]),
        ("小米的MiLM-6B等等", ["6B"]),
        ("相较于千亿级的ChatGPT", ["千亿级"]),
        ("初具功能的千亿中英语言模型", ["千亿"]),
        ("参数规模可达到百亿甚至千亿。", ["百亿", "千亿"]),
        ("百亿规模以上的大模型", ["百亿规模以上"]),
        ("270亿参数、1TB+训练数据的中文模型", ["270亿"]),
        ("模型参数超1000亿", ["超1000亿"]),
        ("参数2600亿", ["2600亿"]),
        ("a 130B parameter model", ["130B"]),
        ("Qwen-1.8B,7B,14B,72B", ["1.8B", "7B", "14B", "72B"]),
        ("2600亿", ["2600亿"]),
    ],
)
def test_find_quantities_finds_sizes(text: str, words: list[str]) -> None:
    assert [found.text for found in find_quantities(text)] == words


@pytest.mark.parametrize(
    "text",
    [
        "对千亿级标记的编码技术",
        "学习了3000多亿个英文单词",
        "超过12亿的微信用户同时访问",
        "日活数十亿搜索引擎",
        "存在千亿美元市值的企业",
        "3 亿至 20 亿美元之间",
        "市值来到了1185 亿元",
        "共使用了4000万量产车驾驶数据",
        "拥有2.7万块GPU芯片卡",
        "面向To B端和2B端的市场",
        "投资百亿打造大模型",
        "模型数据1TB",
        "web6b",
        "M6和GPT-4,8K,30%",
        "融资$6B",
    ],
)
def test_find_quantities_leaves_other_numbers(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("low", "high", "chinese", "english"),
    [
        (2600 * YI, 2600 * YI, "2600亿", "260B"),
        (62 * YI, 62 * YI, "62亿", "6.2B"),
        (10 * WANYI, 10 * WANYI, "10万亿", "10T"),
        (12 * 10**11, 12 * 10**11, "1.2万亿", "1.2T"),
        (35_000_000, 35_000_000, "3500万", "35M"),
        (6_173_458_432, 6_173_458_432, "61.73458432亿", "6.173458432B"),
        (0, 0, "0", "0"),
        (10**11, 10**12 - 1, "1000亿–1万亿", "100B–1T"),
        (2 * 10**10, 10**11 - 1, "200亿–1000亿", "20B–100B"),
        (10**9, 10**10 - 1, "10亿–100亿", "1B–10B"),
        (10**12, 10**13 - 1, "1万亿–10万亿", "1T–10T"),
        (270 * YI, 330 * YI, "270亿–330亿", "27B–33B"),
        (10 * YI, None, "≥10亿", "≥1B"),
        (None, 100 * YI, "≤100亿", "≤10B"),
        (None, 10**10 - 1, "<100亿", "<10B"),
        (None, None, "", ""),
    ],
)
def test_format_quantity_writes_for_both_readers(
    low: int | None, high: int | None, chinese: str, english: str
) -> None:
    interval = Interval(low, high)
    assert (format_quantity(interval, "zh-hans"), format_quantity(interval, "en")) == (chinese, english)


@pytest.mark.parametrize(
    ("low", "high", "chinese", "english"),
    [
        (10**11, 10**12 - 1, "1000亿至1万亿（不含1万亿）", "100B to less than 1T"),
        (10**11, 10**12, "1000亿–1万亿", "100B–1T"),
        (2600 * YI, 2600 * YI, "2600亿", "260B"),
        (10 * YI, None, "≥10亿", "≥1B"),
    ],
)
def test_format_quantity_in_full_says_that_the_end_is_not_included(
    low: int, high: int | None, chinese: str, english: str
) -> None:
    interval = Interval(low, high)
    told = format_quantity_in_full(interval, "zh-hans"), format_quantity_in_full(interval, "en")
    assert told == (chinese, english)


@given(st.integers(0, MAX_NUMBER))
def test_a_written_number_reads_back(value: int) -> None:
    for language in ("zh-hans", "en"):
        assert parse_bound(format_quantity(Interval(value, value), language)) == value


_PIECES = st.sampled_from(
    [*"超近约上几数十百千万亿億级至-BTM6两零点多+元。 ", "不到", "以上", "参数", "规模", "62", "1.2", "2,600"]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=12).map("".join)))
def test_no_text_breaks_the_sizes(text: str) -> None:
    for found in find_quantities(text):
        assert text[found.start : found.end] == found.text
        assert parse_quantity(found.text) == found.interval
    try:
        interval = parse_quantity(text)
    except NotAQuantity:
        return
    assert format_quantity(interval, "zh-hans")
    low, high = interval.low or 0, interval.high or MAX_NUMBER
    assert 0 <= low <= high <= MAX_NUMBER


@pytest.mark.parametrize(
    "text", ["9" * 5000 + "亿参数", "9" * 5000 + "B", "一" * 50_000 + "亿", "超" * 50_000, "1," * 50_000]
)
def test_find_quantities_is_not_impressed_by_length(text: str) -> None:
    assert find_quantities(text) == []
