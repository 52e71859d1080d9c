"""Decode an upload into text with one row per line, within limits.

The cost of a spreadsheet is unknown before it is read, so `limits.read_upload` runs this in a child process.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from models_catalog.intake.tables.markdown import is_markdown, read_tables
from models_catalog.intake.tables.rows import MAX_BYTES, ReadFile, Unreadable
from models_catalog.intake.tables.rows import gettext_noop as _
from models_catalog.intake.tables.sheets import read_sheet
from models_catalog.text.characters import BROKEN, without_refused

ENCODINGS = ("utf-8", "gb18030")
_OLD_BREAKS = dict.fromkeys(map(ord, "\x0b\x0c\x85"), " ")
_LINE_END = re.compile("\r\n?")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of Microsoft's old container format."""

OTHER_STARTS = {
    b"%pdf-": "PDF", b"\x89png": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF",
}  # fmt: skip
OTHER_NAMES = {
    ".pdf": "PDF", ".json": "JSON", ".docx": "Word",
    ".doc": "Word", ".pptx": "PowerPoint", ".zip": "ZIP", ".parquet": "Parquet",
}  # fmt: skip


def text_of(name: str, content: bytes) -> tuple[str, str]:
    """Return the file as text with one row per line, and its encoding. Raises `Unreadable`."""
    found = file_of(name, content)
    return found.text, found.encoding


def file_of(name: str, content: bytes, sheet: str = "", headings: frozenset[str] = frozenset()) -> ReadFile:
    """Read a file; of a spreadsheet or Markdown, the given table or that with most headings. Raises `Unreadable`."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("the file has more than %(most)s bytes"), most=f"{MAX_BYTES:,}")
    if content.startswith(OLE):
        raise Unreadable(_what_ole(content))
    if kind := _other_kind(name, content):
        raise Unreadable(_("the file looks like %(kind)s: save its table as CSV or .xlsx"), kind=kind)
    if name.lower().endswith(".xlsx") or content.startswith(b"PK\x03\x04"):
        found = read_sheet(content, sheet, headings)
    else:
        text, encoding = _decoded(content)
        text = _LINE_END.sub("\n", text)
        kind = "HTML" if _is_html(name, text) else "Markdown" if is_markdown(name, text) else ""
        found = read_tables(text, sheet, headings, kind) if kind else ReadFile(text, encoding)
    return replace(found, text=_legible(found.text))


def _is_html(name: str, text: str) -> bool:
    """Return whether the file is a web page or a table of one, by its name or its beginning."""
    begins = text[:400].lstrip().lower()
    return name.lower().endswith((".html", ".htm")) or begins.startswith(
        ("<!doctype html", "<html", "<table")
    )


def _legible(text: str) -> str:
    """Return `text` with old line breaks (such as Word's) as blanks, and each refused character as `BROKEN`, so that
    only the rows that hold one are refused, not the file.
    """
    return without_refused(text.translate(_OLD_BREAKS), BROKEN)


def _other_kind(name: str, content: bytes) -> str:
    """Return the file type by its first bytes or its name; "" for a possible table."""
    begins = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    by_start = (kind for start, kind in OTHER_STARTS.items() if begins.startswith(start))
    by_name = (kind for end, kind in OTHER_NAMES.items() if name.lower().endswith(end))
    return next(by_start, "") or next(by_name, "")


def _what_ole(content: bytes) -> str:
    """Return the error message for the old container format, also used for spreadsheets with a password."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("the spreadsheet has a password: save it without one")
    return _("the file is an old spreadsheet (.xls): save it as .xlsx, or as CSV")


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xef\xbb\xbf"):
        content, marked = content[3:], "utf-8-sig"
    else:
        marked = ""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _as_utf16(content), "utf-16"
    if b"\0" in content:
        raise Unreadable(
            _("the file holds NUL characters: it is not text, or UTF-16 without its mark; save it as UTF-8")
        )
    if not marked and _seems_big5(content):
        raise Unreadable(_("the file seems to be Big5, which is not read: save it as UTF-8"))
    _refuse_broken(content)
    for encoding in ENCODINGS[: 1 if marked else None]:
        try:
            return content.decode(encoding), marked or encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("the file is neither UTF-8 nor GB18030 (GBK)"))


def _refuse_broken(content: bytes) -> None:
    """Raise `Unreadable` for UTF-8 with a few broken bytes, which GB18030 would decode into wrong characters."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        text = content.decode("utf-8", "replace")
        broken, whole = text.count("\ufffd"), sum(character > "\x7f" for character in text)
        if whole < 10 * broken:
            return
        before = content[: error.start]
        line = _LINE_END.sub("\n", before.decode("utf-8")).count("\n") + 1
        byte = error.start - max(before.rfind(b"\n"), before.rfind(b"\r"))
        raise Unreadable(
            _("line %(line)s is not UTF-8 at its byte %(byte)s (%(value)s): correct it, and try again"),
            line=str(line), byte=str(byte), value=f"0x{content[error.start]:02x}",
        ) from error  # fmt: skip


def _as_utf16(content: bytes) -> str:
    """Decode UTF-16 with a byte order mark, which spreadsheets call “Unicode text”. Raises `Unreadable`."""
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError as error:
        raise Unreadable(_("the file begins as UTF-16 and is none: save it as UTF-8")) from error
    if "\0" in text:
        raise Unreadable(_("the file holds NUL characters: it is not text"))
    return text


def _seems_big5(content: bytes) -> bool:
    """Return whether the bytes are not UTF-8, and mostly common characters as Big5 but not as GB18030."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        as_big5 = _share_of_common(content, "big5", "big5", (0xA4, 0xC6))
        return as_big5 >= 0.9 and _share_of_common(content, "gb18030", "gb2312", (0xB0, 0xD7)) < 0.5
    return False


def _share_of_common(content: bytes, encoding: str, common: str, leads: tuple[int, int]) -> float:
    """Return the share of Chinese characters that are common ones of `common`, by lead byte; 0 if undecodable."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    han = [char for char in text if char >= "\u3400"]
    frequent = (leads[0] <= char.encode(common, "ignore")[:1].ljust(1, b"\0")[0] <= leads[1] for char in han)
    return sum(frequent) / len(han) if han else 0.0
