"""No row takes the address of a page, and none is taken for every word that says nothing."""

import re

import pytest
from django.urls import URLPattern

from models_catalog.curation.review.claim_forms import EntryForm
from models_catalog.intake.tables.known import Known
from models_catalog.models import Developer, Sector
from models_catalog.text.names import TAKEN, slugify_name
from models_catalog.urls import urlpatterns


def test_addresses_beside_those_of_rows_are_known() -> None:
    routes = [str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern)]
    tables = {route.split("/")[0] for route in routes if re.fullmatch(r"[a-z]+/<slug:[a-z]+>/", route)}
    beside = {found[2] for route in routes if (found := re.fullmatch(r"([a-z]+)/([a-z-]+)/", route)) and found[1] in tables}  # fmt: skip
    assert beside == TAKEN


@pytest.mark.parametrize("name", ["Suggest", "suggest!"])
def test_a_model_of_such_a_name_gets_another_address(db: None, name: str) -> None:
    """Its page was a list of suggestions."""
    assert slugify_name(name) == "suggest-1"
    assert not EntryForm({"slug": "Suggest"}).is_valid()
    assert EntryForm({"slug": "suggest-1"}).is_valid()


def test_a_name_of_signs_alone_is_not_that_of_every_unknown_word(db: None) -> None:
    """通用 became a sector called {}, since both are nothing once signs are left out."""
    Sector.objects.create(slug="braces", name_zh="{}", name_en="[]", position=99)
    Developer.objects.create(slug="dashes", name_zh="——", kind="startup")
    known = Known()
    assert "" not in known.sectors
    assert "" not in known.developers
    assert {known.sectors["braces"].name_zh, known.developers["dashes"].name_zh} == {"{}", "——"}
