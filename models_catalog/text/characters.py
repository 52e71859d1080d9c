"""The characters that a text may contain, defined once for forms, imports, fixtures, the database and XML.

| characters | in a name, title, reason, note | in a quotation, a report, an uploaded table |
|---|---|---|
| line breaks, tab, U+000B (Word's line break), U+000C, U+0085, U+2028, U+2029 | folded into one blank | kept, but U+000B, U+000C, U+0085: refused |
| zero-width characters, byte order mark, soft hyphen, direction marks | removed | kept: the article has them |
| other control characters (C0, DEL, C1) | refused | refused |
| directional embeddings, overrides and isolates (U+202A-E, U+2066-9) | refused | refused |
| noncharacters, lone surrogates | refused | refused |

The database has the same rules (`migrations/sql/functions.sql`); a test compares the two for every character.
"""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = "\t\n\x0b\x0c\r\x85\u2028\u2029"
_UNSEEN: Final = "\u00ad\u061c\u200b-\u200f\u2060\ufeff"
_LAST_TWO: Final = "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17)
)
_NEVER: Final = (
    f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef{_LAST_TWO}"
)

_BLANK: Final = re.compile(f"[ {_BREAKS}]+")
_LEFT_OUT: Final = re.compile(f"[{_UNSEEN}]")
_REFUSED: Final = re.compile(f"[{_NEVER}]")
_NOT_PLAIN: Final = re.compile(f"[{_NEVER}{_BREAKS}{_UNSEEN}]")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def folded(text: str) -> str:
    """`text` on one line without invisible characters. Refused characters are kept, to be reported."""
    return _LEFT_OUT.sub("", _BLANK.sub(_on_one_line, text)).strip()


def _on_one_line(blank: re.Match[str]) -> str:
    """A blank for a line break with the blanks around it. The pattern itself matches no break: searching for one after
    each of 20,000 blanks took seven seconds."""
    return " " if blank[0].strip(" ") else blank[0]


def refused_in(text: str) -> str:
    """The first character of `text` that no text may contain, as U+…; "" if there is none."""
    found = _REFUSED.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


BROKEN: Final = "\ufffd"
"""Placeholder for a character that could not be decoded."""


def without_refused(text: str, instead: str) -> str:
    """`text` with every character that no text may contain replaced by `instead`."""
    return _REFUSED.sub(instead, text)


def is_plain(text: str) -> bool:
    """Whether `text` is allowed unchanged as a name, title, reason or note."""
    return not _NOT_PLAIN.search(text)


def is_quotable(text: str) -> bool:
    """Whether `text` is allowed as a quotation."""
    return not _REFUSED.search(text)


def for_xml(text: str) -> str:
    """`text` with U+FFFD for characters that XML 1.0 does not allow, which old history events may contain."""
    return _NOT_IN_XML.sub("\ufffd", text)
