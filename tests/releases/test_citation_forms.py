"""Citations as reference managers read them: every kind of page, both languages, names that try to break out."""

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pybtex
import pytest
import rispy
import yaml
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.conf import settings
from django.test import Client

from models_catalog.publish.citations import Citation, CitedWords, bibtex, csl_json, gbt7714, plain, ris
from models_catalog.publish.releases.freeze import make_release
from tests.factories import make_entry
from tests.once import once

NASTY = [
    "ERNIE {Bot} & 100% #1_x $y$ ~z^w \\ back", "}, note = {broken", "}}\n@misc{other,\n title={x}}", "文心一言", "“盘古”、《大模型》",
    "a\r\nER  - \r\nTY  - BOOK", "x\u2028TY  - BOOK\u2029\x85\x0b", '"quoted" \'title\'', "@article{", "\\input{/etc/passwd}",
    "{", "}", "%", "\\", "\u202eesrever", "🐼 emoji", "<b>&amp;</b>", "a" * 160,
]  # fmt: skip
VERSIONS = {"en": "release 1, 2026-11-22", "zh": "第1版，2026-11-22"}
PAGES = [
    "models/wenxinyiyan/cite/", "compare/?model=wenxinyiyan&model=pangu", "charts/timeline/?sector=jinrong&q=%7B%7D%26", "releases/1/",
    "data/", "about/",
]  # fmt: skip


def cited(name: str) -> Citation:
    address = "https://example.org/charts/x/?q=%7B%25&sort=-name#a_b"
    return Citation("baimo-x", name, name, address, 3, date(2026, 11, 22), date(2027, 1, 2))


def read_bibtex(text: str) -> dict[str, str]:
    """The one entry that a parser finds, without the markup of TeX; the address as it stands, as \\url takes it."""
    known = text.replace(r"{\textbraceleft}", r"\{").replace(r"{\textbraceright}", r"\}")  # to its decoder
    plain = parse_string(text)
    decoded = parse_string(known, append_middleware=[LatexDecodingMiddleware()])
    assert (plain.failed_blocks, len(plain.entries)) == ([], 1)
    fields = {one.key: str(one.value).replace("ˆ", "^") for one in decoded.entries[0].fields}
    entry = plain.entries[0]
    return {"key": entry.key, "type": entry.entry_type, **fields, "url": str(entry["url"])}


def read_ris(text: str) -> dict[str, Any]:
    (record,) = rispy.loads(text)
    found: dict[str, Any] = record
    return found


def on_one_line(name: str) -> str:
    return " ".join(name.split())


@pytest.mark.parametrize("name", NASTY)
def test_bibtex_is_read_as_one_entry_with_the_name_as_it_is(name: str) -> None:
    entry = read_bibtex(bibtex(cited(name)))
    assert (entry["key"], entry["type"], entry["version"]) == ("baimo-x", "misc", "release 3, 2026-11-22")
    assert entry["title"].startswith(f"{on_one_line(name)}. Baimo 百模图鉴")
    assert set(entry) == {
        "key",
        "type",
        "author",
        "title",
        "year",
        "month",
        "version",
        "url",
        "urldate",
        "note",
    }


@pytest.mark.parametrize("style", ["plain", "unsrt", "alpha", "unsrtalpha"])
def test_styles_keep_capitals_and_write_the_month(style: str) -> None:
    """By pybtex, which reads braces as BibTeX does: a style may lower what stands outside of them."""
    names = " ".join(name for name in NASTY if "\n" not in name)
    text = pybtex.format_from_string(bibtex(cited(f"ChatGLM-6B {names}")), style, output_backend="plaintext")
    assert ("ChatGLM-6B" in text, "Chinese large AI models" in text, "November 2026" in text) == (True,) * 3
    assert text.count("2027") <= 1


def test_month_is_the_macro_of_bibtex_and_access_is_dated_once() -> None:
    text = bibtex(cited("x"))
    assert ("  month = nov,\n" in text, text.count("2027-01-02")) == (True, 1)


def test_chinese_citation_is_chinese() -> None:
    told = [write(replace(cited("文心一言"), in_chinese=True)) for write in (bibtex, ris, csl_json)]
    assert [text for text in told if "百模图鉴编辑组" not in text or "Baimo" in text] == []
    assert [text for text in told if "第3版，2026-11-22" not in text] == []


@pytest.mark.parametrize("name", NASTY)
def test_claim_is_read_with_article_and_words(name: str) -> None:
    quoted = CitedWords("澎湃科技", "The Paper", name, name, "2023-04", name, 26)
    claim = replace(cited("ERNIE"), quoted=quoted)
    entry, record, (item,) = read_bibtex(bibtex(claim)), read_ris(ris(claim)), json.loads(csl_json(claim))
    assert (entry["title"], entry["author"].strip("{}"), entry["year"], entry["month"]) == (
        on_one_line(name), "The Paper", "2023", "apr",
    )  # fmt: skip
    assert (record["title"], item["title"], item["issued"]) == (
        on_one_line(name), on_one_line(name), {"date-parts": [[2023, 4]]},
    )  # fmt: skip
    assert "As recorded in ERNIE. Baimo 百模图鉴" in entry["note"]


