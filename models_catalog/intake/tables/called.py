"""What the model of a row is called: its name without the marks behind it, or its family's with its version.

A number behind a name, raised or in a circle, is mostly a footnote's: Tern². It is a part of the name where names of the
table differ by it alone (方案①, 方案②), and a raised 2 or 3 where no name has the ¹ that a first footnote would have
(CogVLM²).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext, override
from django.utils.translation import gettext as _

from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.plan import Code, PlannedRow
from models_catalog.intake.tables.rows import Cell
from models_catalog.intake.tables.words import bare_name, plain
from models_catalog.text.names import fold

_NUMBER: Final = re.compile("(?<=[A-Za-z\u3400-\u9fff])(?:[¹²³⁴-⁹]|[①-⑳])$")
_SECOND: Final = re.compile("[²³]$")
_FOOTNOTES: Final = re.compile(
    r"(?:\[(?:\d{1,3}|[a-z]|注\d*)\]|[*†‡¹⁰\s\u2600-\u27bf\u2b50\ufe0f\U0001f300-\U0001faff])*"
)
_ONLY_A_REMARK: Final = re.compile(
    r"[(（]?(?:已下线|已停用|已下架|deprecated|discontinued)[)）]?", re.IGNORECASE
)
_SEVERAL: Final = re.compile(r"[/／|,，;；、&\n\u2028]|[和与及]|\band\b|(?<=\d[BMKbmk])\s+(?=\d)")
Numbered = frozenset[str]


def numbered_names(rows: Iterable[Sequence[Cell]], mapping: Mapping[str, str]) -> Numbered:
    """Return the names of a table that keep the number behind them."""
    holding = (TableColumn.NAME, TableColumn.NAME_EN, TableColumn.PARENT, TableColumn.VERSION)
    columns = [int(at) for at, held in mapping.items() if held in holding]
    names = {plain(row[at].text) for row in rows for at in columns if at < len(row)}
    alike: dict[str, set[str]] = defaultdict(set)
    for name in names:
        alike[bare_name(name)].add(name)
    has_first = any(name.endswith("¹") for name in names)
    return frozenset(
        name
        for name in names
        if _NUMBER.search(name)
        and (len(alike[bare_name(name)]) > 1 or (_SECOND.search(name) and not has_first))
    )


def bare(words: str, numbered: Numbered) -> str:
    """Return the name without the marks behind it; "" for a remark without a name."""
    if _ONLY_A_REMARK.fullmatch(words):
        return ""
    return words if words in numbered else bare_name(words)


def put_together(found: dict[TableColumn, Cell], numbered: Numbered, *, has_versions: bool) -> str:
    """Return the name made of a family's and a version; "" if one cell holds all of it, which is then the name's, or if one
    is only a remark.
    """
    base = found.get(TableColumn.NAME) or found.get(TableColumn.PARENT)
    version = found.get(TableColumn.VERSION)
    if base is None or version is None:
        found.pop(TableColumn.VERSION, None)
        if base and has_versions and TableColumn.NAME not in found:
            found[TableColumn.NAME] = found.pop(TableColumn.PARENT)
        return ""
    if fold(plain(base.text)) in fold(plain(version.text)):
        found[TableColumn.NAME] = found.pop(TableColumn.VERSION)
        return ""
    found.pop(TableColumn.NAME, None)
    parts = [bare(plain(cell.text), numbered) for cell in (base, version)]
    return " ".join(parts) if all(parts) else ""


def note_name(row: PlannedRow, found: Mapping[TableColumn, Cell], version: Cell | None) -> None:
    """Note what stands behind a name and is not read, and a name that no cell holds whole."""
    name = found.get(TableColumn.NAME)
    words = plain(name.text) if name else ""
    behind = words.removeprefix(row.name).strip()
    if behind and not _FOOTNOTES.fullmatch(behind):
        _note_behind(row, words)
    elif words and _NUMBER.search(words):
        doubt = _("“%(words)s”: the number behind it may be that of a footnote")
        row.note(Code.DOUBTFUL, doubt % {"words": words[:40]}, words[:120], is_taken=True)
    if version and not name and TableColumn.VERSION not in found and row.name:  # told by its slug
        told = _("the version “%(words)s” is not read: the row has no name or family") % {
            "words": plain(version.text)[:40]
        }
        row.note(Code.NAME, told, plain(version.text)[:120])
    elif version and TableColumn.VERSION in found and row.name:
        _note_behind(row, *(plain(cell.text) for cell in (found.get(TableColumn.PARENT), version) if cell))
        told = _("the name “%(name)s” is put together from two columns") % {"name": row.name[:80]}
        row.note(Code.DOUBTFUL, told, plain(version.text)[:120], is_taken=True)


def _note_behind(row: PlannedRow, *cells: str) -> None:
    for words in cells:
        behind = words.removeprefix(row.name if words.startswith(row.name) else bare_name(words)).strip()
        if words not in row.name and behind and not _FOOTNOTES.fullmatch(behind):
            told = _("“%(words)s” behind the name is not read") % {"words": behind[:40]}
            row.note(Code.NAME, told, words[:120])


def is_of_versions(found: Mapping[TableColumn, Cell]) -> bool:
    """Return whether the version's cell lists several, each of which would be a model."""
    version = found.get(TableColumn.VERSION)
    return version is not None and len([*filter(None, _SEVERAL.split(plain(version.text)))]) > 1


def reasons_together() -> tuple[str, str]:
    """Return why two cells make one name, in both languages."""
    zh, en = (_reason(language) for language in ("zh-hans", "en"))
    return zh, en


def _reason(language: str) -> str:
    with override(language):
        return gettext("Put together from the columns of the family and of the version")
