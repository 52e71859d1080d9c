"""The registry of our fixtures: whose word counts as the developer's own, and that a lens of all sources changes nothing."""

from datetime import date

import pytest

from models_catalog.catalog.entry_page import entry_page
from models_catalog.claims.lens import seen_through
from models_catalog.claims.settle import settle
from models_catalog.history.as_of import Lens
from models_catalog.models import Entry
from tests.index.test_backing import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("curated_registry")]


def test_own_word_is_by_the_rule_of_the_entry_page() -> None:
    alone = [
        entry.name_zh for entry in Entry.objects.listed().order_by("sort_key", "slug") if _is_alone(entry)
    ]
    assert (found("self-reported"), bool(alone)) == (alone, True)


def _is_alone(entry: Entry) -> bool:
    voices = entry_page(entry).voices
    return bool(voices) and all(voice.is_own for voice in voices)


def test_with_every_source_it_is_the_registry() -> None:
    before = list(Entry.objects.order_by("pk").values())
    with seen_through(Lens(known_by=date(2026, 1, 1))):
        settle(Entry.objects.all(), with_search_keys=False)
        assert list(Entry.objects.order_by("pk").values()) == before
