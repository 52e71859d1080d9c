"""From an article to findings: what could become claims, each with its words, its place and the model it speaks of.

Pure: nothing is read from the database but the lexicon that is given, nothing is written. Repaired text is what is
searched; places are those of the raw text, so that `repair(raw[start:end])` is the quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from math import inf
from time import thread_time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.ingest.article_attach import attach
from models_catalog.ingest.article_file import Article, Line
from models_catalog.ingest.article_finding import Doubt, Finding, doubt_of, from_name, placed, read_as
from models_catalog.ingest.article_lexicon import Lexicon
from models_catalog.ingest.article_makers import suggested_makers
from models_catalog.ingest.article_names import Mention, around, form_of, mentions
from models_catalog.ingest.article_sentences import Said, Sentence, said, spans
from models_catalog.ingest.values import NotStated, parse_event_days
from models_catalog.models.ranges import date_range, days_of
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.characters import is_quotable
from models_catalog.text.dates import find_days
from models_catalog.text.name_search import simplified
from models_catalog.text.names import fold
from models_catalog.text.quantities import find_quantities


@dataclass
class _Reader:
    """Reads line by line; remembers what was said, so that nothing is proposed twice."""

    lexicon: Lexicon
    published: DateRange
    is_spun: bool
    seen: set[tuple[Any, ...]] = field(default_factory=set)

    def read(self, line: Line) -> Iterator[Finding]:
        text = line.named.text
        plain = simplified(text)
        makers = self.lexicon.makers.find(text)
        models = mentions(text, self.lexicon, makers)
        sizes, dates = find_quantities(plain), find_days(plain, days_of(self.published))
        sectors = self.lexicon.industries.find(text)
        earlier: Mention | None = None
        for start, end in spans(plain):
            here = around(models, start, end)
            sentence = Sentence(
                start, end, plain, around(sizes, start, end), around(dates, start, end),
                around(sectors, start, end), around(makers, start, end), self.is_spun,
            )  # fmt: skip
            yield from self._names(line, sentence, here)
            for one in said(sentence):
                yield from self._finding(line, sentence, one, here, earlier)
            ours = [one for one in here if not one.is_foreign]
            earlier = ours[-1] if ours else earlier

    def _names(self, line: Line, sentence: Sentence, here: list[Mention]) -> Iterator[Finding]:
        """Each model that the sentence names, under each of its names, and who makes it: once an article."""
        for one in (one for one in here if not one.is_foreign):
            words, span = line.named.text[one.start : one.end], (one.start, one.end)
            text, form = form_of(words, one.entries[0]) if one.entries else (words, NameKind.ZH)
            if self._is_first(Field.NAME, one.subject, fold(words)):
                value = {"text": text, "token": form.value}
                made = placed(line, sentence, Field.NAME, span, value, one, doubt_of(one))
                yield read_as(made, line, span)
            for maker in suggested_makers(sentence, one, here):
                if self._is_first(Field.DEVELOPER, one.subject, repr(maker.value)):
                    doubt = maker.doubt if maker.is_new else doubt_of(one) or maker.doubt
                    place = maker.start, maker.end
                    made = placed(line, sentence, Field.DEVELOPER, place, maker.value, one, doubt, [span])
                    yield read_as(made, line, place)

    def _finding(
        self, line: Line, sentence: Sentence, one: Said, here: list[Mention], earlier: Mention | None
    ) -> Iterator[Finding]:
        """`one` as said of each model that it is attached to, unless the article said the same before."""
        for mention, attached in attach(sentence, one, here, earlier):
            subject = mention.subject if mention else line.number
            happened = one.date.text if one.date else repr(sorted(one.value.items()))
            if not self._is_first(one.field, subject, one.value.get("event"), happened):
                continue
            doubt = Doubt(attached) if attached else doubt_of(mention)
            if one.field == Field.EVENT and one.date is None:
                doubt = doubt or Doubt.UNDATED
            doubt = doubt or (None if one.is_clear else Doubt.INDIRECT)
            also = [one.near, *([(mention.start, mention.end)] if mention and mention in here else [])]
            made = placed(
                line, sentence, one.field, (one.start, one.end), dict(one.value), mention, doubt, also
            )
            if one.field == Field.EVENT:
                made = self._dated(made, one)
            elif one.field == Field.PARAMETERS and any(model.start < one.start < model.end for model in here):
                made = from_name(made)
            yield made

    def _dated(self, made: Finding, one: Said) -> Finding:
        """The event with the days that its words mean; inferred where they need the date before them."""
        event = EventKind(one.value["event"])
        if one.date is None:
            return replace(made, value={"event": event.value, "days": None})
        try:
            days = parse_event_days(made.stated, event=event, published=self.published)
            guessed = "年" not in made.stated and days.lower.year != self.published.lower.year
            doubt = made.doubt or (Doubt.INDIRECT if guessed else None)  # a day after the article's own
            return replace(made, value={"event": event.value, "days": days}, doubt=doubt)
        except NotStated:
            value = {"event": event.value, "days": date_range(one.date.days)}
            return replace(
                made, value=value, basis=Basis.INFERRED, reason_zh=f"“{made.stated}”承接上文的日期。",
                reason_en=f"“{made.stated}” follows a date earlier in the text.",
            )  # fmt: skip

    def _is_first(self, *what: Any) -> bool:
        if what in self.seen:
            return False
        self.seen.add(what)
        return True


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
    reader = _Reader(lexicon, published, article.is_reworded)
    found: list[Finding] = []
    until = thread_time() + seconds
    cut_in = 0
    for line in article.lines:
        found += islice(_timed(reader.read(line), until), None if most is None else most + 1 - len(found))
        if most is not None and len(found) > most:
            break
        if thread_time() > until:
            cut_in = line.number
            break
    dated = {_what_happened(one) for one in found if one.value.get("days")}
    found = [one for one in found if one.value.get("days") or _what_happened(one) not in dated]
    found.sort(key=lambda one: (one.line, one.text_start, list(Field).index(one.field)))
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
