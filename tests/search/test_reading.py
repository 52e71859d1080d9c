"""How queries are read, and what is offered for a slip."""

from __future__ import annotations

import pytest
from django.test import Client

from models_catalog.catalog.answers import facet_values
from models_catalog.catalog.filters import EntryFilter
from models_catalog.catalog.reading import beginnings_among, names_among
from models_catalog.catalog.results import Present
from models_catalog.models import Entry
from models_catalog.models.search_terms import search_words
from models_catalog.models.vocabulary import NameKind
from models_catalog.text.cutting import Cut, PartKind, cuts, general_words
from models_catalog.text.lists import facet_words
from models_catalog.text.names import every_key
from models_catalog.text.slips import patterns, slips
from tests.factories import make_developer, make_entry, make_omission, make_sector
from tests.once import once
from tests.search.pages import Told

KNOWN = {
    **dict.fromkeys(["百度", "baidu", "科大讯飞", "讯飞"], PartKind.MAKER),
    **dict.fromkeys(["文心", "文心一言", "wenxin", "星火", "讯飞星火", "pangu"], PartKind.NAME),
    "金融": PartKind.SECTOR,
}


def best(words: str) -> list[str]:
    found: list[Cut] = cuts(words.split(), KNOWN)
    return [f"{part.kind.name} {part.text}" for part in found[0]] if found else []


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("百度文心一言", ["MAKER 百度", "NAME 文心一言"]),
        ("baiduwenxin", ["MAKER baidu", "NAME wenxin"]),
        ("bai du wen xin", ["MAKER baidu", "NAME wenxin"]),
        ("文心金融大模型", ["NAME 文心", "SECTOR 金融", "GENERIC 大模型"]),
        ("科大讯飞星火", ["MAKER 科大讯飞", "NAME 星火"]),
        ("pangudamoxing", ["NAME pangu", "GENERIC damoxing"]),
        ("百度的大模型", ["MAKER 百度", "GENERIC 的", "GENERIC 大模型"]),
        ("豆包大模型", ["FREE 豆包", "GENERIC 大模型"]),
        ("openai", []),  # a word within a run of letters is no word
        ("大模型", []),
        ("金", []),
        ("文心" * 21, []),
    ],
)
def test_a_query_is_cut_into_what_is_known(words: str, parts: list[str]) -> None:
    assert best(words) == parts


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Baidu's ERNIE", ["baidu", "ernie"]),
        ("文心一言、通义千问", ["文心一言", "通义千问"]),
        ("M6-OFA", ["m6", "ofa"]),
        ("紫东·太初", ["紫东太初"]),  # a name has such a dot
        ("天工3.5", ["天工35"]),
    ],
)
def test_words_of_a_query_are_cut_where_people_cut_them(typed: str, words: list[str]) -> None:
    assert search_words(typed) == words


@pytest.mark.parametrize(
    ("typed", "general"),
    [
        ("国产开源大模型", ["国产", "开源", "大模型"]),
        ("open source models", ["opensource", "models"]),
        ("盘古大模型", []),
        ("openai", []),  # no word begins within another
        ("大模型" * 14, []),
    ],
)
def test_a_query_of_words_for_any_model_is_known_as_such(typed: str, general: list[str]) -> None:
    assert general_words(search_words(typed)) == general


@pytest.mark.django_db
@pytest.mark.usefixtures("shared_models")
@pytest.mark.parametrize("q", ["盘古和MOSS哪个好", "盘古 vs MOSS", "盘古、MOSS", "盘古还是MOSS"])
def test_each_of_several_names_is_offered(client: Client, q: str) -> None:
    told = Told(client.get("/zh/models/", {"q": q}).content.decode())
    assert {f"/zh/models/{slug}/" for slug in ("pangu", "moss")} <= set(told.links)
    compared = next(link for link in told.links if "/compare/" in link)
    assert sorted(compared.split("?")[1].split("&")) == ["model=moss", "model=pangu"]


@pytest.mark.django_db
def test_words_for_values_of_the_filter_lead_to_it(client: Client) -> None:
    told = Told(client.get("/en/models/?q=open source models").content.decode())
    assert told.links[:2] == ["/en/models/?openness=open", "/en/models/"]
    assert "Our sources end" not in told.text


