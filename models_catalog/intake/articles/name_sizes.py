"""The size that a model's name holds: 13B of Skyroad-13B-Instruct. It is read with the name, never as a number of the text."""

from __future__ import annotations

import re
from typing import Final

from models_catalog.intake.articles.names import Mention
from models_catalog.text.quantities import Found, parse_quantity

_FIGURES: Final = re.compile("[0-9]|[BMT](?![a-z])")
_SIZE: Final = re.compile(r"(?<![A-Za-z0-9.])\d{1,4}(?:\.\d{1,3})?[BM](?![A-Za-z0-9])")


def without_figures(plain: str, models: list[Mention]) -> str:
    """The text with no figures in the names of models: those are read with the name."""
    for one in models:
        plain = plain[: one.start] + _FIGURES.sub("X", plain[one.start : one.end]) + plain[one.end :]
    return plain


def size_in(plain: str, one: Mention) -> Found | None:
    """The size that a name holds; of 30B-A3B the total."""
    found = _SIZE.search(plain, one.start, one.end)
    if found is None or (found.start() and plain[found.start() - 1 : found.start()] == "A"):
        return None
    try:
        return Found(*found.span(), found.group(), parse_quantity(found.group()))
    except ValueError:
        return None
