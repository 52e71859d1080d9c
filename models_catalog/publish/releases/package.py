"""The registry as a Frictionless data package with README. The same rows give the same bytes on any machine."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any

from django.utils import translation

from models_catalog.publish.column import URL, Column
from models_catalog.publish.releases import words
from models_catalog.publish.releases.descriptor import descriptor
from models_catalog.publish.releases.edition import Edition
from models_catalog.publish.releases.verify import DESCRIPTOR, SUMS
from models_catalog.publish.tables import TABLES, Table
from models_catalog.publish.writers import spreadsheet_safe

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_HEAD = """# Baimo 百模图鉴

{what} of an evidence-backed registry of Chinese large AI models: which there are, who builds them, how large
and how open they are, what for, and who says so. 有据可查的中国大模型名录。

Each value of `models` is backed by rows of `claims`: the words of an article that state it (at most 24 characters),
with the article, line and offsets where they stand, so that they can be checked against the text whose SHA-256
`sources` gives. A quotation from a web page has neither line nor offsets, and is not checked; `sources` has the address.
The articles' texts are their publishers' and not part of the data. What no article states is empty.

- Intervals (`…_low` and `…_high`, `…_earliest` and `…_latest`) are inclusive at both ends; an empty end is open.
- Lists are JSON arrays; developers, sectors and sources are named by slug.
- A text that a spreadsheet could take for a formula has an apostrophe before it.
- Types, units and vocabularies of all columns: `datapackage.json`, for any Frictionless tool.

Licence: CC BY 4.0. Cite it as: {cited}

Check it: `sha256sum -c SHA256SUMS`

## Files
"""


def readme(edition: Edition) -> str:
    """The README of the package, in Markdown."""
    number, day = edition.number, edition.day
    what = f"Release {number} ({day})" if number else f"The state of {day}"
    cited = f"release {number}, {day}" if number else f"as of {day}"
    parts = [_HEAD.format(what=what, cited=f"Baimo editors. Baimo 百模图鉴, {cited}. CC BY 4.0.")]
    for table in TABLES:
        parts += [_heading(table.name, table.meaning), *_dictionary(table.columns)]
    parts += [_heading(words.NAME, words.MEANING), *_dictionary(words.COLUMNS)]
    return "".join(parts)


def _heading(name: str, meaning: StrOrPromise) -> str:
    return f"\n### data/{name}.csv\n\n{meaning}\n"


def _dictionary(columns: Iterable[Column[Any]]) -> Iterator[str]:
    yield "\n| column | type | meaning |\n|---|---|---|\n"
    for column in columns:
        unit = f" ({column.unit})" if column.unit else ""
        yield f"| `{column.name}` | {column.type}{unit} | {column.meaning} |\n"


README = "README.md"


def members(edition: Edition) -> dict[str, bytes]:
    """The package's files by name, sorted."""
    with translation.override("en"):  # for every reader
        files = {f"data/{table.name}.csv": _table_csv(table) for table in TABLES}
        files[f"data/{words.NAME}.csv"] = _words_csv()
        described = descriptor(edition, files)
        files[DESCRIPTOR] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
        files[README] = readme(edition).encode()
    files[SUMS] = sums(files)
    return dict(sorted(files.items()))


def sums(files: dict[str, bytes]) -> bytes:
    """Checksums in the format of `sha256sum -c`."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def packed(files: dict[str, bytes], day: date) -> bytes:
    """The package as bytes."""
    target = io.BytesIO()
    pack(files, day, target)
    return target.getvalue()


def pack(files: dict[str, bytes], day: date, target: IO[bytes]) -> None:
    """Write a zip of the files: stored, since compressors differ; all times are midnight of `day`."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)


def _table_csv(table: Table) -> bytes:
    names = [name for name in table.names if name != URL]  # an address depends on where the site is
    rows = table.objects(table.all(), lambda _row: "", names)
    # Sorted here by code points, since databases sort text differently; kept as lines, which take little memory.
    lines = [(_key(table, row), _line(_cell(value) for value in row.values())) for row in rows]
    return "".join([_line(names), *(line for _key, line in sorted(lines))]).encode()


def _key(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple((row[column] is not None, row[column]) for column in table.key)


def _words_csv() -> bytes:
    columns = words.COLUMNS
    rows = (_line(column.read(word) for column in columns) for word in words.words())
    return "".join([_line(column.name for column in columns), *rows]).encode()


def _line(cells: Iterable[Any]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerow(cells)
    return target.getvalue()


def _cell(value: Any) -> Any:
    """Lists as JSON, rows of other tables as slugs, text escaped against spreadsheet formulas."""
    if isinstance(value, list):
        slugs = [one["slug"] if isinstance(one, dict) else one for one in value]
        return json.dumps(slugs, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return spreadsheet_safe(value)
