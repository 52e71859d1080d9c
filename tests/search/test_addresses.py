"""Addresses with a name in place of the slug."""

from urllib.parse import quote, unquote

import pytest
from django.test import Client

from tests.factories import make_developer, make_entry
from tests.nasties import NASTIES
from tests.once import once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_models")]


def _make_models() -> None:
    baidu = make_developer("百度", name_en="Baidu")
    make_entry("文心一言", name_en="ERNIE Bot", slug="ernie-bot", developers=[baidu])
    make_entry("盘古", slug="pangu", developers=["华为"], sectors=["气象"])
    make_entry("MOSS", slug="moss")


shared_models = once(_make_models)


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/zh/models/文心一言/", "/zh/models/ernie-bot/"),
        (
            "/models/MOSS/?utm_source=x&fields=slug",
            "/models/moss/",
        ),  # pages carry nothing on that they do not know
        ("/models/ERNIE-Bot/cite.bib", "/models/ernie-bot/cite.bib"),
        ("/en/models/盘古.md", "/en/models/pangu.md"),
        ("/models/MOSS.md", "/models/moss.md"),
        ("/models/盘古/report/", "/models/pangu/report/"),
        ("/developers/Baidu/", "/developers/baidu/"),
        ("/en/developers/百度/", "/en/developers/baidu/"),
        ("/sectors/气象/", "/sectors/qixiang/"),
        ("/compare/?model=ERNIE Bot&model=MOSS", "/compare/?model=ernie-bot&model=moss"),
        ("/compare.csv?model=盘古&model=moss", "/compare.csv?model=pangu&model=moss"),
    ],
)
def test_a_name_in_an_address_leads_to_its_slug(client: Client, asked: str, led: str) -> None:
    response = client.get(quote(asked, safe="/?=&"))
    assert (response.status_code, unquote(response.headers.get("Location", ""))) == (301, led)


@pytest.mark.parametrize("asked", ["/zh/models/文新一言/", "/zh/models/ernie-bto/", "/zh/models/文心/"])
def test_a_name_that_is_none_is_answered_with_those_near_it(client: Client, asked: str) -> None:
    response = client.get(quote(asked))
    assert (response.status_code, 'href="/zh/models/ernie-bot/"' in response.content.decode()) == (404, True)


def test_a_name_of_two_entries_leads_to_neither(client: Client) -> None:
    make_entry("盘古", slug="pangu-2")
    page = client.get(quote("/models/盘古/"))
    links = [f'href="/models/{slug}/"' in page.content.decode() for slug in ("pangu", "pangu-2")]
    assert (page.status_code, links) == (404, [True, True])


@pytest.mark.parametrize("path", ["/models/{}/", "/developers/{}/", "/sectors/{}/", "/compare/?model={}"])
def test_nothing_in_place_of_a_name_breaks_a_page(client: Client, path: str) -> None:
    statuses = {
        client.get(path.format(quote(value, safe="", errors="replace"))).status_code for value in NASTIES
    }
    assert statuses <= {200, 301, 302, 400, 404}
