"""The README of a package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from models_catalog.columns import Column
from models_catalog.dataset import TABLES
from models_catalog.releases import vocabularies
from models_catalog.releases.edition import Edition

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_HEAD = """# Baimo 百模图鉴

{what} of an evidence-backed registry of Chinese large AI models: which there are, who builds them, how large
and how open they are, what for, and who says so. 有据可查的中国大模型名录。

Each value of `models` is backed by rows of `claims`: the words of an article that state it (at most 24 characters),
with the article, line and offsets where they stand, so that they can be checked against the text whose SHA-256
`sources` gives. The articles' texts are their publishers' and not part of the data. What no article states is empty.

- Intervals (`…_low` and `…_high`, `…_earliest` and `…_latest`) are inclusive at both ends; an empty end is open.
- Lists are JSON arrays; developers, sectors and sources are named by slug.
- A text that a spreadsheet could take for a formula has an apostrophe before it.
- Types, units and vocabularies of all columns: `datapackage.json`, for any Frictionless tool.

Licence: CC BY 4.0. Cite it as: {cited}

Check it: `sha256sum -c SHA256SUMS`

## Files
"""


def readme(edition: Edition) -> str:
    """Markdown."""
    number, day = edition.number, edition.day
    what = f"Release {number} ({day})" if number else f"The state of {day}"
    cited = f"release {number}, {day}" if number else f"state of {day}"
    parts = [_HEAD.format(what=what, cited=f"Baimo editors. Baimo 百模图鉴, {cited}. CC BY 4.0.")]
    for table in TABLES:
        parts += [_heading(table.name, table.meaning), *_dictionary(table.columns)]
    parts += [_heading(vocabularies.NAME, vocabularies.MEANING), *_dictionary(vocabularies.COLUMNS)]
    return "".join(parts)


def _heading(name: str, meaning: StrOrPromise) -> str:
    return f"\n### data/{name}.csv\n\n{meaning}\n"


def _dictionary(columns: Iterable[Column[Any]]) -> Iterator[str]:
    yield "\n| column | type | meaning |\n|---|---|---|\n"
    for column in columns:
        unit = f" ({column.unit})" if column.unit else ""
        yield f"| `{column.name}` | {column.type}{unit} | {column.meaning} |\n"
