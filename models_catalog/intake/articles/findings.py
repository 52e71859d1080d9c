"""From an article to findings: what could become claims, each with its words, its place and the model it speaks of.

Pure: nothing is read from the database but the lexicon that is given, nothing is written. Repaired text is what is
searched; places are those of the raw text, so that `repair(raw[start:end])` is the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import inf
from time import thread_time
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.fields.surfaces import covers
from models_catalog.intake.articles.attach import attach, by_another, is_adopted, points_back
from models_catalog.intake.articles.events import events
from models_catalog.intake.articles.finding import (
    CONTEXT_LENGTH,
    Doubt,
    Finding,
    doubt_of,
    from_name,
    placed,
    read_as,
)
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.makers import makers_of
from models_catalog.intake.articles.name_sizes import size_in, without_figures
from models_catalog.intake.articles.names import Mention, around, form_of, mentions, suggested
from models_catalog.intake.articles.organisations import Organisation, organisations
from models_catalog.intake.articles.rows import NAMES, Cell, RowReader, names_in, rows_of
from models_catalog.intake.articles.sentences import Said, Sentence, openness, said, spans
from models_catalog.intake.articles.text import Article, Passage, passages
from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.characters import is_quotable
from models_catalog.text.dates import Days, find_days
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold
from models_catalog.text.quantities import find_quantities


@dataclass
class _Reader:
    """Reads passage by passage; remembers what was said, so that nothing is proposed twice."""

    lexicon: Lexicon
    published: DateRange
    is_spun: bool
    told: NameIndex[str]
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    before: list[Mention] = field(default_factory=list)
    previous: Days | None = None
    rows: dict[int, list[Cell]] = field(default_factory=dict)

    def read(self, passage: Passage) -> Iterator[Finding]:
        number = passage.lines[0].number
        if self.rows.get(number):
            row = RowReader(self.lexicon, self.published, self.told)
            yield from (one for one in row.read(passage, self.rows[number]) if self._is_first_of(one))
        elif not passage.is_code:
            yield from self._prose(passage)

    def _is_first_of(self, one: Finding) -> bool:
        subject = one.mention.subject if one.mention else one.line
        return self._is_first(
            one.field, subject, one.value.get("event"), repr(sorted(one.value.items(), key=str))
        )

    def _prose(self, passage: Passage) -> Iterator[Finding]:
        is_begun = False
        plain = passage.plain
        makers = self.lexicon.makers.find(plain)
        models = mentions(plain, passage.text, self.lexicon, self.told, makers)
        sizes = find_quantities(without_figures(plain, models))
        dates = find_days(plain, days_of(self.published), self.previous)
        self.previous = dates[-1].days if dates else self.previous
        sectors = self.lexicon.industries.find(plain)
        for start, end in spans(plain):
            here = around(models, start, end)
            sentence = Sentence(
                start, end, plain, around(sizes, start, end), around(dates, start, end),
                around(sectors, start, end), around(makers, start, end), self.is_spun,
            )  # fmt: skip
            found = organisations(sentence, here)
            yield from self._names(passage, sentence, here, found)
            if not is_begun and not points_back(sentence):
                self.before = []
            before, is_begun = self.before, True
            for one in [*said(sentence), *events(sentence), *openness(sentence)]:
                yield from self._finding(passage, sentence, one, here, before, found)
            yield from self._sizes_of_names(passage, sentence, here)
            ours = [one for one in here if not one.is_foreign]
            self.before = [one for one in ours if not is_adopted(sentence, one)] or ours or self.before

    def _names(
        self, passage: Passage, sentence: Sentence, here: list[Mention], found: list[Organisation]
    ) -> Iterator[Finding]:
        """Each model that the sentence names, under each of its names, and who makes it: once an article."""
        within = sentence.start, sentence.end
        for one in (one for one in here if not one.is_foreign):
            words, span = passage.text[one.start : one.end], (one.start, one.end)
            text, form = form_of(words, one.entries[0]) if one.entries else (words, NameKind.ZH)
            if self._is_first(Field.NAME, one.subject, fold(words)):
                value = {"text": text, "token": form.value}
                made = placed(passage, within, Field.NAME, span, value, one, doubt_of(one))
                yield read_as(made, passage, span)
        for one, maker in makers_of(sentence, here, found):
            if self._is_first(Field.DEVELOPER, one.subject, repr(maker.value)):
                doubt = maker.doubt if maker.is_new else doubt_of(one) or maker.doubt
                place = maker.start, maker.end
                made = placed(
                    passage, within, Field.DEVELOPER, place, maker.value, one, doubt, [(one.start, one.end)]
                )
                yield read_as(made, passage, place)

    def _finding(
        self,
        passage: Passage,
        sentence: Sentence,
        one: Said,
        here: list[Mention],
        before: list[Mention],
        found: list[Organisation],
    ) -> Iterator[Finding]:
        """`one` as said of each model that it is attached to, unless the article said the same before."""
        for mention, attached in attach(sentence, one, here, before):
            subject = mention.subject if mention else passage.lines[0].number
            happened = one.date.days if one.date else repr(sorted(one.value.items()))
            if not self._is_first(one.field, subject, one.value.get("event"), happened):
                continue
            doubt = Doubt(attached) if attached else doubt_of(mention)
            if one.field == Field.EVENT and one.date is None:
                doubt = doubt or Doubt.UNDATED
            doubt = doubt or (Doubt(one.doubt) if one.doubt else None)
            if not doubt and mention and by_another(sentence, one, mention, found):
                doubt = Doubt.INDIRECT
            also = [one.near, *([(mention.start, mention.end)] if mention and mention in here else [])]
            made = placed(
                passage, (sentence.start, sentence.end), one.field, (one.start, one.end), dict(one.value), mention,
                doubt, also,
            )  # fmt: skip
            yield self._dated(made, one) if one.field == Field.EVENT else made

    def _sizes_of_names(self, passage: Passage, sentence: Sentence, here: list[Mention]) -> Iterator[Finding]:
        """The size that is a part of a name: 13B of Skyroad-13B-Instruct."""
        for one in here:
            size = None if one.is_foreign else size_in(passage.plain, one)
            value = {"number": number_range(size.interval)} if size else {}
            if size and self._is_first(Field.PARAMETERS, one.subject, None, repr(sorted(value.items()))):
                span, within = (size.start, size.end), (sentence.start, sentence.end)
                whole = [(one.start, one.end)]
                yield from_name(
                    placed(passage, within, Field.PARAMETERS, span, value, one, doubt_of(one), whole)
                )

    def _dated(self, made: Finding, one: Said) -> Finding:
        """The event with the days that its words mean; inferred where they need the date before them."""
        event = EventKind(one.value["event"])
        if one.date is None:
            return replace(made, value={"event": event.value, "days": None})
        days = date_range(one.date.days)
        made = replace(made, value={"event": event.value, "days": days})
        try:
            is_plain = parse_event_days(made.stated, event=event, published=self.published) == days
        except NotStated:
            is_plain = False
        if not is_plain:
            return replace(
                made, basis=Basis.INFERRED, reason_zh=f"“{made.stated}”承接上文的日期。",
                reason_en=f"“{made.stated}” follows a date earlier in the text.",
            )  # fmt: skip
        guessed = (
            not re.search("[年昨今前上本]", made.stated) and days.lower.year != self.published.lower.year
        )
        return replace(
            made, doubt=made.doubt or (Doubt.INDIRECT if guessed else None)
        )  # a day after the article's own

    def _is_first(self, *what: Any) -> bool:
        if what in self.seen:
            return False
        self.seen.add(what)
        return True


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
    reader = _Reader(
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
    found = [_against_rivals(one, found) for one in found]
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


def _against_rivals(one: Finding, found: list[Finding]) -> Finding:
    """With a doubt, if the article dates the same release otherwise, or calls the model both open and closed."""
    if one.doubt or one.mention is None:
        return one
    for other in found:
        if other.mention is None or other.mention.subject != one.mention.subject or other.field != one.field:
            continue
        if one.field == Field.OPENNESS and other.value != one.value:
            return replace(one, doubt=Doubt.RIVAL)
        is_release = one.value.get("event") == EventKind.RELEASED == other.value.get("event")
        if (
            is_release
            and one.value["days"]
            and other.value["days"]
            and _apart(one.value["days"], other.value["days"])
        ):
            return replace(one, doubt=Doubt.RIVAL)
    return one


def _apart(one: DateRange, other: DateRange) -> bool:
    return bool(one.upper <= other.lower or other.upper <= one.lower)
