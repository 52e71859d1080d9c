"""Between Chinese characters generated text has full-width punctuation; quotations, titles of articles, code and GB/T keep theirs."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from models_catalog.models import Entry
from models_catalog.models.vocabulary import EventKind, Field, Ruling
from models_catalog.publish.releases.freeze import make_release
from tests.decisions import dispute_claim
from tests.factories import (
    make_claim,
    make_developer,
    make_entry,
    make_figure,
    make_omission,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db

APART = {
    "p",
    "div",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "option",
    "button",
    "label",
    "summary",
    "section",
    "title",
}
VOID = {"input", "br", "link", "meta", "img", "hr", "use", "circle", "rect", "line", "path"}
QUOTED = {"code", "script", "style", "q", "blockquote", "mark", "sup"}
HAN = "[\u4e00-\u9fff）》”]"
HALF = re.compile(
    rf"{HAN}\s?[,:;!?](?=\s|{HAN}|$)|{HAN}\.(?=\s|$)|{HAN}\s?\(|\)\s?{HAN}|[0-9A-Za-z]\s?[,:;!?]\s?{HAN}"
    rf"|[。！？]\s+{HAN}"
)


class Text(HTMLParser):
    """What a page says, block by block; a quotation is one sign that is no letter."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in APART:
            self.parts.append("\n")
        if tag not in VOID:
            kept = tag in QUOTED or told.get("lang", "").startswith("en") or told.get("id") == "citation"
            self.open.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass
        if tag in APART:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append("◇" if any(kept for _tag, kept in self.open) else data.replace("\n", " "))


def half_width(html: str) -> list[str]:
    """The blocks of a page that hold half-width punctuation next to Chinese, or a space between two sentences."""
    reader = Text()
    reader.feed(html)
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return [line for line in lines if HALF.search(line)]


@pytest.mark.parametrize(
    "bad",
    [
        "机构: 百度",
        "澎湃科技, 第56行",
        "国外模型. 不收。",
        "有争议.",
        "下载 (2 KB)",
        "第2版: 新",
        "不算。 另有",
    ],
)
def test_the_reader_of_pages_sees_each_kind(bad: str) -> None:
    assert half_width(f"<p>{bad}</p>") == [bad]


@pytest.mark.parametrize(
    "good", ["机构：百度", "12:30", "<q>大模型,谁来</q>买单", "a, b", "GPT-4.0", "<code>a: 大</code>"]
)
def test_the_reader_of_pages_leaves_the_rest(good: str) -> None:
    assert half_width(f"<p>{good}</p>") == []


@pytest.fixture(scope="module")
def pages() -> list[str]:
    entry = "models/wenxinyiyan/"
    return [
        "", "models/", "models/?developer=baidu&parameters_min=1B", "models/?q=zzzz&sector=unstated", "models/?sector=none", entry,
        f"{entry}report/", f"{entry}history/", f"{entry}cite/", "developers/", "developers/baidu/", "sectors/", "sources/", "sources/thepaper-2023/", "disputes/", "left-out/", "market/",
        "charts/", "charts/sectors/", "compare/?model=wenxinyiyan&model=pangu", "about/", "about/dictionary/", "data/", "releases/", "releases/1/",
    ]  # fmt: skip


@pytest.fixture
def _world() -> None:
    baidu = make_developer("百度", aliases=["度娘"], parent=make_developer("集团", slug="group"))
    make_statement(baidu)
    entry = make_entry(
        "文心一言", developers=[baidu], parameters="2600亿", released="2023-03-16", category="general"
    )
    make_entry("盘古", slug="pangu", parameters="千亿级", events={EventKind.PLANNED: "2023-05"})
    other = make_claim(
        entry, Field.PARAMETERS, words="62亿", number="[6200000000,6200000001)", preferred=False
    )
    dispute_claim(claim=other, reviewer="li", ruling=Ruling.LATER_SOURCE)
    make_omission(note_zh="国外模型，不收。")
    make_figure()
    make_source(name_zh="文章")
    make_release()


@pytest.mark.usefixtures("_world")
def test_pages_in_chinese_have_full_width_punctuation(client: Client, pages: list[str]) -> None:
    assert Entry.objects.count() == 2
    found = {page: half_width(client.get(f"/zh/{page}").content.decode()) for page in pages}
    assert {page: lines for page, lines in found.items() if lines} == {}
