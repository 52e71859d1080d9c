"""Citations of every kind of page, in every form."""

from datetime import date

import pytest
from django.test import Client

from models_catalog.citations import Citation, bibtex, gbt7714, plain, ris
from models_catalog.releases.freeze import make_release
from tests.factories import make_entry

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
    assert r"title = {ERNIE \{Bot\} \& 100\%. Baimo" in text
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


@pytest.mark.parametrize("form", ["bib", "ris", "gbt", "txt"])
@pytest.mark.parametrize(
    "path",
    ["models/wenxinyiyan/cite", "releases/1/cite", "charts/timeline/cite", "compare/cite"],
)
@pytest.mark.django_db
def test_every_page_is_cited_in_every_form(client: Client, path: str, form: str) -> None:
    make_entry()
    make_entry("盘古")
    make_release(day=date(2026, 11, 22))
    query = "?model=wenxinyiyan&model=pangu" if path.startswith("compare") else ""
    response = client.get(f"/en/{path}.{form}{query}")
    assert (response.status_code, "2026" in response.content.decode()) == (200, True)
    assert "http://testserver/en/" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["models/wenxinyiyan/cite.doc", "models/none/cite.bib", "charts/none/cite.bib", "releases/9/cite.bib"],
)
@pytest.mark.django_db
def test_what_cannot_be_cited_is_not_found(client: Client, path: str) -> None:
    make_entry()
    assert client.get(f"/{path}").status_code == 404


@pytest.mark.django_db
def test_entry_page_offers_every_form(client: Client) -> None:
    make_entry()
    page = client.get("/en/models/wenxinyiyan/").content.decode()
    assert [
        form for form in ("bib", "ris", "gbt", "txt") if f"/models/wenxinyiyan/cite.{form}" not in page
    ] == []
