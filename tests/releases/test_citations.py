"""Citations of every kind of page, in every form."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from models_catalog.claims.settle import settle
from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field
from models_catalog.publish.citations import FORMS, Citation, bibtex, gbt7714, plain, ris
from models_catalog.publish.releases.freeze import make_release
from tests.factories import make_claim, make_entry, make_sector, propose
from tests.once import once

CITED = Citation(
    "baimo-x",
    "文心一言",
    "ERNIE {Bot} & 100%",
    "https://example.org/x_y",
    3,
    date(2026, 11, 22),
    date(2027, 1, 2),
)


def test_bibtex_escapes_and_names_the_release() -> None:
    text = bibtex(CITED)
    assert r"title = {{ERNIE {\textbraceleft}Bot{\textbraceright} \& 100\%. Baimo" in text
    assert "version = {release 3, 2026-11-22}" in text


def test_bibtex_leaves_the_address_alone() -> None:
    assert "url = {https://example.org/x_y}" in bibtex(CITED)


def test_ris_is_a_record_of_tagged_lines() -> None:
    lines = ris(CITED).split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("TY  - DATA", "ER  - ", "")
    assert "ET  - release 3, 2026-11-22" in lines


def test_gbt7714_names_the_medium_and_both_days() -> None:
    expected = "百模图鉴编辑组. 文心一言[DB/OL]//百模图鉴：中国大模型名录. 第3版. (2026-11-22)[2027-01-02]. https://example.org/x_y.\n"
    assert gbt7714(CITED) == expected


def test_plain_text_names_release_and_day() -> None:
    assert "release 3, 2026-11-22. https://example.org/x_y (accessed 2027-01-02)" in plain(CITED)


def _make_release() -> None:
    make_entry()
    make_entry("盘古")
    make_release(day=date(2026, 11, 22))


shared_release = once(_make_release)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "path",
    [
        "models/wenxinyiyan/cite",
        "models/cite",
        "releases/1/cite",
        "charts/timeline/cite",
        "compare/cite",
        "data/cite",
    ],
)
@pytest.mark.django_db
@pytest.mark.usefixtures("shared_release")
def test_every_page_is_cited_in_every_form(client: Client, path: str, form: str) -> None:
    query = "?model=wenxinyiyan&model=pangu" if path.startswith("compare") else ""
    response = client.get(f"/en/{path}.{form}{query}")
    assert (response.status_code, "2026" in response.content.decode()) == (200, True)
    assert "http://testserver/en/" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "models/wenxinyiyan/cite.doc",
        "models/cite.doc",
        "models/none/cite.bib",
        "charts/none/cite.bib",
        "releases/9/cite.bib",
    ],
)
@pytest.mark.django_db
def test_what_cannot_be_cited_is_not_found(client: Client, path: str) -> None:
    make_entry()
    assert client.get(f"/{path}").status_code == 404


@pytest.mark.django_db
def test_entry_page_leads_to_every_form(client: Client) -> None:
    make_entry()
    assert 'href="/en/models/wenxinyiyan/cite/"' in client.get("/en/models/wenxinyiyan/").content.decode()
    page = client.get("/en/models/wenxinyiyan/cite/").content.decode()
    assert [
        form for form in ("bib", "ris", "gbt", "txt") if f"/models/wenxinyiyan/cite.{form}" not in page
    ] == []


COMPARED = "/en/compare/cite.txt?model=wenxinyiyan&model=pangu"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def address_in(citation: str) -> str:
    return citation.split("http://testserver")[1].split(" (accessed")[0]


@pytest.fixture
def released(transactional_db: Any) -> Entry:
    """An entry of which release 1 was frozen, beside another."""
    make_entry("盘古")
    entry = make_entry(parameters="2600亿", name_en="ERNIE")
    make_release(day=date(2026, 11, 22))
    return entry


def change(entry: Entry) -> None:
    make_claim(entry, Field.OPENNESS, token="closed")
    settle([entry])


PAGES = ["/en/models/wenxinyiyan/cite.txt", COMPARED, "/en/charts/timeline/cite.txt"]


@pytest.mark.parametrize("address", PAGES)
def test_release_is_named_while_nothing_has_changed(client: Client, released: Entry, address: str) -> None:
    assert "release 1, 2026-11-22" in text_of(client, address)


@pytest.mark.parametrize("address", PAGES)
def test_what_changed_after_a_release_is_not_cited_as_in_it(
    client: Client, released: Entry, address: str
) -> None:
    change(released)
    cited = text_of(client, address)
    assert ("release 1" in cited, "as of" in cited, "as_of=" in cited) == (False, True, True)


def test_what_did_not_change_is_still_in_the_release(client: Client, released: Entry) -> None:
    change(released)
    assert "release 1" in text_of(client, "/en/models/pangu/cite.txt")


def test_entry_that_came_after_a_release_is_not_in_it(client: Client, released: Entry) -> None:
    make_entry("新来", slug="xinlai")
    assert "release" not in text_of(client, "/en/models/xinlai/cite.txt")


@pytest.mark.parametrize("address", PAGES[:2])
def test_address_shows_what_was_cited(client: Client, released: Entry, address: str) -> None:
    before = address_in(text_of(client, address))
    change(released)
    assert "Closed" not in text_of(client, f"/en{before}").partition('id="history"')[0]


def test_page_of_a_release_s_moment_cites_the_release(client: Client, released: Entry) -> None:
    query = address_in(text_of(client, PAGES[0])).partition("?")[2]
    change(released)
    assert "release 1, 2026-11-22" in text_of(client, f"{PAGES[0]}?{query}")


def test_registry_is_cited_as_release_or_as_it_stands(client: Client, released: Entry) -> None:
    assert "/releases/1/" in text_of(client, "/en/about/").partition('id="citation"')[2][:300]
    change(released)
    assert "as of" in text_of(client, "/en/about/").partition('id="citation"')[2][:300]
    assert "as of" in text_of(client, "/data/cite.txt")


def test_names_are_not_doubled_and_joined_by_and(client: Client, released: Entry) -> None:
    make_entry("ChatGLM-6B", slug="chatglm-6b", name_en="ChatGLM-6B")
    assert "“ChatGLM-6B”." in text_of(client, "/en/models/chatglm-6b/cite.txt")
    assert "Comparison of ERNIE and 盘古" in text_of(client, COMPARED)


def test_chart_is_cited_with_its_filter(client: Client, released: Entry) -> None:
    texts = [text_of(client, f"/en/charts/timeline/cite.bib?q={q}") for q in ("ERNIE", "x")]
    assert "(Search: ERNIE)" in texts[0]
    assert texts[0].split(",")[0] != texts[1].split(",")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["charts/timeline", "models"])
def test_what_is_filtered_is_cited_by_the_words_of_the_form(client: Client, page: str) -> None:
    make_entry(sectors=[make_sector("金融", slug="finance", name_en="Finance")])
    english, chinese = (
        text_of(client, f"/{language}/{page}/cite.bib?sector=finance&q=") for language in ("en", "zh")
    )
    assert ("(Target industry: Finance)" in english, "sector=finance)" in english) == (True, False)
    assert "（目标行业：金融）" in chinese


def test_a_filtered_catalog_is_cited_in_a_state_that_lasts(client: Client, released: Entry) -> None:
    asked = "/en/models/cite.txt?parameters_min=100B&sort=-parameters&page=1"
    assert address_in(text_of(client, asked)) == ("/models/?parameters_min=100B&sort=-parameters&release=1")
    change(released)
    assert "as_of=20" in text_of(client, asked)
    assert "release 1, 2026-11-22" in text_of(client, f"{asked}&release=1")


def test_the_whole_catalog_is_cited_as_the_registry(client: Client, released: Entry) -> None:
    assert text_of(client, "/en/models/cite.txt") == text_of(client, "/en/data/cite.txt")


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["openness=ajar", "nothing=1", "page=x"])
def test_a_selection_that_is_none_is_not_cited(client: Client, query: str) -> None:
    make_entry()
    assert client.get(f"/en/models/cite.bib?{query}").status_code == 400


@pytest.mark.django_db
def test_the_catalog_and_its_csv_name_their_citation(client: Client) -> None:
    make_entry(openness="open")
    page = client.get("/en/models/?openness=open&page=1&utm_source=x").content.decode()
    links = [f'href="/en/models/cite.{form}?openness=open"' for form in FORMS]
    assert [page.count(link) for link in links] == [2, 1, 1, 1, 1]  # BibTeX in the head, too
    assert "/models/cite.bib?openness=open>;" in client.get("/models.csv?openness=open")["Link"]


def test_each_state_has_a_key_of_its_own(client: Client, released: Entry) -> None:
    before = text_of(client, "/models/wenxinyiyan/cite.bib")
    change(released)
    after = text_of(client, "/models/wenxinyiyan/cite.bib")
    keys = [text.splitlines()[0] for text in (before, after)]
    assert keys[0] == "@misc{baimo-wenxinyiyan-r1,"
    assert keys[1].startswith("@misc{baimo-wenxinyiyan-20")


CLAIM = "/models/wenxinyiyan/claims/{}/cite.{}"


def test_claim_is_cited_with_its_article_first(client: Client, released: Entry) -> None:
    key = released.claims.get(field=Field.PARAMETERS).key
    text = text_of(client, "/en" + CLAIM.format(key, "txt"))
    head = "The Paper (2023-04). “Article thepaper-2023”: “2600亿”, line 1. As recorded in: Baimo editors. “ERNIE (文心一言)”."
    assert (text.startswith(head), f"#{key} (accessed" in text) == (True, True)


@pytest.mark.django_db
def test_claim_without_an_article_is_cited_as_the_registry_s(client: Client) -> None:
    entry = make_entry()
    known = {"basis": "curator", "reason_zh": "熟知", "reason_en": "Known"}
    claim = make_claim(entry, Field.OPENNESS, token="open", **known)
    assert text_of(client, "/en" + CLAIM.format(claim.key, "txt")).startswith("Baimo editors. “文心一言”.")


@pytest.mark.django_db
def test_proposed_claim_is_not_cited(client: Client) -> None:
    claim = propose(make_entry())
    assert client.get(CLAIM.format(claim.key, "bib")).status_code == 404


@pytest.mark.django_db
def test_head_tells_reference_managers(client: Client) -> None:
    make_entry(name_en="ERNIE")
    page = client.get("/en/models/wenxinyiyan/").content.decode()
    assert '<meta name="citation_title" content="ERNIE (文心一言)">' in page
    assert 'type="application/x-bibtex" href="/en/models/wenxinyiyan/cite.bib"' in page
