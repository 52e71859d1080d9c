"""From the bytes of an upload to text, a line a row: bounded, and in a known encoding.

What a spreadsheet may cost is not known before it is read: `table_limits.read_upload` does it in a child process.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime, time
from typing import Any

import openpyxl

from models_catalog.ingest.table_rows import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Unreadable
from models_catalog.ingest.table_rows import gettext_noop as _

MAX_UNPACKED = 20_000_000
MAX_RATIO = 100
MAX_TEXT = 8_000_000
"""Characters of a spreadsheet's text: a word that is kept once may stand in every cell."""
ENCODINGS = ("utf-8", "gb18030")


def text_of(name: str, content: bytes) -> tuple[str, str]:
    """The file as text, a line a row, and the encoding found. Raises `Unreadable`."""
    if len(content) > MAX_BYTES:
        raise Unreadable(_("the file has more than %(most)s bytes"), most=f"{MAX_BYTES:,}")
    if name.lower().endswith(".xlsx") or content.startswith(b"PK\x03\x04"):
        return _sheet_text(content), "xlsx"
    return _decoded(content)


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(b"\xef\xbb\xbf"):
        content, marked = content[3:], "utf-8-sig"
    else:
        marked = ""
    if b"\0" in content:
        raise Unreadable(_("the file holds NUL characters: it is no text, or UTF-16; save it as UTF-8"))
    if not marked and _seems_big5(content):
        raise Unreadable(_("the file seems to be Big5, which is not read: save it as UTF-8"))
    for encoding in ENCODINGS[: 1 if marked else None]:
        try:
            return content.decode(encoding), marked or encoding
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("the file is neither UTF-8 nor GB18030 (GBK)"))


def _seems_big5(content: bytes) -> bool:
    """Whether the bytes are no UTF-8, and make common characters as Big5 where as GB18030 most are rare."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        as_big5 = _share_of_common(content, "big5", "big5", (0xA4, 0xC6))
        return as_big5 >= 0.9 and _share_of_common(content, "gb18030", "gb2312", (0xB0, 0xD7)) < 0.5
    return False


def _share_of_common(content: bytes, encoding: str, common: str, leads: tuple[int, int]) -> float:
    """The share of Chinese characters that `common` has among its frequent ones, by lead byte; 0 if undecodable."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    han = [char for char in text if char >= "\u3400"]
    frequent = (leads[0] <= char.encode(common, "ignore")[:1].ljust(1, b"\0")[0] <= leads[1] for char in han)
    return sum(frequent) / len(han) if han else 0.0


def _sheet_text(content: bytes) -> str:
    """The first sheet as CSV, one line a row. Refused before it is unpacked if it would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return _lines_of(book.worksheets[0])
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl raises anything at all on a damaged file
        raise Unreadable(_("not a readable spreadsheet (%(what)s)"), what=type(error).__name__) from error


def _lines_of(sheet: Any) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1), start=1):
        if number > MAX_ROWS + 1:
            raise Unreadable(_("the table has more than %(most)s rows"), most=f"{MAX_ROWS:,}")
        cells = [_on_one_line(value) for value in row]
        writer.writerow(cells[: max((at for at, cell in enumerate(cells, 1) if cell), default=0)])
        if lines.tell() > MAX_TEXT:
            raise Unreadable(_("the spreadsheet has more than %(most)s characters"), most=f"{MAX_TEXT:,}")
    return lines.getvalue()


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Look at what the archive says of its members: all together, and each by itself."""
    members = archive.infolist()
    unpacked = sum(one.file_size for one in members)
    swollen = any(one.file_size > 1_000_000 + MAX_RATIO * one.compress_size for one in members)
    if len(members) > 500 or unpacked > MAX_UNPACKED or swollen:
        raise Unreadable(
            _("unpacked, the spreadsheet has %(size)s bytes: too many to be read"), size=f"{unpacked:,}"
        )


def _on_one_line(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time.min:  # a day, which spreadsheets do not have
        value = value.date()
    return "" if value is None else " ".join(str(value).replace("\0", "").split())
