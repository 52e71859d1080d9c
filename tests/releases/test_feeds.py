"""Feeds of changes, as readers could see them."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from models_catalog.claims.settle import settle
from models_catalog.history import changes
from models_catalog.models import Developer, Entry
from models_catalog.models.vocabulary import Field, NameKind, Status
from models_catalog.pages.feeds import _opened
from tests.decisions import accept_claim, reject_claim
from tests.factories import make_claim, make_developer, make_entry, make_sector, make_source
from tests.hardening.secrets import long_ago

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "SETTLING", timedelta(seconds=-1))


def get(client: Client, query: str = "") -> Any:
    return client.get(f"/feeds/changes.json{query}").json()


def told(answer: Any) -> list[tuple[str, str, str | None]]:
    return [(one["of"], one["action"], one["field"]) for one in answer["results"]]


def test_new_entry_is_told_with_its_claims(client: Client) -> None:
    make_entry()
    assert told(get(client)) == [
        ("entry", "added", None), ("claim", "added", "name"), ("claim", "added", "kind"), ("source", "added", None),
    ]  # fmt: skip


def test_cursor_tells_only_what_came_after(client: Client) -> None:
    entry = make_entry()
    cursor = get(client)["cursor"]
    assert get(client, f"?since={cursor}")["results"] == []
    claim = make_claim(entry, Field.NAME, text="文心", token=NameKind.SHORT, status=Status.PROPOSED)
    assert get(client, f"?since={cursor}")["results"] == []
    accept_claim(claim=claim, reviewer="editors")
    after = told(get(client, f"?since={cursor}"))
    assert sorted(after) == [("claim", "added", "name"), ("entry", "changed", None)]


def test_pages_of_changes_meet_each_once(client: Client) -> None:
    for name in ("甲", "乙", "丙"):
        make_entry(name)
    whole = [one["cursor"] for one in get(client)["results"]]
    answer = get(client, "?limit=4")
    met = [one["cursor"] for one in answer["results"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        met += [one["cursor"] for one in answer["results"]]
    assert (met, len(set(met))) == (whole, 10)


def test_withdrawn_claim_is_told(client: Client) -> None:
    entry = make_entry(aliases=["文心"])
    cursor = get(client)["cursor"]
    reject_claim(claim=entry.claims.get(text="文心"), reviewer="editors")
    assert ("claim", "removed", "name") in told(get(client, f"?since={cursor}"))


def test_size_that_goes_away_is_a_change_of_the_entry(client: Client) -> None:
    entry = make_entry(parameters="2600亿")
    cursor = get(client)["cursor"]
    reject_claim(claim=entry.claims.get(field=Field.PARAMETERS), reviewer="editors")
    after = told(get(client, f"?since={cursor}"))
    assert sorted(after, key=str) == [("claim", "removed", "parameters"), ("entry", "changed", None)]


@pytest.mark.parametrize("query", ["?since=nonsense", "?limit=0", "?limit=501", "?sinse=x", "?since=%00"])
def test_what_is_mistyped_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/feeds/changes.json{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_atom_is_well_formed_and_newest_first(client: Client) -> None:
    make_entry()
    feed = ElementTree.fromstring(client.get("/en/feeds/changes.atom").content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles[-1] == "文心一言: entered the registry"
    assert titles[0] == "Source: “Article thepaper-2023” came in"
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 4


# --- Developers, sectors and sources ----------------------------------------------------------------------------------


def titles(client: Client, language: str) -> dict[str | None, str | None]:
    """By the id of the step."""
    feed = ElementTree.fromstring(client.get(f"/{language}/feeds/changes.atom").content)
    return {one.findtext(f"{ATOM}id"): one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")}


MAKERS: dict[str, Callable[..., Any]] = {
    "developer": make_developer, "sector": make_sector, "source": make_source,
}  # fmt: skip


def vocabulary(of: str) -> Any:
    """A row that readers see."""
    source = make_source()
    make_entry(source=source)
    return source if of == "source" else MAKERS[of]("旧名", slug="old", name_en="Old name")


@pytest.mark.parametrize("of", MAKERS)
def test_renamed_row_is_told_with_its_name_before(client: Client, of: str) -> None:
    row = vocabulary(of)
    cursor, was = get(client)["cursor"], {"name_zh": row.name_zh, "name_en": row.name_en}
    type(row).objects.filter(pk=row.pk).update(name_zh="新名", name_en="New name")
    (told_of,) = get(client, f"?since={cursor}")["results"]
    assert {name: told_of[name] for name in ("of", "action", "slug", "entry", "name_zh", "was")} == {
        "of": of, "action": "changed", "slug": row.slug, "entry": None, "name_zh": "新名", "was": was,
    }  # fmt: skip
    assert client.get(told_of["url"]).status_code == 200


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Developer: “Old name” is now called “New name”"), ("zh", "机构：“旧名”改称“新名”")],
)
def test_renamed_developer_is_told_to_readers(client: Client, language: str, title: str) -> None:
    row = vocabulary("developer")
    before = titles(client, language)
    Developer.objects.filter(pk=row.pk).update(name_zh="新名", name_en="New name")
    after = titles(client, language)
    (new,) = after.keys() - before.keys()
    assert (after.pop(new), after) == (title, before)


@pytest.mark.parametrize(
    ("of", "column", "value", "is_told"),
    [
        ("developer", "kind", "startup", True),
        ("developer", "aliases", ["新"], True),
        ("developer", "sort_key", "xin", False),
        ("sector", "slug", "new", True),
        ("sector", "position", 9, False),
        ("source", "condition_zh", "有删节", True),
        ("source", "position", 9, False),
    ],
)
def test_change_is_told_where_readers_see_it(
    client: Client, of: str, column: str, value: Any, is_told: bool
) -> None:
    row = vocabulary(of)
    cursor = get(client)["cursor"]
    type(row).objects.filter(pk=row.pk).update(**{column: value})
    after = get(client, f"?since={cursor}")["results"]
    assert [(one["of"], one["action"], one["was"]) for one in after] == [(of, "changed", None)] * is_told


def test_parent_of_a_developer_that_had_none_is_told(client: Client) -> None:
    row, parent = vocabulary("developer"), make_developer("母公司", slug="parent")
    cursor = get(client)["cursor"]
    for value in (parent, None):
        Developer.objects.filter(pk=row.pk).update(parent=value)
    assert told(get(client, f"?since={cursor}")) == [("developer", "changed", None)] * 2


def test_removed_sector_leads_to_the_list(client: Client) -> None:
    row = vocabulary("sector")
    cursor = get(client)["cursor"]
    row.delete()
    (one,) = get(client, f"?since={cursor}")["results"]
    assert (one["action"], one["url"]) == ("removed", "http://testserver/sectors/")


def test_source_that_only_waits_is_not_told(client: Client) -> None:
    make_source("waiting-2026", name_zh="未发表")
    assert get(client)["results"] == []


@pytest.mark.parametrize("of", ["developer", "source"])
def test_a_row_is_told_from_when_its_entry_came_in(client: Client, of: str) -> None:
    """Until then its accepted claims waited with the entry, and so did the names that it had."""
    row = make_developer("旧名", slug="old") if of == "developer" else make_source("old", name_zh="旧名")
    entry = Entry.objects.create(slug="waiting")
    about: dict[str, Any] = (
        {"developer": row} if of == "developer" else {"source": row, "developer": make_developer("百度")}
    )
    long_ago(row, make_claim(entry, Field.DEVELOPER, **about))
    type(row).objects.filter(pk=row.pk).update(name_zh="新名", name_en="New name")
    assert [one for one in get(client)["results"] if one["of"] == of] == []
    make_claim(entry, Field.NAME, text="轩辕", token=NameKind.ZH)
    settle([entry])
    assert [
        (one["slug"], one["action"], one["was"]) for one in get(client)["results"] if one["name_zh"] == "新名"
    ] == [(row.slug, "added", None)]


def test_cursor_of_entries_and_claims_alone_is_still_taken(client: Client) -> None:
    make_developer()
    make_entry()
    *_claims, last = [one for one in get(client)["results"] if one["of"] in ("entry", "claim")]
    old = "{} {}".format(*_opened(last["cursor"])[:2])
    sealed_once = base64.urlsafe_b64encode(old.encode()).decode().rstrip("=")
    assert [of for of, _action, _field in told(get(client, f"?since={sealed_once}"))] == [
        "developer",
        "source",
    ]


# --- As feed readers want it ------------------------------------------------------------------------------------------


def items(client: Client, address: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(client.get(address).content).iter(f"{ATOM}entry"))


def test_feed_of_a_filter_tells_its_entries_alone(client: Client) -> None:
    make_entry(sectors=["金融"])
    make_entry("盘古")
    found = items(client, "/en/feeds/changes.atom?sector=jinrong&utm_source=x&page=2")
    links = {one.find(f"{ATOM}link").attrib["href"].partition("#")[0] for one in found}  # type: ignore[union-attr]
    assert links == {"http://testserver/en/models/wenxinyiyan/"}


def test_filter_of_a_feed_that_is_wrong_is_refused(client: Client) -> None:
    assert client.get("/feeds/changes.atom?sector=none").status_code == 400


def test_feed_without_a_change_has_the_time_of_the_registry_s_last(client: Client) -> None:
    make_entry()
    feed = ElementTree.fromstring(client.get("/feeds/changes.atom?q=nothing").content)
    assert str(feed.findtext(f"{ATOM}updated")).startswith(f"{timezone.now():%Y-%m}")


def test_summary_says_the_value_and_its_words_as_text(client: Client) -> None:
    entry = make_entry(parameters="2600亿")
    make_claim(entry, Field.NAME, text="<b>", token=NameKind.ALIAS, words="<b>")
    told = [one.findtext(f"{ATOM}summary") for one in items(client, "/en/feeds/changes.atom")]
    assert "Parameters: 260B. “2600亿” (The Paper, line 1)" in told
    assert [text for text in told if text and "<b>" in text] == []
    assert "Name: &lt;b&gt;. “&lt;b&gt;” (The Paper, line 1)" in told
