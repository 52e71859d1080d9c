"""Two rows with like names that a curator says are not the same: not asked about again, until somebody asks again."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from models_catalog.models import Apart
from tests.factories import make_developer, make_entry

pytestmark = pytest.mark.django_db
OF = pytest.mark.parametrize("of", ["entry", "developer"])


def near(of: str) -> str:
    return reverse(f"admin:models_catalog_{of}_near")


def pair(of: str, name: str = "桃溪软件", slug: str = "taoxi") -> dict[str, int]:
    make: Any = make_entry if of == "entry" else make_developer
    rows = [make(name, slug=slug), make(f"{name[:1]} {name[1:]}", slug=f"{slug}-2")]
    return {"one": rows[1].pk, "other": rows[0].pk}


def shown(client: Client, of: str, **query: str) -> list[set[int]]:
    page = client.get(near(of), query)
    return [{row.pk for row in rows} for rows, _said in page.context["shown"]]


@OF
def test_pair_that_is_not_the_same_is_not_asked_about_again(curator: Client, of: str) -> None:
    ids = pair(of)
    assert shown(curator, of) == [{*ids.values()}]
    page = curator.post(near(of), {**ids, "_apart": "1"}, follow=True, headers={"Accept-Language": "en"})
    assert "Not the same, and not asked about any more" in page.content.decode()
    assert shown(curator, of) == []
    (row,) = page.client.get(near(of), {"apart": "1"}).context["shown"]
    assert (row[1].done_by, shown(curator, of, apart="1")) == ("the-curator", [{*ids.values()}])
    assert of == "developer" or curator.get(reverse("admin:index")).context["namesakes"] == 0


@OF
def test_it_is_asked_about_again_and_who_said_what_is_kept(
    curator: Client, administrator: Client, of: str
) -> None:
    ids = pair(of)
    curator.post(near(of), {**ids, "_apart": "1"})
    for _twice in range(2):
        administrator.post(near(of), {**ids, "_again": "1"})
    assert (len(shown(curator, of)), shown(curator, of, apart="1")) == (1, [])
    curator.post(near(of), {**ids, "_apart": "1"})
    told = Apart.objects.order_by("pk").values_list("done_by", "undone_by")
    assert [*told] == [("the-curator", "the-admin"), ("the-curator", "")]


@OF
def test_said_twice_it_is_kept_once_and_only_of_its_table(
    curator: Client, administrator: Client, of: str
) -> None:
    ids = pair(of)
    for client in (curator, administrator):
        client.post(near(of), {**ids, "_apart": "1"})
    assert [row.done_by for row in Apart.objects.all()] == ["the-curator"]
    Apart.objects.update(of="developer" if of == "entry" else "entry")
    assert len(shown(curator, of)) == 1


def test_viewer_is_offered_neither(viewer: Client) -> None:
    ids = pair("entry")
    Apart.objects.create(
        of="entry", one=min(pair("entry", "柳岸", "liuan").values()), other=10**9, done_by="a"
    )
    for query in ({}, {"apart": "1"}):
        assert b'name="one"' not in viewer.get(near("entry"), query).content
    assert viewer.post(near("entry"), {**ids, "_apart": "1"}).status_code == 403


@pytest.mark.parametrize(
    "typed", [{}, {"one": "x"}, {"other": "0"}, {"other": "9" * 18}, {"other": "9" * 30}]
)
def test_what_is_no_pair_is_refused(curator: Client, typed: dict[str, str]) -> None:
    ids: dict[str, Any] = {**pair("entry"), **typed} if typed else {}
    assert curator.post(near("entry"), {**ids, "_apart": "1"}).status_code == 400
    assert not Apart.objects.exists()


def test_one_row_is_no_pair(curator: Client) -> None:
    one = pair("entry")["one"]
    assert curator.post(near("entry"), {"one": one, "other": one, "_apart": "1"}).status_code == 400


@pytest.mark.parametrize(("number", "status"), [("1", 302), ("2", 302), ("x", 400)])
def test_it_leads_back_to_its_page(curator: Client, number: str, status: int) -> None:
    answer = curator.post(near("entry"), {**pair("entry"), "_apart": "1", "p": number})
    assert answer.status_code == status
    assert status == 400 or answer["Location"] == near("entry") + ("?p=2" if number == "2" else "")


def test_front_page_groups_no_names_until_something_changed(curator: Client) -> None:
    def asked() -> tuple[int, bool]:
        with CaptureQueriesContext(connection) as queries:
            page = curator.get(reverse("admin:index"))
        return page.context["namesakes"], any("searchkey" in one["sql"] for one in queries.captured_queries)

    ids = pair("entry")
    assert [asked(), asked()] == [(1, True), (1, False)]
    pair("entry", "柳岸", "liuan")
    assert [asked(), asked()] == [(2, True), (2, False)]
    for press, number in (("_apart", 1), ("_again", 2)):
        curator.post(near("entry"), {**ids, press: "1"})
        assert asked() == (number, True)
