"""What single cells state: sizes, days, openness, nothing; each as precise as it is written, and never more."""

from typing import Any

import pytest

from models_catalog.intake.tables.dates import days_in_cell
from models_catalog.intake.tables.rows import unit_of
from models_catalog.intake.tables.sizes import length_in_cell, size_in_cell
from models_catalog.intake.tables.tokens import openness_of
from models_catalog.intake.tables.words import is_note, is_sum, is_undisclosed, names_in, says_nothing
from models_catalog.intake.values import NotStated
from models_catalog.models.ranges import days_of, interval_of

B = 10**9


def size(words: str, unit: int | None = None) -> Any:
    try:
        found = interval_of(size_in_cell(words, unit))
    except NotStated:
        return None
    return found.low, found.high


def days(words: str) -> str:
    try:
        found = days_of(days_in_cell(words, None))
    except NotStated:
        return ""
    return f"{found.first}/{found.last}"


@pytest.mark.parametrize(
    ("words", "unit", "low", "high"),
    [
        ("6B,130B", None, 6 * B, 130 * B), ("from 7B to 13B", None, 7 * B, 13 * B), ("7B²", None, 7 * B, 7 * B),
        ("46.7B (8x7B)", None, 46_700_000_000, 46_700_000_000), ("total 671B, active 37B", None, 671 * B, 671 * B),
        ("671B MoE", None, 671 * B, 671 * B), ("70亿（7B）", None, 7 * B, 7 * B), ("7B\u202813B", None, 7 * B, 13 * B),
        ("base: 7B, large: 13B", None, 7 * B, 13 * B), ("约70", 10**8, 6_300_000_000, 7_700_000_000),
        ("3\u202820", B, 3 * B, 20 * B), ("7, 13", B, 7 * B, 13 * B), ("1000+", 10**8, 100 * B, None), ("7/13/70", B, 7 * B, 70 * B), ("7亿\n2000亿", None, 7 * 10**8, 200 * B), ("70亿", B, 7 * B, 7 * B),
    ],
)  # fmt: skip
def test_a_size_is_read(words: str, unit: int | None, low: int, high: int | None) -> None:
    assert size(words, unit) == (low, high)


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("16x17B", None), ("7B?", None), ("7B（估计）", None), ("10亿 Token", None), ("4000万美元", None), ("999999", None),
        ("7B (13B)", None), ("7000000000", B), ("-7B", None), ("21B active", None), ("千", 10**8), ("", None), (f"7B{'*' * 70}x", None),
        ("350,5", 10**6), ("7,5B", None), (str(2**63 - 1), None), ("9223372036854.775807M", None), ("9223372036854775807", 1000),
        ("7\n2023", B), ("7B\u20282024", B),
    ],
)  # fmt: skip
def test_what_states_no_size_stays_out(words: str, unit: int | None) -> None:
    assert size(words, unit) is None


@pytest.mark.parametrize(
    ("words", "heading", "total"),
    [
        ("309B / 15B", "Params (total / active)", 309), ("37B/671B", "激活/总参数", 671), ("70B", "激活/总参数", 70),
        ("37B / 671B", "Active/Total Params", 671), ("671B\u202837B", "Params (total / active)", 671), ("671B、37B", "总参数、激活参数（B）", 671),
        ("671B, 37B", "Params (total / active)", 671), ("671b 37b", "Params (total / active)", 671), ("671B-37B", "总参数、激活参数（B）", 671),
        ("37B／671B", "激活/总参数", 671), ("total 671B, active 37B", "激活/总参数", 671), ("236B-A21B", "激活/总参数", 236),
    ],
)  # fmt: skip
def test_of_two_sizes_the_heading_says_which_is_the_total(words: str, heading: str, total: int) -> None:
    found = interval_of(size_in_cell(words, None, heading))
    assert (found.low, found.high) == (total * B, total * B)


@pytest.mark.parametrize("words", ["671、37、7", "37/671", "7,5-13", "671,37", "7B-72B", "671+/37+"])
def test_a_total_that_is_not_the_greater_of_two_sizes_is_asked_for(words: str) -> None:
    with pytest.raises(NotStated):
        size_in_cell(words, B, "Params (total / active)")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2Q23", "2023-04-01", "2023-06-30"), ("mid-2023", "2023-05-01", "2023-08-31"), ("07/2023", "2023-07-01", "2023-07-31"),
        ("Thursday, July 6, 2023", "2023-07-06", "2023-07-06"), ("2023. 7. 6", "2023-07-06", "2023-07-06"),
        ("2023上半年", "2023-01-01", "2023-06-30"), ("2023-2024", "2023-01-01", "2024-12-31"),
        ("发布于2023年7月", "2023-07-01", "2023-07-31"), ("6/6/2023", "2023-06-06", "2023-06-06"),
    ],
)  # fmt: skip
def test_a_day_is_read(words: str, first: str, last: str) -> None:
    assert days(words) == f"{first}/{last}"


