"""The page of an entry before it is proposed: as readers will see it, and nothing of it is saved."""

from typing import Any

import pytest
from django.test import Client
from pghistory.models import Context

from models_catalog.models import EVENT_MODELS, Claim, Developer, Entry, Source, SourceText
from models_catalog.models.vocabulary import Field
from tests.admin.articles import ADDRESS, DETAILS, card_of, read, registry

__all__ = ["registry"]  # a fixture

SAVED = (Source, SourceText, Entry, Claim, Developer, *EVENT_MODELS.values(), Context)


def look(client: Client, page: Any, name: str, *cards: Any) -> Any:
    """Press the button of the group with that name, with these cards ticked."""
    group = next(group for group in page.context["groups"] if group.name == name)
    taken = {f"take-{card.finding.key}": "1" for card in cards}
    return client.post(
        ADDRESS, {"_preview": group.key, "article": page.context["carried"], **DETAILS, **taken}
    )


def test_a_new_entry_is_shown_with_its_words(curator: Client) -> None:
    page = read(curator)
    cards = [card_of(page, field, "青鸾") for field in (Field.NAME, Field.PARAMETERS, Field.DEVELOPER)]
    html = look(curator, page, "青鸾", *cards).content.decode()
    assert "<title>青鸾" in html
    assert "2600亿</mark>" in html
    assert "甲公司" in html


def test_a_known_entry_is_shown_with_what_is_added(curator: Client) -> None:
    page = read(curator)
    html = look(curator, page, "文心一言", card_of(page, Field.PARAMETERS, "文心一言")).content.decode()
    assert "百度" in html
    assert "超10亿</mark>" in html


def test_nothing_of_it_is_saved(curator: Client) -> None:
    before = [model.objects.count() for model in SAVED]
    page = read(curator)
    shown = look(curator, page, "青鸾", *page.context["cards"])
    assert "notice--preview" in shown.content.decode()
    assert [model.objects.count() for model in SAVED] == before


def test_without_its_name_readers_see_none(curator: Client) -> None:
    page = read(curator)
    again = look(curator, page, "青鸾", card_of(page, Field.PARAMETERS, "文心一言"))
    assert "Select at least one finding of this model." in again.content.decode()
    assert (
        "No entry has this name."
        in look(curator, page, "青鸾", card_of(page, Field.PARAMETERS, "青鸾")).content.decode()
    )


def test_what_cannot_be_done_leaves_the_source_as_it_was_typed(
    curator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models_catalog.claims.propose.MOST_CLAIMS", 0)
    page = read(curator)
    again = look(curator, page, "文心一言", card_of(page, Field.PARAMETERS, "文心一言"))
    assert "An entry has at most 0 claims." in again.content.decode()
    assert again.context["details"]["name_zh"].value() == "一篇"


def test_readers_are_told_nothing_where_the_entry_has_links(curator: Client) -> None:
    page = read(curator)
    html = look(curator, page, "文心一言", card_of(page, Field.PARAMETERS, "文心一言")).content.decode()
    assert 'content="noindex"' in html
    assert "notice--preview" in html
