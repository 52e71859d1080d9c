"""Curators find entries by names and makers that wait, and see them called so; readers do neither."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from models_catalog.models import Entry
from models_catalog.models.vocabulary import Field, NameKind
from tests.admin.test_lists import listed
from tests.factories import make_developer, make_entry, propose

pytestmark = pytest.mark.django_db


def waiting_entry(name: str = "曹植", maker: str = "达观数据", slug: str = "caozhi-x") -> Entry:
    entry = Entry.objects.create(slug=slug)
    propose(entry, Field.NAME, words=name, text=name, token=NameKind.ZH)
    propose(entry, Field.DEVELOPER, words=maker, developer=make_developer(maker))
    return entry


@pytest.mark.parametrize(
    ("term", "n"),
    [
        ("曹植", 1), ("曹", 1), ("caozhi", 1), ("cáozhí", 1), ("CZ", 1), ("达观", 1), ("達觀數據", 1), ("daguan", 1),
        ("曹植 达观", 1), ("caozhi-x", 1), ("曹操", 0), ("曹植 百度", 0), ("…", 0),
    ],
)  # fmt: skip
def test_entries_are_found_by_what_waits(viewer: Client, term: str, n: int) -> None:
    waiting_entry()
    make_entry("文心一言", developers=["百度"])
    assert listed(viewer, q=term) == ["caozhi-x"] * n
    assert len(listed(viewer, "claim", q=term)) == 2 * n
    queue = viewer.get(reverse("admin:models_catalog_claim_queue"), {"q": term})
    assert len(queue.context["rows"]) == 2 * n


def test_words_may_hit_what_stands_and_what_waits(viewer: Client) -> None:
    entry = make_entry("文心一言")
    propose(entry, Field.DEVELOPER, words="百度", developer=make_developer("百度"))
    assert listed(viewer, q="wenxin baidu") == listed(viewer, q="文心 百度") == ["文心一言"]


def test_readers_find_nothing_by_what_waits(client: Client) -> None:
    waiting_entry()
    assert not Entry.objects.search("曹植").exists()
    assert "caozhi-x" not in client.get("/models/", {"q": "曹植"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_calls_them_by_what_waits(viewer: Client, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        waiting_entry(f"曹植{number}", slug=f"caozhi-{number}")
    make_entry("文心一言")
    with django_assert_num_queries(12):
        shown = viewer.get(reverse("admin:models_catalog_entry_changelist")).content.decode()
    assert [shown.count(f'<span class="place">待审：曹植{n}</span>') for n in range(rows)] == [1] * rows
    assert "文心一言</a>" in shown
