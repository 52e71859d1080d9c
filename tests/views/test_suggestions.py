"""What the search box suggests while one types."""

import pytest
from django.test import Client

from models_catalog.models.vocabulary import NameKind
from tests.factories import make_entries, make_entry

pytestmark = pytest.mark.django_db


def test_suggestions_are_a_listbox(client: Client) -> None:
    make_entry("文心一言", slug="ernie", developers=["百度"])
    page = client.get("/models/suggest/?q=wx").content.decode()
    assert (page.count('role="option"'), 'href="/models/ernie/"' in page) == (1, True)


def test_suggestions_are_bounded(client: Client) -> None:
    make_entries(20)
    assert len(client.get("/models/suggest.json?q=模型").json()["results"]) == 8


def test_suggestions_say_why(client: Client) -> None:
    make_entry("书生", slug="shusheng", aliases=[(NameKind.CORRUPTED, "墨客")], developers=["商汤"])
    assert client.get("/models/suggest.json?q=mk").json() == {
        "results": [
            {
                "slug": "shusheng",
                "name": "书生",
                "name_zh": "书生",
                "name_en": None,
                "developers": ["商汤"],
                "reason": "墨客",
                "is_near": False,
            }
        ]
    }


def test_a_slip_is_suggested_what_was_meant(client: Client) -> None:
    make_entry("文心一言", slug="ernie")
    found = client.get("/models/suggest.json?q=文新一言").json()["results"]
    assert [(one["slug"], one["is_near"]) for one in found] == [("ernie", True)]


def test_suggestions_take_names_and_makers_apart(client: Client) -> None:
    make_entry("文心一言", slug="ernie", developers=["百度"])
    found = client.get("/models/suggest.json?q=百度文心").json()["results"]
    assert [one["slug"] for one in found] == ["ernie"]
