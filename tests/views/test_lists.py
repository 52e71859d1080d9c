"""Lists that readers meet first: the latest releases, the developers, and the fingerprint of a row."""

import re

import pytest
from django.test import Client

from models_catalog.catalog.home import newest
from models_catalog.catalog.page import listed_rows
from models_catalog.catalog.rows import References, page_rows
from models_catalog.catalog.vocabularies import DEVELOPERS_PAGE, FIGURES_PAGE
from models_catalog.claims.settle import settle
from models_catalog.models import Developer, Entry, MarketFigure
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    DeveloperKind,
    Field,
    FigureUnit,
    Kind,
    Ruling,
    Status,
)
from tests.factories import make_claim, make_developer, make_entry, make_figure, make_sector

pytestmark = pytest.mark.django_db

WHY = {"reason_zh": "由此可知", "reason_en": "it follows"}


def test_of_one_day_a_model_comes_before_what_is_built_on_it() -> None:
    make_entry("奇妙文", slug="a", kind=Kind.APPLICATION, released="2023-04-20")
    make_entry("序列猴子", slug="z", released="2023-04-20")
    make_entry("星火", slug="b", released="2023-05")
    assert [Entry.objects.get(pk=pk).slug for pk in newest()] == ["b", "z", "a"]


@pytest.fixture
def many() -> None:
    """More developers than a page holds, two of them of another kind than the rest."""
    names = [f"公司{number:03}" for number in range(DEVELOPERS_PAGE)]
    rows = [make_developer(name, kind=DeveloperKind.BIG_TECH) for name in names]
    others = [make_developer("清华大学", kind=DeveloperKind.ACADEMIA), make_developer("百度", slug="baidu")]
    make_entry(developers=[*rows, *others])


@pytest.mark.usefixtures("many")
def test_a_long_list_has_pages_and_a_search() -> None:
    client = Client()
    first = client.get("/en/developers/").context
    assert (sum(len(rows) for _kind, rows in first["kinds"]), first["page"].paginator.count) == (200, 202)
    assert [kind for kind, _rows in client.get("/en/developers/?page=2").context["kinds"]] == [
        "big-tech",
        "academia",
    ]
    found = client.get("/en/developers/?q=qinghua").context["kinds"]
    assert [row.name_zh for _kind, rows in found for row in rows] == ["清华大学"]


@pytest.mark.usefixtures("many")
@pytest.mark.parametrize(
    ("query", "status"), [("page=3", 404), ("page=x", 404), ("q=nobody", 200), ("q=" + "x" * 101, 400)]
)
def test_what_the_list_has_not_is_said(client: Client, query: str, status: int) -> None:
    assert client.get(f"/en/developers/?{query}").status_code == status


