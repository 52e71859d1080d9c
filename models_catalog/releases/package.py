"""The whole registry as a Frictionless data package. The same rows give the same bytes, on any machine."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import IO, Any

from django.utils import translation

from models_catalog.columns import URL
from models_catalog.dataset import TABLES, Table
from models_catalog.exports import spreadsheet_safe
from models_catalog.releases import vocabularies
from models_catalog.releases.descriptor import descriptor
from models_catalog.releases.edition import Edition
from models_catalog.releases.readme import readme
from models_catalog.releases.verify import DESCRIPTOR, SUMS

README = "README.md"


def members(edition: Edition) -> dict[str, bytes]:
    """The package's files by name, in order."""
    with translation.override("en"):  # whoever asks
        files = {f"data/{table.name}.csv": _table_csv(table) for table in TABLES}
        files[f"data/{vocabularies.NAME}.csv"] = _words_csv()
        described = descriptor(edition, files)
        files[DESCRIPTOR] = (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
        files[README] = readme(edition).encode()
    files[SUMS] = sums(files)
    return dict(sorted(files.items()))


def sums(files: dict[str, bytes]) -> bytes:
    """Checksums as `sha256sum -c` reads them."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def packed(files: dict[str, bytes], day: date) -> bytes:
    """The package as bytes."""
    target = io.BytesIO()
    pack(files, day, target)
    return target.getvalue()


def pack(files: dict[str, bytes], day: date, target: IO[bytes]) -> None:
    """Write a zip of the files: stored, not compressed, since compressors differ; times are the day's."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)


def _table_csv(table: Table) -> bytes:
    names = [name for name in table.names if name != URL]  # an address depends on where the site stands
    rows = table.objects(table.all(), lambda _row: "", names)
    # Sorted here, by code points, since databases differ in how they sort text; as lines, which take little room.
    lines = [(_key(table, row), _line(_cell(value) for value in row.values())) for row in rows]
    return "".join([_line(names), *(line for _key, line in sorted(lines))]).encode()


def _key(table: Table, row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple((row[column] is not None, row[column]) for column in table.key)


def _words_csv() -> bytes:
    columns = vocabularies.COLUMNS
    rows = (_line(column.read(word) for column in columns) for word in vocabularies.words())
    return "".join([_line(column.name for column in columns), *rows]).encode()


def _line(cells: Iterable[Any]) -> str:
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerow(cells)
    return target.getvalue()


def _cell(value: Any) -> Any:
    """Lists as JSON, rows of other tables by their slugs, text that no spreadsheet takes for a formula."""
    if isinstance(value, list):
        slugs = [one["slug"] if isinstance(one, dict) else one for one in value]
        return json.dumps(slugs, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    return spreadsheet_safe(value)
