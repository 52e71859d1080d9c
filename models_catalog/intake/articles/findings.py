"""Reads an article into findings: possible claims, each with its words, its position and the model it is about.

Pure: reads no database (the registry is given as a lexicon) and writes nothing. The repaired text is searched;
positions are those of the raw text, so that `repair(raw[start:end])` is the quotation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf
from time import thread_time
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange, Range

from models_catalog.fields.surfaces import covers
from models_catalog.intake.articles.finding import (
    CONTEXT_LENGTH,
    Doubt,
    Finding,
)
from models_catalog.intake.articles.headings import rows_of
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.names import (
    suggested,
)
from models_catalog.intake.articles.reader import SentenceReader
from models_catalog.intake.articles.retractions import doubted_lines
from models_catalog.intake.articles.rows import named_in
from models_catalog.intake.articles.text import Article, passages
from models_catalog.models.vocabulary import Basis, EventKind, Field
from models_catalog.text.characters import is_quotable
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold


def told_names(article: Article, lexicon: Lexicon) -> NameIndex[str]:
    """The new names of an article, indexed by folded name, each as first written."""
    told: dict[str, str] = {}
    rows = rows_of(article)
    for passage in passages(article):
        if (number := passage.lines[0].number) in rows:
            for start, end in named_in(rows[number]):
                told.setdefault(fold(passage.text[start:end]), passage.text[start:end])
        elif not passage.is_code:
            makers = lexicon.makers.find(passage.plain)
            for name in suggested(passage.text, passage.plain, lexicon, makers):
                told.setdefault(fold(name), name)
    return NameIndex({key: name for key, name in told.items() if key not in lexicon.entries})


_ORDER: Final = [*Field, CONTEXT_LENGTH]
_READ: Final = (
    *(
        Field.NAME,
        Field.DEVELOPER,
        Field.CATEGORY,
        Field.MODALITY,
        Field.PARAMETERS,
        Field.EVENT,
        Field.OPENNESS,
    ),
    *(Field.SECTOR, CONTEXT_LENGTH),
)
covers("articles", _READ, but=(Field.KIND, Field.PARENT, Field.LINK))  # left to curators


@dataclass(frozen=True)
class Reading:
    """The findings. `cut_in` is the number of the line at which time ran out; 0 if all was read in time."""

    findings: list[Finding]
    cut_in: int


def find(article: Article, lexicon: Lexicon, published: DateRange, most: int | None = None) -> list[Finding]:
    """The findings of an article, in reading order; dates are relative to `published`.

    Reading stops once there are more than `most`.
    """
    return read_within(article, lexicon, published, most).findings


def read_within(
    article: Article, lexicon: Lexicon, published: DateRange, most: int | None = None, seconds: float = inf
) -> Reading:
    """`find`, limited to so many seconds of processor time."""
    names, until = told_names(article, lexicon), thread_time() + seconds

    def is_over() -> bool:
        return thread_time() > until

    reader = SentenceReader(
        lexicon, published, article.is_reworded, names, rows=rows_of(article), is_over=is_over
    )
    found: list[Finding] = []
    cut_in = 0
    parts = list(passages(article))
    doubted = doubted_lines(parts)
    for passage in parts:
        found += islice(
            _timed(reader.read(passage), is_over), None if most is None else most + 1 - len(found)
        )
        if most is not None and len(found) > most:
            break
        if is_over():
            cut_in = passage.lines[0].number
            break
    else:
        found += _timed(reader.unstated(), is_over)
    found = [
        one.doubted(Doubt.RUMOUR) if one.line in doubted and one.field != Field.NAME else one for one in found
    ]
    dated = {_what_happened(one) for one in found if one.value.get("days")}
    found = [one for one in found if one.value.get("days") or _what_happened(one) not in dated]
    told: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in found:
        told[one.mention.subject if one.mention else "", one.field].append(one)
    found = [
        _weighed(one, told[one.mention.subject, one.field][:_ENOUGH]) if one.mention else one for one in found
    ]
    found.sort(key=lambda one: (one.line, one.text_start, _ORDER.index(one.field)))
    return Reading(found, cut_in)


def _timed(findings: Iterator[Finding], is_over: Callable[[], bool]) -> Iterator[Finding]:
    """The findings with a valid quotation, until the time is over."""
    for one in findings:
        if one.quotation and is_quotable(one.quotation):
            yield one
        if is_over():
            return


def _what_happened(finding: Finding) -> tuple[str, str]:
    """Model and event, as a key by which an undated mention of a dated event is left out."""
    return finding.mention.subject if finding.mention else "", str(finding.value.get("event", ""))


def _weighed(one: Finding, others: list[Finding]) -> Finding:
    """The finding; if it has no doubt, with one for a quotation without the model's name, or for a contradiction.

    `others` are findings of the same model and field in the whole article.
    """
    if one.doubts:
        return one
    if one.field != Field.NAME and one.basis == Basis.STATED and not one.names_its_model:
        return one.doubted(Doubt.APART)
    if any(_contradicts(one, other) for other in others):
        return one.doubted(Doubt.RIVAL)
    return one


_ENOUGH: Final = 50
"""Number of findings of a model and field that are checked for contradictions: an article may have a thousand."""
_GROWTH: Final = 20
"""Distance in characters from a size to a later one that it grew to, which holds now: 从万亿增至10万亿."""


def _contradicts(one: Finding, other: Finding) -> bool:
    """Whether a finding of the same model and field cannot be true together with this one."""
    if one.field == Field.OPENNESS:
        return other.value != one.value
    if one.field in (Field.PARAMETERS, CONTEXT_LENGTH):
        is_growth = one.line == other.line and 0 < one.text_start - other.text_start < _GROWTH
        return (
            other.basis == Basis.STATED
            and not is_growth
            and _apart(one.value["number"], other.value["number"])
        )
    is_release = one.value.get("event") == EventKind.RELEASED == other.value.get("event")
    return bool(
        is_release
        and one.value["days"]
        and other.value["days"]
        and _apart(one.value["days"], other.value["days"])
    )


def _apart(one: Range[Any], other: Range[Any]) -> bool:
    """Whether two ranges do not overlap; never if either has an open end."""
    if None in (one.lower, one.upper, other.lower, other.upper):
        return False
    return bool(one.upper <= other.lower or other.upper <= one.lower)
