"""Whatever somebody pastes: no error, quotations that stand where they are said to, and no long wait."""

from itertools import count
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_catalog.intake.articles.findings import find, read_within
from models_catalog.intake.articles.text import read_article
from models_catalog.text.repair import repair
from tests.ingest.article_samples import PUBLISHED, findings, small_lexicon

PARTS = (
    "文心一言", "盘古", "盤古", "商量", "ChatGLM-6B", "GPT-4", "百度", "华为的", "发布了", "将在", "开源", "内测", "宣布", "10月", "3月16日", "同年",
    "2021年", "今年", "2600亿参数", "千亿级", "超10亿", "6B", "大模型", "模型", "“青鸾”", "“", "”", "(huá)", "8 s7 t) T  C1 E6 ", "???", "面向金融领域",
    "这些", "闭源大模型", "。", ",", "、", "\n", "\r", "\t", "\ufeff", "\u200b", "𠮷", "é", "\u202e", " ",
)  # fmt: skip


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=40).map("".join).filter(str.strip))
def test_any_order_of_words_can_be_read(text: str) -> None:
    article = read_article(f"文{text}".encode())
    for one in find(article, small_lexicon(), PUBLISHED):
        raw = article.lines[one.line - 1].raw[one.start : one.end]
        assert repair(raw).text == one.quotation
        assert (len(one.quotation) <= 24, one.stated in one.quotation, one.stated != "") == (True, True, True)


@settings(max_examples=100)
@given(st.text(min_size=1, max_size=300).filter(lambda text: "\0" not in text))
def test_any_text_can_be_read(text: str) -> None:
    content = f"文心一言{text}".encode("utf-8", "replace")
    assert findings(content.decode())


@pytest.mark.parametrize(
    "line",
    [
        "发布“文心一言”",
        "发布了",
        "通用",
        "大模型",
        "“",
        "10亿参数",
        "4月1日",
        "百度的",
        "A-",
        "(huá)",
        "! a",
        "1",
        "这些",
        "百度、",
    ],
)
def test_a_line_of_one_word_four_times_as_long_takes_no_sixteen_times(line: str) -> None:
    short, long = (min(cost(line * (chars // len(line))) for _try in range(2)) for chars in (4_750, 19_000))
    assert long < 9 * max(short, 0.1)


def cost(line: str) -> float:
    """Seconds of the processor for reading a text of two such lines."""
    begun = process_time()
    findings(f"{line}\n{line}")
    return process_time() - begun


def test_of_one_line_no_more_is_read_than_is_wanted() -> None:
    article = read_article("，".join(f"“青{chr(0x4E00 + n)}鸾”大模型发布" for n in range(50)).encode())
    assert len(find(article, small_lexicon(), PUBLISHED, most=2)) == 3


@pytest.mark.parametrize("verbs", ["发布" * 50, "发布。" * 50])
def test_time_ends_within_a_passage(verbs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = count()
    monkeypatch.setattr("models_catalog.intake.articles.findings.thread_time", lambda: next(seconds))
    article = read_article(f"{verbs}。百度发布文心一言。".encode())
    read = [read_within(article, small_lexicon(), PUBLISHED, None, limit) for limit in (30, 1_000)]
    assert [(len(one.findings) > 0, one.cut_in) for one in read] == [(False, 1), (True, 0)]
