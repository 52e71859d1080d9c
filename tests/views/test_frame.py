"""What surrounds every page: languages, addresses, data for search engines."""

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.templatetags.static import static
from django.test import Client

from models_catalog.catalog.page import PAGE_SIZE
from tests.factories import make_entries, make_entry

pytestmark = pytest.mark.django_db

XML = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def linked_data(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


@pytest.mark.parametrize(
    ("path", "tag", "title"),
    [("/en/about/", "en", "About · Baimo"), ("/zh/about/", "zh-Hans", "关于 · 百模图鉴")],
)
def test_page_is_in_the_language_of_its_address(client: Client, path: str, tag: str, title: str) -> None:
    html = client.get(path).content.decode()
    assert f'<html lang="{tag}"' in html
    assert f"<title>{title}</title>" in html


@pytest.mark.parametrize("path", ["/en/models/", "/models/"])
def test_other_language_is_one_link_that_keeps_path_and_query(client: Client, path: str) -> None:
    html = client.get(f"{path}?q=1&sort=name&a=1", headers={"Accept-Language": "en"}).content.decode()
    assert '<a href="/zh/models/?q=1&amp;sort=name" hreflang="zh-Hans" lang="zh-Hans"' in html


def test_canonical_address_has_the_language_and_no_query(client: Client) -> None:
    html = client.get("/sectors/?a=1", headers={"Accept-Language": "en"}).content.decode()
    assert '<link rel="canonical" href="http://testserver/en/sectors/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/sectors/">' in html


@pytest.mark.parametrize(
    ("query", "kept"), [("?page=2", "?page=2"), ("?page=1", ""), ("?page=2&kind=model", ""), ("", "")]
)
def test_a_page_behind_the_first_is_canonical_in_every_language(
    client: Client, query: str, kept: str
) -> None:
    make_entries(PAGE_SIZE + 1)
    html = client.get(f"/en/models/{query}").content.decode()
    links = re.findall(r'<link rel="(?:canonical|alternate)"(?: hreflang="[^"]+")? href="([^"]+)">', html)
    assert links[:4] == [f"http://testserver{path}/models/{kept}" for path in ("/en", "/zh", "/en", "")]


def test_a_shared_entry_says_what_it_is(client: Client) -> None:
    make_entry("文心", name_en="Wenxin", slug="wenxin")
    html = client.get("/en/models/wenxin/").content.decode()
    assert '<meta property="og:description" content="Wenxin: developers, size, dates' in html


def test_the_icon_has_the_address_that_browsers_guess(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"] == static("favicon.svg")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/en/sectors/", 'href="/en/sectors/" aria-current="page"'),
        ("/en/models/wenxin/", 'href="/en/models/" aria-current="true"'),
    ],
)
def test_navigation_marks_where_one_is(client: Client, path: str, current: str) -> None:
    make_entry("文心", slug="wenxin")
    html = client.get(path).content.decode()
    assert current in html
    assert html.count('aria-current="true"') + html.count('aria-current="page"') <= 2


@pytest.mark.parametrize("path", ["/en/", "/zh/models/"])
def test_registry_is_described_as_a_dataset(client: Client, path: str) -> None:
    data = linked_data(client.get(path).content.decode())
    assert (data["@type"], data["license"]) == ("Dataset", "https://creativecommons.org/licenses/by/4.0/")


@pytest.mark.parametrize(
    ("released", "published"),
    [("2023-03-16", "2023-03-16"), ("2023-06", "2023-06"), ("2023", "2023"), ("2022/2023", None), ("", None)],
)
def test_entry_is_described_with_what_is_known(client: Client, released: str, published: str | None) -> None:
    make_entry("文心", name_en="Wenxin", slug="wenxin", released=released, developers=["百度"])
    data = linked_data(client.get("/en/models/wenxin/").content.decode())
    assert (data["name"], data["creator"][0]["name"]) == ("Wenxin", "百度")
    assert data.get("datePublished") == published


def test_sitemap_names_every_page_in_both_languages(client: Client) -> None:
    make_entry("文心", slug="wenxin")
    index = ET.fromstring(client.get("/sitemap.xml").content)
    files = [str(loc.text) for loc in index.iter(f"{XML}loc")]
    assert files == ["http://testserver/sitemap-pages.xml", "http://testserver/sitemap-models-1.xml"]
    for file in files:
        for url in ET.fromstring(client.get(file).content).iter(f"{XML}url"):
            assert [link.get("hreflang") for link in url.iter(f"{XHTML}link")] == ["zh-Hans", "en"]
            assert client.get(str(url.findtext(f"{XML}loc"))).status_code == 200


def test_crawlers_are_kept_from_endless_lists(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Disallow: /*?" in lines
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


@pytest.mark.parametrize(("language", "title"), [("en", "Page not found"), ("zh", "找不到这个页面")])
def test_missing_page_is_in_the_sites_dress(client: Client, language: str, title: str) -> None:
    response = client.get(f"/{language}/nothing/")
    assert response.status_code == 404
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert 'role="search"' in response.content.decode()
