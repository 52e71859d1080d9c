"""Names in a spun article are read as what they stood for; the words that are quoted stay the article's."""

import pytest

from models_catalog.intake.articles.finding import Doubt, Finding
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.text import read_article
from models_catalog.models.vocabulary import Basis, Field
from models_catalog.text.names import fold
from models_catalog.text.repair import Dirt, repair
from models_catalog.text.spun import read_names
from tests.ingest.article_samples import findings, small_lexicon

SPUN = "家养智能的大模子是天生式的。\n"
"""What tells that an article was spun."""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("墨客·浦语", "书生·浦语"), ("baidu的墨客", "百度的书生"), ("上海AI试验室", "上海AI实验室"),
        # Near misses: an address, a longer word, words that are no names.
        ("www.baidu.com", "www.baidu.com"), ("baidupan", "baidupan"), ("家养智能大模子", "家养智能大模子"),
    ],
)  # fmt: skip
def test_names_are_read_and_led_back(text: str, read: str) -> None:
    found = read_names(text)
    assert found.text == read
    assert found.span_before(0, len(read)) == (0, len(text))
    assert [text[one.start : one.end] for one in found.replacements] == [
        one.before for one in found.replacements
    ]


def test_each_place_after_a_replacement_is_led_back() -> None:
    found = read_names("在baidu和墨客之后")
    spans = [found.span_before(place, place + 1) for place in range(len(found.text))]
    assert spans == [(0, 1), (1, 6), (1, 6), (6, 7), (7, 9), (7, 9), (9, 10), (10, 11)]


def with_shusheng() -> Lexicon:
    known = small_lexicon()
    return Lexicon(
        known.entries | {fold("书生"): known.entries[fold("盘古")]}, known.developers, known.sectors
    )


def names(text: str, lexicon: Lexicon | None = None) -> list[Finding]:
    return [one for one in findings(text, lexicon) if one.field == Field.NAME]


def test_a_known_spun_name_names_the_model_and_quotes_the_words() -> None:
    (one,) = names(SPUN + "创(chuàng)业大会上,baidu宣告了大模子“墨客”。", with_shusheng())
    assert (one.mention and one.mention.label, one.quotation, one.stated) == ("盘古", "墨客", "墨客")
    assert (one.basis, one.doubt, "书生" in one.reason_zh, "书生" in one.reason_en) == (
        Basis.INFERRED, None, True, True,
    )  # fmt: skip


def test_a_spun_name_that_no_entry_has_stays_a_question() -> None:
    (one,) = names(SPUN + "baidu宣告了大模子“墨客”。")
    assert (one.value["text"], one.stated, one.doubt) == ("书生", "墨客", Doubt.SPUN)


def test_a_spun_maker_is_the_developer() -> None:
    found = findings(SPUN + "baidu宣告了大模子“墨客”。")
    made = [(one.value["label"], one.stated, one.basis) for one in found if one.field == Field.DEVELOPER]
    assert made == [("百度", "baidu", Basis.INFERRED)]


def test_elsewhere_the_words_mean_what_they_say() -> None:
    (one,) = names("百度发布了大模型“墨客”。", with_shusheng())
    assert (one.value["text"], one.basis) == ("墨客", Basis.STATED)


def test_spun_names_are_counted_and_stand_where_they_were() -> None:
    article = read_article((SPUN + "創(chuàng)業(yè),baidu宣告了大模子“墨客”。").encode())
    spun = [one for one in article.lines[1].repairs if one.kind == Dirt.SPUN]
    assert (article.repairs[Dirt.SPUN], article.repairs[Dirt.PINYIN]) == (2, 2)
    assert [(article.lines[1].raw[one.start : one.end], one.after) for one in spun] == [
        ("baidu", "百度"), ("墨客", "书生"),
    ]  # fmt: skip


def test_quotations_of_a_spun_article_stand_in_the_raw_text() -> None:
    text = SPUN + "創(chuàng)業(yè),baidu 于3月5日宣告了2600亿参数的大模子“墨客”,baidu称面向金融。"
    raw = read_article(text.encode()).lines[1].raw
    found = [one for one in findings(text, with_shusheng()) if one.line == 2]
    assert {one.field for one in found} >= {Field.NAME, Field.DEVELOPER, Field.PARAMETERS}
    assert [repair(raw[one.start : one.end]).text for one in found] == [one.quotation for one in found]
