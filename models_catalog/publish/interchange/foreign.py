"""Shared parts of the interchange: a model as another registry describes it, and our data in their forms.

docs/interchange.md documents the mapping and its losses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models_catalog.catalog.rows import EntryRow
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Openness
from models_catalog.text.quantities import NotAQuantity, parse_quantity

MAX_CHARS = 50_000_000


@dataclass(frozen=True)
class Foreign:
    """A model as described by another registry; "" and None are unknown. Not a claim yet."""

    name: str
    developers: list[str] = field(default_factory=list)
    parameters: int | None = None
    released: date | None = None
    modalities: list[str] = field(default_factory=list)
    openness: str = ""
    link: str = ""
    parameters_stated: str = ""
    """Their words for the size, if the parser reads them as one size; may be an interval."""
    confidence: str = ""
    """Their word for how sure they are of the size: the import leaves out what is not sure, and says so."""
    developer_kinds: list[str] = field(default_factory=list)
    """Their word for the kind of each developer, if they give one for each."""
    is_unreleased: bool = False
    """Whether they call it unreleased: the day is then that of a paper, and no release."""


def bounded(text: str) -> str:
    """`text` without a byte order mark. ValueError if it is too long to be such a file."""
    if len(text) > MAX_CHARS:
        raise ValueError("too long")
    return text.removeprefix("\ufeff")


def names_of(rows: Sequence[EntryRow]) -> dict[str, str]:
    """Slug → the name that other registries use for an entry: they refer to models by name."""
    return {row.slug: name_of(row) for row in rows}


def name_of(row: EntryRow) -> str:
    return row.name_en or row.name_zh


def size_of(row: EntryRow) -> int | None:
    """The number of parameters if it is exact; else None."""
    interval = interval_of(row.parameters) if row.parameters else None
    return interval.low if interval and interval.low == interval.high else None


def day_of(row: EntryRow) -> date | None:
    """The day of release if it is exact; else None."""
    days = days_of(row.released) if row.released else None
    return days.first if days and days.first == days.last else None


def size_words(text: str) -> str:
    """`text` if the parser reads it as one size, else ""."""
    try:
        parse_quantity(text)
    except NotAQuantity:
        return ""
    return text


def organisations(names: Iterable[str]) -> str:
    """Names as one comma-separated cell: a comma inside a name becomes a full-width one."""
    return ", ".join(name.replace(", ", "，").replace(",", "，") for name in names)


def organisations_of(text: str) -> list[str]:
    return [name.replace("，", ", ") for name in listed(text)]


def web_address(text: str) -> str:
    """The text if it is a web address, else ""."""
    return (
        text if text.lower().startswith(("https://", "http://")) and not re.search(r"[\s<>\"]", text) else ""
    )


def listed(text: str) -> list[str]:
    """Comma-separated values, each once, without `unknown`."""
    parts = (one.strip() for one in text.split(","))
    return list(dict.fromkeys(one for one in parts if one and one != "unknown"))


def iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def openness_of(access: str, opens: str) -> str:
    """Open if their access value begins with `opens`, closed for any other value, "" for none."""
    if not access:
        return ""
    return Openness.OPEN.value if access.lower().startswith(opens) else Openness.CLOSED.value
