"""What the columns of a table of models hold, guessed from their cells where no heading says it."""

from __future__ import annotations

from collections.abc import Callable

from models_catalog.ingest.known import Known
from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_rows import Table
from models_catalog.ingest.table_words import SYNONYMS, category_of, plain
from models_catalog.ingest.values import NotStated, parse_number
from models_catalog.models.vocabulary import Field
from models_catalog.text.names import fold

SAMPLE = 300
"""Rows that are looked at."""

FEWEST = 3
"""Cells that must be recognised, lest a chance word decide."""


def guess_by_cells(table: Table) -> dict[str, str]:
    """Number of a column → what it holds; each at most once, the surest first.

    A column is guessed by the share of its cells that the registry knows. Names and makers of other tables are mostly
    new, so that one in twenty is enough; words of a vocabulary and sizes must be most of their column.
    """
    known = Known()
    tests: dict[Column, tuple[Callable[[str], bool], float]] = {
        Column.DEVELOPER: (lambda words: fold(words) in known.developers, 0.05),
        Column.NAME: (lambda words: fold(words) in known.called, 0.05),
        Column.SECTOR: (lambda words: _is_industry(words, known), 0.5),
        Column.PARAMETERS: (_is_size, 0.5),
    }
    found: list[tuple[float, int, Column]] = []
    for number in range(len(table.heading)):
        cells = [
            words for row in table.rows[:SAMPLE] if number < len(row) and (words := plain(row[number].text))
        ]
        for column, (recognises, least) in tests.items():
            hits = sum(map(recognises, cells))
            if hits >= FEWEST and hits >= least * len(cells):
                found.append((hits / len(cells), number, column))
    mapping: dict[str, str] = {}
    for _share, number, column in sorted(found, key=lambda one: (-one[0], one[1])):
        if str(number) not in mapping and column.value not in mapping.values():
            mapping[str(number)] = column.value
    return mapping


def _is_industry(words: str, known: Known) -> bool:
    return fold(words) in known.sectors or words in SYNONYMS or bool(category_of(words))


def _is_size(words: str) -> bool:
    if words.isdecimal():  # a serial number, a year or a count, as likely as a size
        return False
    try:
        parse_number(Field.PARAMETERS, words)
    except NotStated:
        return False
    return True
