"""Which models a sentence names: known ones, new ones, and what only looks like one. The sentences are made up."""

import pytest

from models_catalog.intake.articles.finding import Doubt, Finding
from models_catalog.models.vocabulary import Field, NameKind
from tests.ingest.article_samples import findings


def named(text: str) -> list[Finding]:
    return [one for one in findings(text) if one.field == Field.NAME]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲公司发布大模型“青鸾”。", ["青鸾"]),
        ("甲公司的“青鸾”大模型已上线。", ["青鸾"]),
        ("甲公司推出青鸾对话大模型。", ["青鸾"]),
        ("甲公司青鸾大模型面世。", ["青鸾"]),
        ("他们开源了大模型 Qingluan-7B。", ["Qingluan-7B"]),
        ("甲公司还在训练QingGPT。", ["QingGPT"]),
        ("写作平台“青文”和“青画”都来自该模型。", ["青文", "青画"]),
        ("百度的青鸾,华为的玄鸟,阿里的白泽,各有所长。", ["青鸾", "玄鸟", "白泽"]),
        ("甲公司發布大模型「青鸞」。", ["青鸞"]),
        # Near misses: foreign models, companies, common nouns, chips, what is only quoted.
        ("相比之下,ChatGPT、GPT-4和LLaMA大模型更早。", []),
        ("OpenAI的GPT大模型在先。", []),
        ("创业公司“青木智能”成立。", []),
        ("甲公司推出了全新的通用大模型。", []),
        ("国内首个行业大模型诞生。", []),
        ("“幻觉”仍是大模型的难题。", []),
        ("甲公司推出计算解决方案“青云智算”,为大模型服务。", []),
        ("百度的钉子,阿里的锤子。", []),
        ("使用A100和H800训练大模型。", []),
        ("3 M6 A 大模型", []),
    ],
)
def test_new_names_are_suggested(text: str, names: list[str]) -> None:
    assert [one.value["text"] for one in named(text) if one.doubt == Doubt.NEW] == names


@pytest.mark.parametrize(
    ("text", "entry", "doubt"),
    [
        ("文心一言上线。", "文心一言", None),
        ("“商量”大模型上线。", "商量", None),
        ("大家商量一下。", "商量", Doubt.PLAIN),
        ("华为的盘古很强。", "盘古", None),
        ("盘古开天地。", "盘古", Doubt.PLAIN),
    ],
)
def test_known_names_are_found_with_their_doubt(text: str, entry: str, doubt: Doubt | None) -> None:
    assert [(one.mention.label, one.doubt) for one in named(text) if one.mention] == [(entry, doubt)]


def test_a_traditional_form_is_proposed_as_it_stands() -> None:
    assert named("華為的盤古。")[0].value == {"text": "盤古", "token": NameKind.TRADITIONAL}


def test_a_name_is_proposed_once_an_article() -> None:
    assert len(named("文心一言上线。\n文心一言升级。")) == 1
