"""What others show of a page: titles that tell pages apart, the address that is this page, a picture."""

import re

import pytest
from django.test import Client

from tests.factories import make_entry
from tests.once import once

pytestmark = pytest.mark.django_db


def _make_entries() -> None:
    make_entry("文心", slug="wenxin", openness="open", parameters="2600亿")
    make_entry("盘古", slug="pangu")


shared_entries = once(_make_entries)


@pytest.fixture(autouse=True)
def _entries(shared_entries: None, db: None) -> None:
    """Each test of this file sees them."""


def metas(client: Client, path: str) -> dict[str, str]:
    page = client.get(path).content.decode()
    found = dict(re.findall(r'<meta property="(og:[a-z_]+)" content="([^"]*)">', page))
    return found | {"title": page.partition("<title>")[2].partition("</title>")[0]}


@pytest.mark.parametrize("base", ["/en/models/", "/en/charts/", "/en/charts/stage/"])
def test_filtered_pages_have_titles_of_their_own(client: Client, base: str) -> None:
    queries = ("", "?openness=open", "?openness=unstated", "?q=文心", "?parameters_min=1B")
    titles = [metas(client, f"{base}{query}")["title"] for query in queries]
    assert (len(set(titles)), "Openness: Open" in titles[1]) == (len(queries), True)


@pytest.mark.parametrize(
    "path",
    [
        "/en/models/?openness=open",
        "/en/compare/?model=wenxin&amp;model=pangu",
        "/en/charts/stage/?openness=open",
    ],
)
def test_the_card_names_this_very_page(client: Client, path: str) -> None:
    found = metas(client, f"{path.replace('&amp;', '&')}&utm_source=x")
    assert (found["og:url"], bool(found["og:title"])) == (f"http://testserver{path}", True)


def test_a_charts_card_is_its_picture(client: Client) -> None:
    picture = metas(client, "/charts/stage/?openness=open")["og:image"]
    assert picture == "http://testserver/zh/charts/stage.png?openness=open"
    assert client.get(picture.removeprefix("http://testserver"))["Content-Type"] == "image/png"


def test_an_entrys_card_names_the_value_and_its_words(client: Client) -> None:
    told = metas(client, "/en/models/wenxin/")["og:description"]
    assert ("260B" in told, "2600亿" in told) == (True, True)
