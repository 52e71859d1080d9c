"""An article that somebody pastes or uploads: bounded, in a known encoding, each line repaired with its way back."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from models_catalog.text.repair import Dirt, Repair, Repaired, repair
from models_catalog.text.spun import Glossed, looks_spun, read_names

MAX_BYTES = 200_000
MAX_LINES = 2_000
MAX_LINE_CHARS = 20_000
BOM = "\ufeff"


class NotAnArticle(ValueError):
    """The bytes are no article that can be read; the message says why."""


@dataclass(frozen=True)
class Line:
    """A line as it was found, counted from 1, what is left of it once repaired, and how its names are read.

    Quotations are of `text`, the words as they stand; `named.text` is what is searched.
    """

    number: int
    raw: str
    repaired: Repaired
    named: Glossed

    @property
    def text(self) -> str:
        return self.repaired.text

    @cached_property
    def repairs(self) -> tuple[Repair, ...]:
        """What was taken away, then the names that were read as others; places are those of `raw`."""
        return *self.repaired.repairs, *(
            Repair(Dirt.SPUN, *self.repaired.raw_span(one.start, one.end), one.before, one.after)
            for one in self.named.replacements
        )


@dataclass(frozen=True)
class Article:
    """A text as it came; `sha256` is that of its bytes, and says later which text was read."""

    text: str
    encoding: str
    sha256: str

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(number, raw) for number, raw in enumerate(self.text.split("\n"), start=1)]

    def _line(self, number: int, raw: str) -> Line:
        repaired = repair(raw)
        named = read_names(repaired.text) if self.is_reworded else Glossed(repaired.text)
        return Line(number, raw, repaired, named)

    @cached_property
    def repairs(self) -> Counter[Dirt]:
        """How often each kind of dirt was mended."""
        return Counter(one.kind for line in self.lines for one in line.repairs)

    @cached_property
    def is_reworded(self) -> bool:
        """Whether its wording looks like a synonym spinner's."""
        return looks_spun(self.text)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without a mark, else GB18030. Raises `NotAnArticle`.

    A byte order mark stays in the text as its first character, so that offsets are those of the file.
    """
    for encoding in ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, "utf-8-sig" if text.startswith(BOM) else encoding
    raise NotAnArticle(_("This is neither UTF-8 nor GB18030 text. Save the article as plain UTF-8 text."))


def text_of(content: bytes) -> str:
    """The text of an article's file, whatever its bytes, as its places are counted in it."""
    try:
        return decoded(content)[0]
    except NotAnArticle:
        return content.decode("utf-8", errors="replace")


def read_article(content: bytes) -> Article:
    """Check `content` and read it. Raises `NotAnArticle` with a message for the person who sent it."""
    if len(content) > MAX_BYTES:
        raise NotAnArticle(
            _("The article has %(size)s bytes; at most %(most)s are read. Send it in parts.")
            % {"size": f"{len(content):,}", "most": f"{MAX_BYTES:,}"}
        )
    if b"\0" in content:
        raise NotAnArticle(_("There is a NUL character in it: this is no text. Save it as plain UTF-8 text."))
    text, encoding = decoded(content)
    if not text.strip().strip(BOM):
        raise NotAnArticle(_("There is no text in it."))
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise NotAnArticle(
            _("The article has %(size)s lines; at most %(most)s are read. Send it in parts.")
            % {"size": f"{len(lines):,}", "most": f"{MAX_LINES:,}"}
        )
    if max(map(len, lines)) > MAX_LINE_CHARS:
        raise NotAnArticle(
            _("A line has more than %(most)s characters. Break it at its paragraphs.")
            % {"most": f"{MAX_LINE_CHARS:,}"}
        )
    return Article(text, encoding, hashlib.sha256(content).hexdigest())
