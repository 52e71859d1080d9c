"""One cell of a spreadsheet as a reader of the sheet sees it: a day shown as a month is a month, 2600 shown as 2600亿 is that."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

LINE_BREAK: Final = "\u2028"
"""Stands for a line break within a cell, so that a row stays a line."""
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)')
_CONDITION: Final = re.compile(r"\[[<>=]")
_NO_PART: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
_BREAKS: Final = re.compile("[ \t]*[\r\n\u2028\u2029]+[ \t]*")


def shown(cell: Any) -> str:
    """The content of the cell on one line."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _day(value, str(cell.number_format))
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format))
    return LINE_BREAK.join(
        " ".join(part.split()) for part in _BREAKS.split(str(value).replace("\0", "").strip())
    )


def _day(value: date, form: str) -> str:
    """As much of the day as the format shows: a year, a month, or the day; the hour is left out."""
    parts = _NO_PART.sub("", form.split(";")[0]).casefold()
    if "d" in parts or not re.search("[ym]", parts):
        return value.isoformat()[:10]
    return f"{value.year:04}-{value.month:02}" if "m" in parts else f"{value.year:04}"


def _number(value: float, form: str) -> str:
    """The number with the unit that its format shows beside it, and divided as the format divides it."""
    first = form.split(";")[0]
    number = Decimal(str(value))
    literal = "".join(found[1] or found[2] or "" for found in _LITERAL.finditer(first)).strip()
    bare = _NO_PART.sub("", first)
    if not literal or _CONDITION.search(form):  # which of several forms is shown depends on the number
        return _plain(number)
    thousands = len(bare.rstrip(" ")) - len(bare.rstrip(" ").rstrip(","))
    if thousands:
        places = len(bare.partition(".")[2].rstrip(" ,%"))
        number = (number / 1000**thousands).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    before = bool(_LITERAL.match(first))
    return f"{literal}{_plain(number)}" if before else f"{_plain(number)}{literal}"


def _plain(number: Decimal) -> str:
    """Without an exponent, and without noughts that say nothing."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
