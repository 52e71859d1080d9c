"""The text layer on the articles themselves, where CATALOG_SOURCES_DIR names their folder."""

import re

import pytest

from models_catalog.text.quantities import find_quantities, parse_quantity
from models_catalog.text.repair import Dirt, repair
from models_catalog.text.spun import SPUN_GLOSSARY, gloss, looks_spun
from tests.needs import ARTICLES, SOURCES


def article(number: str) -> str:
    ARTICLES.require()
    return next(SOURCES.glob(f"{number}_*.txt")).read_bytes().decode()


@pytest.mark.parametrize(
    ("number", "counts"),
    [
        ("000", {Dirt.PINYIN: 446, Dirt.FORUM_NOISE: 0, Dirt.LOST: 4, Dirt.SPAM: 1}),
        ("001", {Dirt.PINYIN: 0, Dirt.FORUM_NOISE: 43, Dirt.LOST: 0, Dirt.SPAM: 0}),
        ("002", {Dirt.PINYIN: 0, Dirt.FORUM_NOISE: 0, Dirt.LOST: 0, Dirt.SPAM: 0}),
        ("003", {Dirt.PINYIN: 0, Dirt.FORUM_NOISE: 0, Dirt.LOST: 0, Dirt.SPAM: 0}),
    ],
)
def test_each_article_has_its_own_dirt(number: str, counts: dict[Dirt, int]) -> None:
    repaired = repair(article(number))
    assert {kind: repaired.count(kind) for kind in counts} == counts


def test_no_reading_is_left_in_000_and_its_brackets_are() -> None:
    left = re.findall(r"\([^()]*\)", repair(article("000")).text)
    assert [bracket for bracket in left if len(bracket) < 20] == ["(ID:junwu2333)", "(OpenAI)"]


def test_the_noise_of_001_is_1038_characters_and_the_month_stays() -> None:
    repaired = repair(article("001"))
    assert sum(len(one.before) for one in repaired.repairs) == 1038
    assert re.search("^2 月", repaired.text, re.MULTILINE)
    assert "M6" not in repaired.text


@pytest.mark.parametrize("number", ["000", "001", "002", "003"])
def test_lines_are_repaired_alone_as_in_the_whole(number: str) -> None:
    raw = article(number)
    assert [repair(line).text for line in raw.split("\n")] == repair(raw).text.split("\n")


def test_only_003_is_spun_and_the_glossary_is_of_its_words() -> None:
    assert [looks_spun(article(number)) for number in ("000", "001", "002", "003")] == [
        False,
        False,
        False,
        True,
    ]
    used = {one.before for one in gloss(article("003")).replacements}
    assert {word for word, reading in SPUN_GLOSSARY.items() if word != reading} - used == {"根基模子"}


@pytest.mark.parametrize(
    ("number", "sizes"),
    [
        ("000", "10億參數規模以上 6B 6B 6B"),
        ("001", "千亿 百亿以上 百亿规模以上 百亿以下 亿级 百亿 千亿 百亿级 千亿级别"),
        (
            "002",
            "200亿 千亿级 2600亿 60亿 6B 千亿 6B 62亿 6B 千亿 6B 千亿级 超10亿 万亿 10万亿 270亿 超万亿 千亿 1200亿"
            " 一亿级 十亿级 百亿级 几百亿",
        ),
        ("003", "10亿以上"),
    ],
)
def test_the_sizes_of_each_article(number: str, sizes: str) -> None:
    found = find_quantities(repair(article(number)).text)
    assert " ".join(one.text for one in found) == sizes
    assert [parse_quantity(one.text) for one in found] == [one.interval for one in found]