@pytest.mark.usefixtures("many")
def test_the_pages_of_a_list_lead_to_its_ends_and_neighbours(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models_catalog.catalog.vocabularies.DEVELOPERS_PAGE", 20)
    page = client.get("/en/developers/?page=6&q=gongsi").content.decode()
    nav = page.partition('class="pagination"')[2].partition("</nav>")[0]
    numbers = re.findall(r"page=(\d+)&amp;q=gongsi|(…)|aria-current=\"page\"", nav)
    assert ["".join(one) or "here" for one in numbers] == ["5", "1", "…", "5", "here", "7", "…", "10", "7"]


def test_a_short_list_has_neither(client: Client) -> None:
    make_entry(developers=["百度"])
    page = client.get("/en/developers/").content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    assert (Developer.objects.count(), 'role="search"' in main, "pagination" in main) == (1, False, False)


def test_a_row_has_a_fingerprint_in_words_too(client: Client) -> None:
    entry = make_entry("文心", parameters="2600亿", developers=["百度"])
    make_claim(entry, Field.MODALITY, token="text", basis=Basis.INFERRED, **WHY)
    make_claim(entry, Field.OPENNESS, token="open", basis=Basis.CURATOR, **WHY)
    make_claim(
        entry, Field.PARAMETERS, words="1亿", status=Status.DISPUTED, ruling=Ruling.CURATOR, number=(1, 2)
    )
    make_claim(entry, Field.SECTOR, answer=Answer.UNDISCLOSED)
    settle([entry])
    references = References.load()
    [row] = listed_rows(page_rows([entry.pk], references), references)
    assert dict(row.fingerprint) == {
        Field.DEVELOPER: "stated", Field.KIND: "stated", Field.CATEGORY: "", Field.MODALITY: "inferred",
        Field.PARAMETERS: "disputed", Field.CONTEXT_LENGTH: "", Field.EVENT: "", Field.OPENNESS: "curator",
        Field.SECTOR: "answered", Field.LINK: "",
    }  # fmt: skip
    page = client.get("/en/models/").content.decode()
    assert (
        "Inferred from the source: Modality"
        in page.partition('<svg class="muted"')[2].partition("</title>")[0]
    )


@pytest.mark.parametrize(
    ("path", "missing"),
    [
        ("developers/baidu/", "Parameters, Release date, Openness, Target industry"),
        ("sectors/finance/", "Developer, Parameters, Release date, Openness"),
    ],
)
def test_a_card_names_what_is_missing_of_each_column(path: str, missing: str) -> None:
    make_entry("甲", developers=[make_developer("百度", slug="baidu")])
    make_entry("乙", sectors=[make_sector("金融", slug="finance")])
    page = Client().get(f"/en/{path}").content.decode()
    assert f'<div class="ledger__sub on-cards">Not stated: {missing}</div>' in page


@pytest.mark.parametrize(
    ("answer", "words"), [(Answer.UNDISCLOSED, "Declared undisclosed"), (None, "Not stated")]
)
def test_a_kind_that_a_source_withholds_is_not_said_to_be_unstated(answer: Answer | None, words: str) -> None:
    entry = make_entry("甲", kind="", developers=[make_developer("百度", slug="baidu")])
    if answer:
        make_claim(entry, Field.KIND, answer=answer)
        settle([entry])
    page = Client().get("/en/developers/baidu/").content.decode()
    cell = re.search(r'<td data-label="Kind">(.*?)</td>', page, re.DOTALL)
    assert cell
    assert re.sub("<[^>]+>", "", cell[1]).strip() == words


@pytest.fixture
def figures() -> list[MarketFigure]:
    """More figures than a page holds, the first of them of a unit that comes last."""
    shares = make_figure("share", unit=FigureUnit.PERCENT)
    return [shares, *(make_figure(f"models-{number:03}", position=1) for number in range(FIGURES_PAGE))]


def test_the_figures_of_the_market_have_pages_in_the_order_of_their_units(
    client: Client, figures: list[MarketFigure]
) -> None:
    pages = [client.get(f"/en/market/?page={number}").context["groups"] for number in (1, 2)]
    assert [[(group.unit, len(group.figures)) for group in page] for page in pages] == [
        [("models", FIGURES_PAGE)],
        [("percent", 1)],
    ]
    assert client.get("/en/market/?page=3").status_code == 404


def test_a_page_of_figures_has_its_own_address_and_counts_no_unit(
    client: Client, figures: list[MarketFigure]
) -> None:
    make_figure("models-last", position=2)
    page = client.get("/en/market/?page=2").content.decode()
    assert '<link rel="canonical" href="http://testserver/en/market/?page=2">' in page
    assert "chip__count" not in page


def test_the_address_of_a_figure_leads_to_the_page_that_holds_it(
    client: Client, figures: list[MarketFigure]
) -> None:
    for figure in (figures[0], figures[-1]):
        page = client.get(figure.get_absolute_url().partition("#")[0])
        assert f'<tr id="{figure.slug}">' in page.content.decode()
    assert client.get("/en/market/?figure=nothing").status_code == 404