@pytest.mark.parametrize(
    "words",
    ["2023年7月（内测）", "3/16/23", "2023.1", "2022/2023", "2023-00", "31 June 2023", "约2023年7月", "Expected Q4 2024", "99999", "2023年7月发布，8月开源"],
)  # fmt: skip
def test_what_states_no_day_of_a_release_stays_out(words: str) -> None:
    assert days(words) == ""


@pytest.mark.parametrize(
    ("words", "heading", "means"),
    [
        ("开源、可商用", "开源情况", "open"), ("開放原始碼", "", "open"), ("是", "是否闭源", "closed"), ("1.0", "是否开源", "open"),
        ("不对外开源", "", "closed"), ("是（部分）", "是否开源", None), ("开源/闭源", "", None), ("是", "是否可商用", None),
        ("√", "开源/闭源", None), ("闭", "开闭源", "closed"), ("开", "备注", None), ("closed (API only)", "", "closed"), ("open (API only)", "", None),
        ("是（仅API）", "是否开源", None), ("✅ (API only)", "Open?", None), ("开（仅API）", "开源/闭源", None), ("否（仅API）", "是否开源", "closed"),
        ("1.0 闭源", "是否开源", None), ("1.0 开源，2.0 闭源", "开源情况", None), ("✅ 闭源", "是否开源", None), ("✅ API", "开源情况", None),
        ("√ 论文", "是否开源", None), ("1 个", "开源情况", None), ("1 年内开源", "是否开源", None), ("0 元", "是否开源", None),
        ("✅ MIT", "开源", "open"), ("是 Apache 2.0", "是否开源", "open"), ("✅ 部分", "开源", None), ("是 商用需授权", "是否开源", None), ("即将开源", "是否开源", None), ("API access", "Model accessibility", None),
    ],
)  # fmt: skip
def test_openness_is_what_the_cell_says_under_its_heading(
    words: str, heading: str, means: str | None
) -> None:
    assert openness_of(words, heading) == means


@pytest.mark.parametrize(
    "words", ["N/A.", "（未知）", "未知（待查）", "[]", "———", "#REF!", "#####", "<NA>", "待公布", "无。"]
)
def test_a_placeholder_says_nothing(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["无界", "0", "否", "N", "暂存", "nano", "未央（测试）", "TBDS"])
def test_what_only_begins_like_a_placeholder_says_something(words: str) -> None:
    assert not says_nothing(words)


def test_that_nothing_is_told_is_an_answer() -> None:
    assert all(map(is_undisclosed, ["未公开", "官方未公布", "暂未披露参数", "Not disclosed", "保密"]))
    assert not any(map(is_undisclosed, ["公开", "未知", "不公开道歉"]))


def test_sums_and_notes_are_no_models() -> None:
    assert all(
        is_sum(words, words, first_is_name=True)
        for words in ["总 计", "合计：2个", "共12个", "Grand Total", "中位数"]
    )
    assert all(
        is_note(words, 1)
        for words in ["注1：略", "*数据来自官网", "（注）略", "截至2023年8月", "Source: reports"]
    )
    assert not any(
        is_sum(words, words, first_is_name=True) for words in ["总线通", "合一", "Totalis", "Summit"]
    )
    assert not any(is_note(words, 2) for words in ["注意力一号", "数据堂", "来源科技", "Notes"])


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("参数量 亿", 10**8), ("亿参数", 10**8), ("参数量，亿", 10**8), ("params_b", B), ("Parameters, billions", B), ("规模（百万）", 10**6), ("參數量（億）", 10**8),
        ("参数（B/亿）", None), ("Size", None), ("参数量（个）", None),
    ],
)  # fmt: skip
def test_the_unit_of_a_heading_is_read(heading: str, unit: int | None) -> None:
    assert unit_of(heading) == unit


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("松涛/竹影", 2),
        ("松涛\n竹影", 2),
        ("松涛\n大模型", 1),
        ("TCP/IP", 1),
        ("[Tern-XL\u2028Tern-XXL](a)", 2),
        ("Tern/Tern-7B", 1),
        ("Tern/Tern-1.5B-Chat", 1),
        ("ChatGLM/ChatGLM2", 2),
        ("Tern/Tern-1.5", 2),
        ("Tern-7B/Tern-13B", 2),
        ("Read, Think and Answer", 1),
        ("松涛，竹影", 2),
    ],
)
def test_names_in_one_cell_are_counted(cell: str, number: int) -> None:
    assert len(names_in(cell)) == number


@pytest.mark.parametrize("words", ["1.2.3", "2023.05.01", "９.９.９", "1." * 50, ".", "8", "1" * 500])
def test_what_states_no_context_length_is_told(words: str) -> None:
    with pytest.raises(NotStated):
        length_in_cell(words)


@pytest.mark.parametrize("words", ["32768", "32768²", "32768.0", "32768[2]"])
def test_a_footnote_is_no_digit_of_a_context_length(words: str) -> None:
    found = interval_of(length_in_cell(words))
    assert (found.low, found.high) == (32768, 32768)
