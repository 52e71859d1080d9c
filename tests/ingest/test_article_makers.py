"""Who makes a model of a new name; known developers by any name, others as proposals."""

import pytest

from models_catalog.intake.articles.finding import Doubt
from models_catalog.models.vocabulary import Field
from tests.ingest.article_samples import findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("星河智能发布了大模型“玄鸟”。", [("星河智能", Doubt.MAKER)]),
        ("3月5日,星河智能推出玄鸟大模型。", [("星河智能", Doubt.MAKER)]),
        ("很好。面壁推出“玄鸟”大模型。", [("面壁", Doubt.MAKER)]),
        ("大模型“玄鸟”由XYZ Labs公司研发。", [("XYZ Labs公司", Doubt.MAKER)]),
        ("来自西湖心辰的“玄鸟”大模型。", [("西湖心辰", Doubt.MAKER)]),
        ("百度旗下的“玄鸟”大模型。", [("百度", Doubt.NEW)]),
        ("据华为介绍,“玄鸟”大模型已经发布,百度将接入。", [("华为", Doubt.NEW)]),
        ("上海百度星图公司推出“玄鸟”大模型。", [("上海百度星图公司", Doubt.MAKER)]),
        (
            "北京百度灵犀科技有限公司举行发布会,发布“玄鸟”大模型。",
            [("北京百度灵犀科技有限公司", Doubt.MAKER)],
        ),
        ("百度灵犀科技有限公司推出“玄鸟”大模型。", [("百度灵犀科技有限公司", Doubt.MAKER)]),
        ("北京百度科技有限公司推出“玄鸟”大模型。", [("百度", Doubt.NEW)]),
        ("百度网络技术有限公司推出“玄鸟”大模型。", [("百度", Doubt.NEW)]),
        # Near misses: pronouns, common nouns, a model that is known, another sentence.
        ("该公司推出“玄鸟”大模型。", []),
        ("他们的“玄鸟”大模型。", []),
        ("公司推出“玄鸟”大模型。", []),
        ("一家创业公司推出“玄鸟”大模型。", []),
        ("科技公司推出“玄鸟”大模型。", []),
        ("国内多家企业推出“玄鸟”大模型。", []),
        ("星河智能推出文心一言大模型。", [("星河智能", Doubt.MAKER)]),
        ("百度很忙。“玄鸟”大模型很好。", []),
    ],
)
def test_makers_of_a_new_name(text: str, expected: list[tuple[str, Doubt]]) -> None:
    found = [one for one in findings(text) if one.field == Field.DEVELOPER]
    assert [(one.value["label"], one.doubt) for one in found] == expected
    assert all(one.stated == one.value["label"] and one.stated in one.quotation for one in found)


@pytest.mark.parametrize(
    ("text", "quotation"),
    [
        ("文心一言在ABCDEFGHIJKLMNOPQRS平台上达到2600亿参数", "平台上达到2600亿"),
        ("文心一言在自家ABCDEFGHIJK-3.5平台上达到2600亿参数", "平台上达到2600亿"),
        ("文心一言大模型,参数2600亿,而且比起从前的GPT-3.5来好", "文心一言大模型,参数2600亿"),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ文心一言2600亿参数", "文心一言2600亿"),
    ],
)
def test_no_quotation_cuts_a_latin_word(text: str, quotation: str) -> None:
    assert [one.quotation for one in findings(text) if one.field == Field.PARAMETERS] == [quotation]
