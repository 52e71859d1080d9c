"""A web page as a source: an address, a title, a publisher and a date; no text, so that nothing is checked, which is said."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from models_catalog.intake.fixtures.files import Refused, place
from models_catalog.intake.fixtures.rows import _check_places, _source
from models_catalog.intake.fixtures.verify import verify_evidence
from models_catalog.intake.tables import upload
from models_catalog.intake.tables.files import file_of
from models_catalog.models import Claim, Report, Source
from models_catalog.models.vocabulary import Field
from tests.factories import make_entry, make_source
from tests.imports.test_own_files import odd_rows

ADDRESS = "https://example.org/news/1?from=x"
PAGE = {
    "slug": "a-page",
    "name_zh": "一页",
    "publisher_zh": "某站",
    "published": "2024-05-06",
    "position": "7",
}
UNCHECKED = "not checked against a text"
pytestmark = pytest.mark.django_db


@pytest.fixture
def web_page() -> Source:
    return make_source(
        "a-page", file_name="", sha256="", condition_zh="", condition_en="", web_address=ADDRESS
    )


@pytest.fixture
def claim(curator: Client, web_page: Source) -> Claim:
    """The size of a model, which a curator quoted from the page and accepted."""
    entry = make_entry("轩辕")
    address = f"/en/admin/models_catalog/claim/add/?entry={entry.pk}&field=parameters"
    sent = {
        "answer": "value",
        "basis": "stated",
        "source": web_page.pk,
        "quotation": "参数为2600亿",
        "stated": "2600亿",
    }
    curator.post(address, {**sent, "line": "3", "_accept": ""})
    return Claim.objects.get(source=web_page)


def add(client: Client, **columns: Any) -> Any:
    return client.post("/en/admin/models_catalog/source/add/", PAGE | columns)


def test_address_title_publisher_and_date_suffice(curator: Client) -> None:
    add(curator, web_address=ADDRESS)
    source = Source.objects.get(slug="a-page")
    assert (source.web_address, source.name_en, source.publisher_en) == (ADDRESS, "一页", "某站")
    assert (source.sha256, source.file_name, source.has_text) == ("", "", False)


@pytest.mark.parametrize(
    ("columns", "wrong"),
    [
        ({}, "web_address"),
        ({"web_address": "javascript:alert(1)"}, "web_address"),
        ({"web_address": "https://example.org@evil.example/"}, "web_address"),
        ({"web_address": ADDRESS, "sha256": "0" * 64}, "file_name"),
        ({"web_address": ADDRESS, "file_name": "a.txt"}, "sha256"),
    ],
)
def test_what_is_no_source_is_said(curator: Client, columns: dict[str, str], wrong: str) -> None:
    answer = add(curator, **columns)
    assert list(answer.context["adminform"].form.errors) == [wrong]
    assert not Source.objects.exists()


def test_a_quotation_from_it_has_no_place(claim: Claim) -> None:
    assert (claim.line, claim.start, claim.place, claim.status) == (None, None, "", "accepted")
    assert claim.number.lower == 260_000_000_000


@pytest.mark.parametrize(
    "address", ["/en/models/{entry}/", "/en/models/{entry}.md", "/en/models/{entry}/claims/{key}/"]
)
def test_readers_are_told_that_it_is_not_checked(client: Client, claim: Claim, address: str) -> None:
    html = client.get(address.format(entry=claim.entry.slug, key=claim.key)).content.decode()
    assert UNCHECKED in html
    assert "line None" not in html


def test_its_page_leads_to_the_address_and_says_that_there_is_no_text(client: Client, claim: Claim) -> None:
    html = client.get("/en/sources/a-page/").content.decode()
    assert f'href="{ADDRESS}" rel="nofollow noopener noreferrer"' in html
    assert "None: this source is a web page." in html
    assert f'id="claim-{claim.pk}">not checked</a>' in html
    assert client.get("/en/sources/").status_code == 200


@pytest.mark.parametrize("form", ["bib", "ris", "gbt", "txt"])
def test_a_citation_names_no_line(client: Client, claim: Claim, form: str) -> None:
    words = client.get(reverse("cite_claim", args=[claim.entry.slug, claim.key, form])).content.decode()
    assert "参数为2600亿" in words
    assert ("第" in words.replace("第1版", ""), "line" in words) == (False, False)


def test_verify_evidence_says_that_it_is_unchecked(claim: Claim, tmp_path: Path) -> None:
    report = verify_evidence(tmp_path)
    assert report.lines()[-1] == "     1 quotations of a-page unchecked: they have no place in a text"
    assert [miss for miss in report.misses if f"/{claim.key}: " in miss and claim.quotation in miss] == []


def test_files_with_it_come_back_unchanged(claim: Claim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upload, "read_file", file_of)
    admin = Client()
    admin.force_login(User.objects.create_superuser("root", password="x"))
    for file in ("claims.csv", "admin/models_catalog/claim/export/claims.csv"):
        assert odd_rows(admin, f"/en/{file}") == []


def test_fixtures_may_have_it() -> None:
    raw = {name: words for name, words in PAGE.items() if name != "position"}
    row = _source(raw | {"name_en": "A page", "publisher_en": "A site", "web_address": ADDRESS})
    assert (row["web_address"], row["sha256"], row["file_name"]) == (ADDRESS, "", "")
    assert place({"at": "a-page", "quotation": "2600亿"})["line"] is None


@pytest.mark.parametrize("more", [{}, {"web_address": "ftp://example.org/"}, {"sha256": "0" * 64}])
def test_fixtures_refuse_what_is_no_source(more: dict[str, str]) -> None:
    raw = {name: words for name, words in PAGE.items() if name != "position"}
    with pytest.raises(Refused):
        _source(raw | {"name_en": "A page", "publisher_en": "A site"} | more)


@pytest.mark.parametrize(
    ("file", "source", "line", "problem"),
    [
        ("claims", "text", None, "text has a text: say where the words are"),
        ("claims", "page", 3, "page is a web page, which has no lines"),
        ("claims", "page", None, ""), ("claims", "text", 3, ""),
        ("evidence", "page", None, "page is a web page, which has no lines"),
    ],
)  # fmt: skip
def test_words_of_a_text_have_a_place_and_no_others(
    file: str, source: str, line: int | None, problem: str
) -> None:
    sources = [{"slug": "text", "sha256": "0" * 64}, {"slug": "page", "sha256": ""}]
    tables: dict[str, list[Any]] = {"claims": [], "statements": [], "evidence": [], "omissions": []}
    tables[file] = [{"source": source, "line": line, "quotation": "2600亿"}]
    reader = SimpleNamespace(problems=[])
    _check_places(reader, SimpleNamespace(sources=sources, **tables))  # type: ignore[arg-type]
    assert [one.reason for one in reader.problems] == [problem] * bool(problem)


def test_the_database_refuses_unseen_characters_in_an_address(web_page: Source) -> None:
    with pytest.raises(IntegrityError, match="source_words_are_plain"), transaction.atomic():
        Source.objects.update(web_address="https://example.org/\x02")


def test_no_figure_and_no_omission_is_placed_in_it(administrator: Client, web_page: Source) -> None:
    text = make_source()
    for table in ("marketfigure", "omission"):
        html = administrator.get(f"/en/admin/models_catalog/{table}/add/").content.decode()
        offered = [one.pk for one in (web_page, text) if f'<option value="{one.pk}"' in html]
        assert offered == [text.pk]


def test_readers_are_not_told_that_it_is_an_article(client: Client, claim: Claim) -> None:
    assert Source.objects.count() == 2
    assert "Our source is 1 Chinese article" in client.get("/en/about/").content.decode()
    assert "not checked" in client.get("/en/sources/").content.decode()


def test_a_report_hands_its_page_and_words_over(curator: Client, web_page: Source) -> None:
    about = {"entry": make_entry("轩辕"), "field": Field.PARAMETERS, "source_url": ADDRESS}
    report = Report.objects.create(statement="参数为2600亿", **about)
    address = (
        f"/en/admin/models_catalog/claim/add/?entry={report.entry_id}&field=parameters&report={report.pk}"
    )
    form = curator.get(address).context["form"]
    assert (form["source"].value(), form["quotation"].value()) == (web_page.pk, "参数为2600亿")
    Source.objects.update(web_address="https://example.org/other")
    made = curator.get(address).content.decode()
    assert (
        "/en/admin/models_catalog/source/add/?web_address=https%3A%2F%2Fexample.org%2Fnews%2F1%3Ffrom%3Dx"
        in made
    )
