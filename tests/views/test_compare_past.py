"""A comparison in a state of the past, and the ways to it and from it: all keep the state."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import make_entry
from tests.history.test_as_of import history_moved_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def day() -> str:
    """Yesterday, when 轩辕 and 盘古 were there; 新盘古 came today."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with history_moved_back(2):
        make_entry("轩辕", parameters="2600亿", slug="xuanyuan")
        make_entry("盘古", slug="pangu")
    make_entry("新盘古", slug="xinpangu")
    return (timezone.localdate() - timedelta(days=1)).isoformat()


def compared(client: Client, day: str, *slugs: str) -> str:
    return client.get("/en/compare/", {"model": slugs, "as_of": day}).content.decode()


def test_all_links_of_a_comparison_keep_its_state(client: Client, day: str) -> None:
    page = compared(client, day, "xuanyuan", "pangu").partition("<main")[2]
    links = re.findall('(?:href|suggest)="([^"]*/compare[./?][^"]*)"', page)
    assert len(links) > 4
    today = "/en/compare/?model=xuanyuan&amp;model=pangu"
    assert [link for link in links if f"as_of={day}" not in link] == [today]


@pytest.mark.parametrize("slugs", [("xuanyuan", "pangu"), ("xuanyuan", "xinpangu"), ()])
def test_all_forms_of_a_comparison_keep_its_state(client: Client, day: str, slugs: tuple[str, ...]) -> None:
    """But for those that choose a state. 新盘古 was not there: the page says so, with a form to go on."""
    forms = [one.partition("</form>")[0] for one in compared(client, day, *slugs).split("<form")]
    kept = f'<input type="hidden" name="as_of" value="{day}">'
    sets = [one for one in forms if 'action="/en/compare/' in one and 'id="times' not in one]
    assert [kept in one for one in sets] == [True] * len(sets)
    assert sets


def test_what_can_be_added_is_of_the_state(client: Client, day: str) -> None:
    asked = {"model": "xuanyuan", "q": "盘古", "as_of": day}
    found = client.get("/en/compare/suggest/", asked).content.decode()
    assert (f"model=pangu&amp;as_of={day}" in found, "xinpangu" in found) == (True, False)


@pytest.mark.parametrize("asked", ["models/?kind=model", "compare/?model=xuanyuan&model=pangu"])
def test_entries_and_their_evidence_are_shown_in_the_state(client: Client, day: str, asked: str) -> None:
    shown = client.get(f"/en/{asked}&as_of={day}").content.decode().partition("<main")[2]
    links = re.findall('href="(/en/models/[a-z]+/[^"]*)"', shown)
    assert len(links) > 2
    assert [link for link in links if f"as_of={day}" not in link] == []


def test_a_developer_s_name_in_a_list_of_the_past_narrows_that_list(client: Client, day: str) -> None:
    with history_moved_back(2):
        make_entry("文心", slug="wenxin", developers=["百度"])
    shown = client.get(f"/en/models/?as_of={day}").content.decode()
    assert f'href="?developer=baidu&amp;as_of={day}"' in shown


@pytest.mark.parametrize("path", ["models/", "charts/", "charts/stage/"])
def test_clearing_the_filters_keeps_the_state(client: Client, day: str, path: str) -> None:
    shown = client.get(f"/en/{path}?kind=model&as_of={day}").content.decode()
    cleared = re.findall('href="([^"]*)">(?:<svg.*?</svg>)? ?Clear all', shown)
    assert cleared
    assert set(cleared) == {f"/en/{path}?as_of={day}"}


@pytest.mark.parametrize(
    "asked", ["models/?openness=unstated", "models/xuanyuan/", "charts/stage/?kind=model"]
)
def test_the_way_to_today_keeps_what_was_asked(client: Client, day: str, asked: str) -> None:
    shown = client.get(f"/en/{asked}{'&' if '?' in asked else '?'}as_of={day}").content.decode()
    assert f'<a href="/en/{asked}">View it as it is now</a>' in shown


def test_entries_are_compared_in_the_state_in_which_they_are_seen(client: Client, day: str) -> None:
    page = client.get(f"/en/models/xuanyuan/?as_of={day}").content.decode()
    assert f'href="/en/compare/?model=xuanyuan&amp;as_of={day}"' in page
    picks = client.get(f"/en/models/?as_of={day}").content.decode().partition('id="picks"')[2]
    assert f'name="as_of" value="{day}"' in picks.partition("</form>")[0]