def test_every_word_for_a_value_is_of_a_value() -> None:
    assert {(one.name, one.value) for one in facet_values(facet_words())} == set(facet_words().values())


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("重明", {"重明", "zhongming", "chongming", "zm", "cm"}),
        ("朝闻道", {"朝闻道", "zhaowendao", "chaowendao", "zwd", "cwd"}),
        ("重庆", {"重庆", "chongqing", "cq"}),  # a word that has one reading
        ("Mind GPT", {"mindgpt"}),
        ("行" * 9, None),
    ],
)
def test_every_reading_of_a_name_is_a_key(name: str, keys: set[str] | None) -> None:
    assert every_key(name) == keys if keys else len(every_key(name)) <= 17


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chatgml", "chatglm"),
        ("chatgl", "chatglm"),
        ("chatgglm", "chatglm"),
        ("chatglk", "chatglm"),
        ("文言心一", "文心言一"),
    ],
)
def test_a_slip_is_undone(typed: str, meant: str) -> None:
    assert meant in slips(typed)


@pytest.mark.parametrize(("typed", "other"), [("chatgml", "chatgpt"), ("ab", "abc"), ("a" * 25, "a" * 24)])
def test_two_slips_are_too_many(typed: str, other: str) -> None:
    assert other not in slips(typed)


def test_another_character_in_place_of_one_fits_a_pattern() -> None:
    assert ("文_一言", ["一言"]) in [tuple(one) for one in patterns("文必一言")]


@pytest.mark.django_db
def test_names_are_asked_of_the_index_without_initials_and_makers() -> None:
    make_entry("文心一言", developers=["百度"])
    asked = {"文心一言", "wenxinyiyan", "wxyy", "百度", "文心", "nothing"}
    assert names_among("default", asked) == dict.fromkeys(["文心一言", "wenxinyiyan"], "文心一言")
    assert beginnings_among("default", {"文心", "wenx", "心一"}) == dict.fromkeys(
        ["文心", "wenx"], "文心一言"
    )


def _make_models() -> None:
    baidu = make_developer("百度", name_en="Baidu")
    make_entry("文心一言", name_en="ERNIE Bot", slug="ernie-bot", developers=[baidu])
    make_entry("盘古", slug="pangu", developers=["华为"], sectors=["气象"])
    make_entry("MOSS", slug="moss", aliases=[(NameKind.ALIAS, "流浪")])


shared_models = once(_make_models)


def found(q: str) -> list[str]:
    return [Entry.objects.get(pk=pk).slug for pk in present(q).page(0, 9)]


def present(q: str) -> Present:
    catalog = EntryFilter(data={"q": q}, queryset=Entry.objects.listed())
    assert catalog.is_valid()
    return Present(catalog)


@pytest.mark.django_db
@pytest.mark.usefixtures("shared_models")
@pytest.mark.parametrize(
    ("q", "slugs"),
    [
        ("百度文心一言", ["ernie-bot"]),
        ("华为文心一言", []),
        ("盘古大模型", ["pangu"]),
        ("Baidu ERNIE model", ["ernie-bot"]),
        ("气象", ["pangu"]),
        ("盘古气象大模型", ["pangu"]),
        ("盘古金融大模型", ["pangu"]),
        ("百度气象", []),
        ("天气预报", []),
        ("MOSS模型", ["moss"]),
        ("豆包大模型", []),
        ("大模型", []),
    ],
)
def test_what_is_read_is_found(q: str, slugs: list[str]) -> None:
    make_sector("金融", slug="finance")
    assert found(q) == slugs


@pytest.mark.django_db
@pytest.mark.usefixtures("shared_models")
def test_the_page_says_how_it_read_the_query(client: Client) -> None:
    told = Told(client.get("/zh/models/?q=百度文心一言大模型").content.decode())
    assert "读作 机构 百度 + 名称 文心一言 · 未用于查找： 大模型" in " ".join(told.text.split())


@pytest.mark.django_db
@pytest.mark.usefixtures("shared_models")
def test_what_was_left_out_is_answered_with_its_place(client: Client) -> None:
    make_omission("GPT-4也能接入", line=21, start=72, end=81)
    told = Told(client.get("/en/models/?q=gpt 4").content.decode())
    assert [link for link in told.links if "/sources/" in link] == ["/en/sources/thepaper-2023/#w21-72"]