@pytest.mark.parametrize("name", NASTY)
def test_bibtex_balances_its_braces(name: str) -> None:
    text = bibtex(cited(name))  # BibTeX counts escaped ones too
    assert text.count("{") == text.count("}")


@pytest.mark.parametrize("name", NASTY)
def test_ris_is_read_as_one_record_with_the_name_as_it_is(name: str) -> None:
    record = read_ris(ris(cited(name)))
    assert (record["type_of_reference"], record["title"], record["edition"]) == (
        "DATA",
        on_one_line(name),
        "release 3, 2026-11-22",
    )


@pytest.mark.parametrize("name", NASTY)
def test_csl_is_one_item_with_the_name_as_it_is(name: str) -> None:
    (item,) = json.loads(csl_json(cited(name)))
    assert (item["type"], item["title"], item["issued"]) == (
        "dataset",
        on_one_line(name),
        {"date-parts": [[2026, 11, 22]]},
    )


@pytest.mark.django_db
def test_citation_of_the_registry_takes_no_parameter(site: Client) -> None:
    assert site.get("/data/cite.bib?sector=finance").status_code == 400


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("write", [gbt7714, plain])
def test_text_is_one_line_that_names_all(name: str, write: Any) -> None:
    text = write(cited(name))
    assert len(text.splitlines()) == 1
    assert [
        one
        for one in (on_one_line(name), "3", "2026-11-22", "2027-01-02", "https://example.org/")
        if one not in text
    ] == []


def _make_site() -> None:
    make_entry(
        "文心{一}言&%", slug="wenxinyiyan", name_en="ERNIE {Bot} & 100%", sectors=["金融"], released="2023-03"
    )
    make_entry("盘古", slug="pangu")
    make_release(day=date(2026, 11, 22))


shared_site = once(_make_site)


@pytest.fixture
def site(shared_site: None, client: Client) -> Client:
    return client


def offered(site: Client, address: str) -> list[str]:
    """The addresses of citations on a page."""
    html = site.get(address).content.decode()
    return [unescape(found) for found in re.findall(r'href="([^"]*/cite\.[^"]*)"', html)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("shown", PAGES)
def test_each_page_offers_forms_that_parsers_read(site: Client, shown: str, language: str) -> None:
    found = offered(site, f"/{language}/{shown}")
    texts = {address.partition("/cite.")[2][:3]: site.get(address).content.decode() for address in found}
    entry, record, (item,) = read_bibtex(texts["bib"]), read_ris(texts["ris"]), json.loads(texts["jso"])
    assert entry["url"] == record["urls"][0] == item["URL"]
    assert "http://testserver/en/" not in "".join(texts.values())
    assert [form for form, text in texts.items() if "2026-11-22" not in text] == []
    assert (entry["version"], record["edition"], item["version"]) == (VERSIONS[language],) * 3
    assert site.get(entry["url"]).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["", "?model=none", "?model=pangu&model=none", "?model=pangu&x=1", "?model=%00"]
)
def test_a_comparison_that_is_none_is_not_cited(site: Client, query: str) -> None:
    assert site.get(f"/compare/cite.bib{query}").status_code == 400


def test_citation_file_holds_what_its_format_requires() -> None:
    """CITATION.cff by the rules of Citation File Format 1.2.0: the required keys, and types of those we use."""
    found = yaml.safe_load((settings.BASE_DIR / "CITATION.cff").read_text("utf-8"))
    assert found["cff-version"] == "1.2.0"
    assert found["type"] in ("software", "dataset")
    assert [key for key in ("message", "title") if not isinstance(found[key], str)] == []
    assert found["authors"]
    assert [one for one in found["authors"] if not {"name", "family-names", "alias"} & set(one)] == []


def test_claim_names_the_author_and_then_the_publisher() -> None:
    quoted = CitedWords(
        "张静", "Zhang Jing", "狂飙", "Spring", "2023-04", "2600亿", 26, "澎湃科技", "The Paper"
    )
    claim = replace(cited("ERNIE"), quoted=quoted)
    entry, record, (item,) = read_bibtex(bibtex(claim)), read_ris(ris(claim)), json.loads(csl_json(claim))
    assert (entry["publisher"], record["publisher"], item["publisher"]) == ("The Paper",) * 3
    assert plain(claim).startswith("Zhang Jing (2023-04). “Spring”. The Paper: “2600亿”, line 26.")
    assert gbt7714(claim).startswith("张静. 狂飙[EB/OL], 澎湃科技, 2023-04: “2600亿”")
