"""Behaviour that every list and table of the site shares, on the registry's real data."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
TABLES = [
    "/",
    "/models/",
    "/developers/",
    "/sectors/",
    "/sources/xinghai-2023/",
    "/market/",
    "/charts/stage/",
    "/about/",
    "/about/dictionary/",
]
COMPARED = "/compare/?model=chatglm-6b&model=wenxin-yiyan"
_HEADLESS = re.compile(r"<th(?! [^>]*scope=|ead)")
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)


@pytest.fixture
def site(client: Client, curated_registry: object) -> Client:
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def shown(site: Client, address: str) -> str:
    return site.get(address).content.decode()


def test_a_changed_filter_begins_at_the_first_page(site: Client) -> None:
    page = shown(site, "/models/?page=1&sector=finance")
    chips = re.findall(r'<a class="chip[^>]*href="([^"]*)"', page)
    assert (re.findall(r'name="page"', page), [chip for chip in chips if "page=" in chip]) == ([], [])


def test_a_value_that_gives_nothing_stays_and_is_muted(site: Client) -> None:
    options = re.findall(
        r'<label class="([^"]*)"[^>]*><input[^>]*name="sector"[^>]*value="telecom"', shown(site, "/models/")
    )
    assert options == ["option option--none"]


def test_the_number_of_results_is_told_politely(site: Client) -> None:
    status = re.findall(
        r'<p [^>]*role="status"[^>]*>(.*?)</p>', shown(site, "/models/?sector=finance"), re.DOTALL
    )
    assert [re.sub(r"<[^>]+>|\s+", " ", text).split() for text in status] == [["4", "entries"]]


def test_every_table_has_a_caption_and_says_what_its_headers_head(site: Client) -> None:
    for address in [*TABLES, COMPARED]:
        tables = _TABLE.findall(shown(site, address))
        assert tables, address
        assert [table[:80] for table in tables if "<caption" not in table or _HEADLESS.search(table)] == []


def test_no_cell_is_a_dash_or_an_invented_nought(site: Client) -> None:
    for address in ["/", "/models/", "/models/chatglm/", "/developers/baidu/", COMPARED]:
        cells = re.findall(r"<(td|dd)[^>]*>(.*?)</\1>", shown(site, address), re.DOTALL)
        texts = {re.sub(r"<[^>]+>|\s+", "", content) for _tag, content in cells}
        assert texts & {"", "-", "–", "—", "0", "N/A", "None"} == set()
