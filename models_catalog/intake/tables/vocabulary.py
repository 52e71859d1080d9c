"""Parse the cells of a table of claims: vocabulary words in both languages, numbers, dates and links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange, NumericRange
from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from models_catalog.fields.declared import number_of
from models_catalog.intake.fixtures.files import Refused, by_hand, days
from models_catalog.intake.tables.columns import ClaimColumn
from models_catalog.intake.tables.sheets import LINE_BREAK
from models_catalog.intake.values import NotStated, parse_event_days, parse_number
from models_catalog.models import Source
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    Category,
    EventKind,
    Field,
    LinkKind,
    NameKind,
    Openness,
)
from models_catalog.text.characters import folded
from models_catalog.text.web import host_of

SYNONYMS: Mapping[type[TextChoices], Mapping[str, TextChoices]] = {
    Category: {"行业": Category.INDUSTRY, "垂直": Category.INDUSTRY, "行业（垂直）": Category.INDUSTRY},
    Openness: {"开放": Openness.OPEN, "不开放": Openness.CLOSED},
    EventKind: {"发布": EventKind.RELEASED, "内测": EventKind.BETA, "公布": EventKind.ANNOUNCED, "已公布": EventKind.ANNOUNCED},
    Field: {"开发者": Field.DEVELOPER, "公司": Field.DEVELOPER, "参数": Field.PARAMETERS, "参数量": Field.PARAMETERS,
            "行业": Field.SECTOR, "所属": Field.PARENT, "开源": Field.OPENNESS, "开放性": Field.OPENNESS},
    NameKind: {"别名": NameKind.ALIAS, "中文": NameKind.ZH, "英文": NameKind.EN},
    Basis: {"原文": Basis.STATED, "推断": Basis.INFERRED, "常识": Basis.CURATOR, "编者补充": Basis.CURATOR},
    Answer: {"未公开": Answer.UNDISCLOSED},
}  # fmt: skip
"""Other words that people use, and labels of earlier versions that exported files still contain."""
_FORMULA = re.compile(r"'(?=[=+\-@\t\r\n＝＋－＠])")
Cells = Mapping[ClaimColumn, str]
Word = TypeVar("Word", bound=TextChoices)


def unescaped(text: str) -> str:
    """Return a cell on one line, without the apostrophe that our exports put before formula signs."""
    text = text.replace(LINE_BREAK, " ")
    return _FORMULA.sub("", text, count=1).strip() if text.startswith("'") else text.strip()


@cache
def _words_for(vocabulary: type[TextChoices]) -> dict[str, TextChoices]:
    found = {str(word.value): word for word in vocabulary}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            found |= {str(word.label).casefold(): word for word in vocabulary}
    return found | dict(SYNONYMS.get(vocabulary, {}))


def token_of(vocabulary: type[TextChoices], words: str) -> TextChoices:
    """Return the word of `vocabulary` with this value, label or synonym, in either language. Raises `Refused`."""
    found = _words_for(vocabulary).get(words.casefold())
    if found is None:
        raise Refused(_("“%(words)s” is not a word for this") % {"words": words[:40]})
    return found


def word_of(vocabulary: type[Word], words: str) -> Word:
    """Return the same, typed as a member of the given vocabulary."""
    return vocabulary(token_of(vocabulary, words).value)


def number_in(cells: Cells, column: ClaimColumn) -> int | None:
    """Return a whole number without sign, or None if the cell is empty. Raises `Refused`."""
    words = cells.get(column, "").replace(",", "").removesuffix(".0")
    if not words:
        return None
    if not (words.isascii() and words.isdigit() and len(words) < 19):
        raise Refused(_("“%(words)s” is not a whole number") % {"words": words[:40]})
    return int(words)


def number_stated(field: Field, cells: Cells, basis: Basis, stated: str) -> NumericRange:
    """Return the number in the stated words, which given bounds must match; for other bases, the given number."""
    bounds = [number_in(cells, ClaimColumn.LOW), number_in(cells, ClaimColumn.HIGH)]
    try:
        by_person = by_hand(bounds) if bounds != [None, None] else None
        if by_person is None and cells.get(ClaimColumn.VALUE):
            by_person = parse_number(field, cells[ClaimColumn.VALUE])
        if basis != Basis.STATED and by_person is not None:
            return by_person
        found = parse_number(field, stated)
    except (NotStated, Refused) as error:
        raise Refused(str(number_of(field).is_unreadable)) from error
    if by_person is not None and by_person != found:
        raise Refused(str(number_of(field).differs) % {"words": stated})
    return found


def days_in(
    cells: Cells, event: EventKind, basis: Basis, stated: str, source: Source | None
) -> DateRange | None:
    """Return the days in the stated words, which must agree with any given days; None if the row has none."""
    given = "/".join(filter(None, (cells.get(ClaimColumn.DAYS_FIRST), cells.get(ClaimColumn.DAYS_LAST))))
    given = given or cells.get(ClaimColumn.DAY, "")
    by_person = _days_by_hand(given) if given else None
    if basis != Basis.STATED or source is None:
        return by_person
    if by_person is None and ClaimColumn.DAYS_FIRST in cells:
        return None
    try:
        found = parse_event_days(stated, event=event, published=source.published)
    except NotStated as error:
        if by_person is None:
            return None
        raise Refused(_("“%(words)s” states no date") % {"words": stated}) from error
    if by_person is not None and by_person != found:
        raise Refused(_("“%(words)s” states another day than the row does") % {"words": stated})
    return found


def _days_by_hand(words: str) -> DateRange:
    try:
        return days(words, "day")
    except Refused as error:
        raise Refused(_("“%(words)s” is not a day, month or year") % {"words": words[:40]}) from error


_HOSTS = (
    ("(?:github|gitee|gitlab)\\.com", LinkKind.CODE),
    ("(?:huggingface\\.co|modelscope\\.cn)", LinkKind.WEIGHTS),
    ("arxiv\\.org", LinkKind.PAPER),
)


def link_of(words: str, kind: str = "") -> dict[str, str]:
    """Return a link claim's columns: an https address, and its kind from `kind`, the words before it, or its host.

    Raises `Refused` for anything else. The address is never fetched.
    """
    said, _blank, address = folded(words).rpartition(" ")
    host = host_of(address)
    if not host:
        raise Refused(_("“%(words)s” is not an https address") % {"words": words[:40]})
    if kind := kind or said:
        return {"text": address, "token": token_of(LinkKind, kind).value}
    found = next((of for pattern, of in _HOSTS if re.fullmatch(pattern, host)), LinkKind.HOMEPAGE)
    return {"text": address, "token": found.value}


_MARKDOWN_LINK = re.compile(r"\[?\[[^\[\]]*\]\]?\(([^()\s]+)\)")
_BETWEEN_LINKS = re.compile(r"[；\n]\s*|;(?:\s+|$|(?=(?:\w{1,10} )?https?://))")
"""A semicolon can be part of an address: it separates links only before a blank or another address."""


def links_in(text: str) -> list[str]:
    """Return each address in a cell with the words before it; one blank is enough between two."""
    found: list[str] = []
    for part in _BETWEEN_LINKS.split(_MARKDOWN_LINK.sub(r"\1 ", text)):
        words: list[str] = []
        for word in folded(part).split():
            words += [bare] if (bare := word.rstrip(",，、")) else []
            if "://" in word:
                found.append(" ".join(words))
                words = []
        found += [" ".join(words)] if words else []
    return found


def link_in(words: str) -> dict[str, str]:
    """Return `link_of`, ignoring unknown words before the address. Raises `Refused`."""
    try:
        return link_of(words)
    except Refused:
        return link_of(words.split()[-1])
