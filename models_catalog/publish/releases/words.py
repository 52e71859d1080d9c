"""`vocabularies.csv`: every token that a column of the package may hold, with its labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from models_catalog.publish.column import URL, Column
from models_catalog.publish.tables import TABLES, Table

NAME = "vocabularies"
TITLE = _("Vocabularies")
MEANING = _("The words that columns may hold, with their labels.")


@dataclass(frozen=True)
class Word:
    """One row: a token of a vocabulary."""

    vocabulary: str
    value: str
    label_zh: str
    label_en: str


COLUMNS: tuple[Column[Word], ...] = (
    Column("vocabulary", _("Vocabulary"), _("Name of the vocabulary, as the descriptor gives it with a column."), "text", lambda w: w.vocabulary, required=True),
    Column("value", _("Word"), _("The word as columns hold it."), "text", lambda w: w.value, required=True),
    Column("label_zh", _("Label in Chinese"), _("As shown to readers of Chinese."), "text", lambda w: w.label_zh, required=True),
    Column("label_en", _("Label in English"), _("As shown to readers of English."), "text", lambda w: w.label_en, required=True),
)  # fmt: skip
KEY = ("vocabulary", "value")


def words() -> Iterator[Word]:
    """Each token of each vocabulary in use, in the vocabulary's order."""
    for vocabulary in sorted(_in_use(), key=lambda one: one.__name__):
        for word in vocabulary:
            labels = [_label(word, language) for language in ("zh-hans", "en")]
            yield Word(vocabulary.__name__, str(word.value), *labels)


def _label(word: TextChoices, language: str) -> str:
    with translation.override(language):
        return str(word.label)


def _in_use() -> set[type[TextChoices]]:
    return {column.vocabulary for _table, column in columns() if column.vocabulary}


def columns() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of every table but the addresses."""
    for table in TABLES:
        yield from ((table, column) for column in table.columns if column.name != URL)
