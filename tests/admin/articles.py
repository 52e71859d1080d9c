"""An article at the desk, and the pages that read it and propose what it says."""

from typing import Any

import pytest
from django.test import Client

from models_catalog.curation.articles.cards import Card
from models_catalog.models.vocabulary import Field
from tests.factories import make_developer, make_entry, make_sector

ADDRESS = "/en/admin/models_catalog/source/read/"
TEXT = "3月16日,甲公司发布大模型“青鸾”,参数为2600亿,面向金融领域。\n文心一言的参数超10亿。"
DETAILS = {
    "name_zh": "一篇", "name_en": "One", "publisher_zh": "某报", "publisher_en": "Some Paper", "published": "2023-07",
}  # fmt: skip


@pytest.fixture(autouse=True)
def registry(db: None) -> None:
    make_entry("文心一言", developers=["百度"])
    make_developer("甲公司")
    make_sector("金融", slug="finance")


def read(client: Client, text: str = TEXT, **more: Any) -> Any:
    return client.post(ADDRESS, {"text": text, **DETAILS, **more})


def card_of(page: Any, field: Field, name: str) -> Card:
    cards: list[Card] = page.context["cards"]
    return next(card for card in cards if (card.finding.field, card.entry) == (field, name))


def propose(client: Client, page: Any, *cards: Card, **more: Any) -> Any:
    """Send the second page with these cards ticked, everything else as it was shown."""
    data: dict[str, Any] = {"_propose": "", "article": page.context["carried"], **DETAILS}
    for card in page.context["cards"]:
        data[f"entry-{card.finding.key}"] = card.entry
        if card.event:
            data[f"event-{card.finding.key}"] = card.event
    data |= {f"take-{card.finding.key}": "1" for card in cards}
    return client.post(ADDRESS, data | more)
