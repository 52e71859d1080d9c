"""From an article to findings: what could become claims, each with its words, its place and the model it speaks of.

Pure: nothing is read from the database but the lexicon that is given, nothing is written. Repaired text is what is
searched; places are those of the raw text, so that `repair(raw[start:end])` is the quotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from math import inf
from time import thread_time
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.fields.surfaces import covers
from models_catalog.intake.articles.finding import (
    CONTEXT_LENGTH,
    Doubt,
    Finding,
)
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.names import (
    suggested,
)
from models_catalog.intake.articles.reader import Reader
from models_catalog.intake.articles.rows import NAMES, names_in, rows_of
from models_catalog.intake.articles.text import Article, passages
from models_catalog.models.vocabulary import EventKind, Field
from models_catalog.text.characters import is_quotable
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold


def told_names(article: Article, lexicon: Lexicon) -> NameIndex[str]:
    """The new names of an article, each as it stands where it is first seen to be one."""
    told: dict[str, str] = {}
    rows = rows_of(article)
    for passage in passages(article):
        if (number := passage.lines[0].number) in rows:
            for start, end in [
                span for cell in rows[number] if cell.holds == NAMES for span in names_in(cell)
            ]:
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
covers("articles", _READ, but=(Field.KIND, Field.PARENT, Field.LINK))  # which are a curator's to judge


@dataclass(frozen=True)
class Reading:
    """What was found. `cut_in` is the line in which time was over; 0 where there was time enough."""

    findings: list[Finding]
    cut_in: int


def find(article: Article, lexicon: Lexicon, published: DateRange, most: int | None = None) -> list[Finding]:
    """Everything that the article seems to say of models, in reading order; dates are read as of `published`.

    Once there are more than `most`, nothing behind them is read.
    """
    return read_within(article, lexicon, published, most).findings


def read_within(
    article: Article, lexicon: Lexicon, published: DateRange, most: int | None = None, seconds: float = inf
) -> Reading:
    """The same, as far as it is read in so many seconds of the processor."""
    reader = Reader(
        lexicon, published, article.is_reworded, told_names(article, lexicon), rows=rows_of(article)
    )
    found: list[Finding] = []
    until = thread_time() + seconds
    cut_in = 0
    for passage in passages(article):
        found += islice(_timed(reader.read(passage), until), None if most is None else most + 1 - len(found))
        if most is not None and len(found) > most:
            break
        if thread_time() > until:
            cut_in = passage.lines[0].number
            break
    dated = {_what_happened(one) for one in found if one.value.get("days")}
    found = [one for one in found if one.value.get("days") or _what_happened(one) not in dated]
    told = _Told(found)
    found = [told.against(one) for one in found]
    found.sort(key=lambda one: (one.line, one.text_start, _ORDER.index(one.field)))
    return Reading(found, cut_in)


def _timed(findings: Iterator[Finding], until: float) -> Iterator[Finding]:
    """Those that have words, until the processor's time is over."""
    for one in findings:
        if one.quotation and is_quotable(one.quotation):
            yield one
        if thread_time() > until:
            return


def _what_happened(finding: Finding) -> tuple[str, str]:
    """The model and the event, so that an undated mention of a dated event can be left out."""
    return finding.mention.subject if finding.mention else "", str(finding.value.get("event", ""))


class _Told:
    """What the article says of each model's openness and release, gathered once: it may say it a thousand times."""

    def __init__(self, found: Iterable[Finding]) -> None:
        self.openness: dict[str, list[Any]] = {}
        self.releases: dict[str, tuple[date, date]] = {}
        """The last beginning and the first end of its releases."""
        for one in found:
            if one.mention is None:
                continue
            said = self.openness.setdefault(one.mention.subject, [])
            if one.field == Field.OPENNESS and one.value not in said:
                said.append(one.value)
            if days := _released(one):
                begin, end = self.releases.get(one.mention.subject, (days.lower, days.upper))
                self.releases[one.mention.subject] = max(begin, days.lower), min(end, days.upper)

    def against(self, one: Finding) -> Finding:
        """With a doubt, if the article dates the same release otherwise, or calls the model both open and closed."""
        if one.doubt or one.mention is None:
            return one
        is_open_and_closed = one.field == Field.OPENNESS and len(self.openness[one.mention.subject]) > 1
        if is_open_and_closed or ((days := _released(one)) and self._is_apart(one.mention.subject, days)):
            return replace(one, doubt=Doubt.RIVAL)
        return one

    def _is_apart(self, subject: str, days: DateRange) -> bool:
        begin, end = self.releases[subject]
        return bool(days.upper <= begin or end <= days.lower)


def _released(one: Finding) -> Any:
    """The days of a release; None of anything else."""
    is_release = one.field == Field.EVENT and one.value["event"] == EventKind.RELEASED
    return one.value["days"] if is_release else None
