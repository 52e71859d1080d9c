"""The database holds texts to the rules of `text.characters`, and so does every form of a row."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.forms import modelform_factory

from models_catalog.models import EVENT_MODELS, Claim, Developer, DeveloperClaim, Source
from models_catalog.models.vocabulary import DeveloperField, Field
from models_catalog.models.words import Words
from models_catalog.text.characters import is_plain, is_quotable
from tests.history.every_table import write_every_table

pytestmark = pytest.mark.django_db

REFUSED = """
SELECT coalesce(array_agg(i), '{}') FROM generate_series(1, 1114111) AS i
WHERE (i < 204800 OR i > 917504) AND i NOT BETWEEN 55296 AND 57343 AND NOT catalog_are_%s(chr(i))
"""
DERIVED = {"slug", "key", "sha256", "token", "sort_key", "sort_key_en", "reviewed_by", "name_as_written", "parameters_stated", "context_length_stated", "released_stated"}  # fmt: skip
"""Columns of text that hold vocabulary, names of curators, or what other columns do, which are held to the rules."""


@pytest.mark.parametrize(("kind", "rule"), [("plain", is_plain), ("quotable", is_quotable)])
def test_the_database_and_the_code_refuse_the_same(kind: str, rule: object) -> None:
    assert callable(rule)
    with connection.cursor() as cursor:
        cursor.execute(REFUSED % kind)
        refused = set(cursor.fetchone()[0])
    asked = {*range(1, 204_800), *range(917_505, 0x110000)} - {*range(0xD800, 0xE000)}
    assert refused == {number for number in asked if not rule(chr(number))}


def test_every_column_of_words_that_readers_see_has_the_rules() -> None:
    free = {
        f"{model.__name__}.{field.name}"
        for model in EVENT_MODELS
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and not field.choices and field.name not in DERIVED
    }
    ruled = {f"{model.__name__}.{field.name}" for model in EVENT_MODELS for field in model._meta.concrete_fields if isinstance(field, Words)}  # fmt: skip
    # Names of entries are written from claims alone; an address of the web has rules of its own besides.
    assert free - ruled == {"Entry.name_zh", "Entry.name_en", "Source.web_address"}


@pytest.mark.parametrize("model", EVENT_MODELS, ids=lambda model: model.__name__)
def test_the_database_refuses_unseen_characters_in_each_column(model: type[models.Model]) -> None:
    write_every_table()
    DeveloperClaim.objects.update(field=DeveloperField.ALIAS, token="", text="x")
    rows = model._default_manager.all()
    if model is Claim:
        rows = rows.filter(field=Field.NAME)  # of another field, the text is refused whatever it holds
    for field in (one for one in model._meta.concrete_fields if isinstance(one, Words)):
        with pytest.raises(IntegrityError, match=r"are_plain|quotable"), transaction.atomic():
            rows.update(**{field.name: "a\x02"})


def test_a_form_folds_what_word_pastes() -> None:
    form = modelform_factory(Developer, fields=["name_zh", "aliases"])({"name_zh": "百\x0b度", "aliases": "文\u200b心,a\x0bb"})  # fmt: skip
    form.is_valid()
    assert form.cleaned_data == {"name_zh": "百 度", "aliases": ["文心", "a b"]}


def test_a_form_refuses_what_turns_text_round() -> None:
    form = modelform_factory(Source, fields=["name_en"])({"name_en": "a\u202eb"})
    assert "U+202E" in str(form.errors["name_en"])


def test_a_form_keeps_a_quotation_as_it_is() -> None:
    form = modelform_factory(Claim, fields=["quotation"])({"quotation": "文\u200b心"})
    assert (form.is_valid(), form.cleaned_data) == (True, {"quotation": "文\u200b心"})
