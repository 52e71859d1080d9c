"""Who has a page already is told so before it is made; whatever the page depends on changes its name."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from models_catalog.catalog import home
from models_catalog.pages.http import public
from tests.factories import make_entry
from tests.once import once

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/models/", "/models/wenxin/", "/developers/", "/sectors/", "/sources/", "/market/", "/about/", "/compare/", "/charts/",
    "/charts/stage/", "/charts/stage/?embed=1", "/data/", "/releases/", "/data/api/", "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml",
    "/models/suggest/?q=wen", "/models/suggest.json?q=wen", "/compare/suggest/?q=wen",
    "/models/wenxin/history/", "/models/wenxin/cite/", "/disputes/", "/left-out/?q=wen",
]  # fmt: skip


def _make_entry() -> None:
    make_entry("文心", slug="wenxin")


shared_entry = once(_make_entry)


@pytest.fixture(autouse=True)
def _entry(shared_entry: None, db: None) -> None:
    """Each test of this file sees them."""


def etag(client: Client, path: str = "/", **headers: str) -> str:
    return str(client.get(path, headers=headers)["ETag"])


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("path", PAGES)
def test_who_has_a_page_gets_nothing(client: Client, path: str, method: str) -> None:
    first = client.get(path)
    again = getattr(client, method)(path, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert {*again["Vary"].split(", ")} == {*first.get("Vary", "").split(", "), "Accept-Encoding"} - {""}


def test_the_answer_is_given_before_the_page_is_made(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    known = etag(client)
    monkeypatch.setattr(home, "numbers", None)
    with django_assert_num_queries(1):
        assert client.get("/", headers={"if-none-match": known}).status_code == 304


def test_anything_does_not_stand_for_a_page_that_is_none(client: Client) -> None:
    paths = ("/models/x/", "/models/?sort=x", "/models.csv?sort=x")
    statuses = [client.get(path, headers={"if-none-match": "*"}).status_code for path in paths]
    assert statuses == [404, 400, 400]


def test_a_citation_has_a_validator(client: Client) -> None:
    path = "/models/wenxin/cite.bib"
    assert client.get(path, headers={"if-none-match": etag(client, path)}).status_code == 304


def test_a_change_of_the_registry_is_another_page(client: Client) -> None:
    before = etag(client)
    make_entry("盘古")
    assert etag(client) != before


def test_each_language_address_and_fragment_has_a_name_of_its_own(client: Client) -> None:
    found = [
        etag(client), etag(client, "/en/"), etag(client, "/", **{"accept-language": "en"}), etag(client, "/models/"),
        etag(client, "/models/", **{"hx-request": "true"}), etag(client, "/models/?sort=-name"), etag(client, "/", host="localhost"),
    ]  # fmt: skip
    assert len(set(found)) == len(found)


def test_a_deployment_is_another_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag(client)
    monkeypatch.setattr(public, "code", lambda: "another")
    assert etag(client) != before


def test_another_day_is_another_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = etag(client)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2030, 1, 1))
    assert etag(client) != before


@pytest.mark.parametrize(
    ("cookies", "whose"), [({}, "public"), ({"language": "en"}, "private"), ({"session": "x"}, "private")]
)
def test_a_page_that_a_cookie_chose_is_its_readers_alone(
    client: Client, cookies: dict[str, str], whose: str
) -> None:
    client.cookies.load(cookies)
    assert client.get("/models/")["Cache-Control"] == f"{whose}, no-cache"


def test_a_page_says_what_it_depends_on(client: Client) -> None:
    neutral, fixed = ({*client.get(path)["Vary"].split(", ")} for path in ("/models/", "/en/models/"))
    asked = {"HX-Request", "HX-History-Restore-Request", "Accept-Encoding"}
    assert (neutral, fixed) == (asked | {"Accept-Language", "Cookie"}, asked)


def test_the_form_of_a_report_is_nobody_elses(client: Client) -> None:
    response = client.get("/models/wenxin/report/")
    assert ("csrfmiddlewaretoken" in response.content.decode(), "ETag" in response.headers) == (True, False)
    assert "private" in response["Cache-Control"]
