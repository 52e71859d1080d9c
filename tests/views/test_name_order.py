"""Lists stand in the order of the names that they show: Chinese ones by pinyin, English ones by the alphabet."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_developer, make_entry
from tests.once import once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_entries")]

NAMES = {
    "wenxin": ("文心", "ERNIE"),
    "anda": ("安达", "Zeta"),
    "ziyue": ("子曰", "hi 9"),
    "ziyue-2": ("子曰二", "Hi 10"),
    "an": ("安", ""),
}
CHINESE = ["an", "anda", "wenxin", "ziyue", "ziyue-2"]
ENGLISH = ["an", "wenxin", "ziyue", "ziyue-2", "anda"]


def _make_entries() -> None:
    maker = make_developer("百度", name_en="Baidu", slug="baidu")
    family = make_entry("家族", slug="family", kind="family")
    shared: dict[str, Any] = {
        "parent": family,
        "sectors": ["金融"],
        "parameters": "1亿",
        "released": "2023-03",
    }
    for slug, (name_zh, name_en) in NAMES.items():
        make_entry(name_zh, slug=slug, name_en=name_en, developers=[maker], **shared)


shared_entries = once(_make_entries)


def listed(page: Any) -> list[str]:
    """The entries of a page in the order in which they are first linked, but for its neighbours."""
    html = re.sub(r'<a rel="(?:prev|next)".*?</a>', "", page.getvalue().decode(), flags=re.DOTALL)
    found = re.findall(rf"/models/({'|'.join(NAMES)})/", html)
    return list(dict.fromkeys(found))


PATHS = [
    *("", "models/", "models/?sort=stage", "models/?sort=developer", "developers/baidu/", "sectors/jinrong/"),
    *("models/family/", "models.csv?kind=model", "models.json?kind=model"),
]


@pytest.mark.parametrize("path", PATHS)
def test_entries_stand_by_the_name_that_is_shown(client: Client, path: str) -> None:
    orders = [listed(client.get(f"/{prefix}/{path}")) for prefix in ("zh", "en")]
    assert orders == [CHINESE, ENGLISH]


def test_so_they_stood_in_the_past(client: Client) -> None:
    assert listed(client.get("/en/models/", {"as_of": str(timezone.localdate())})) == ENGLISH


def test_neighbours_are_those_of_the_list(client: Client) -> None:
    beside = client.get("/en/models/wenxin/?kind=model").context["neighbours"]
    assert (beside.previous.slug, beside.next.slug) == ("an", "ziyue")


def test_developers_stand_by_the_name_that_is_shown(client: Client) -> None:
    make_developer("阿里", name_en="Zhejiang", slug="ali", kind="big-tech")
    for prefix, expected in (("zh", ["ali", "baidu"]), ("en", ["baidu", "ali"])):
        page = client.get(f"/{prefix}/developers/").content.decode()
        assert re.findall(r'href="/../developers/(\w+)/"', page) == expected


def test_a_page_leads_to_the_file_in_its_order(client: Client) -> None:
    page = client.get("/models/", headers={"Accept-Language": "en"}).content.decode()
    assert re.findall(r'href="([^"]*/models.csv)', page) == ["/en/models.csv"]
