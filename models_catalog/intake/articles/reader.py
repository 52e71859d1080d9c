"""Reads an article passage by passage: names, makers, what is said, and of which model."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.intake.articles.attach import attach, by_another, points_back
from models_catalog.intake.articles.events import events, is_adopted
from models_catalog.intake.articles.finding import (
    Doubt,
    Finding,
    doubt_of,
    from_name,
    placed,
    read_as,
)
from models_catalog.intake.articles.headings import headed, labelled
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.makers import makers_of
from models_catalog.intake.articles.names import (
    Mention,
    around,
    form_of,
    mentions,
    size_in,
    without_figures,
    without_second_names,
)
from models_catalog.intake.articles.organisations import Organisation, organisations
from models_catalog.intake.articles.rows import Cell, RowReader
from models_catalog.intake.articles.sentences import Said, Sentence, openness, said, spans
from models_catalog.intake.articles.text import Passage
from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.dates import Days, FoundDays, find_days
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold
from models_catalog.text.quantities import find_quantities


@dataclass
class Reader:
    """Reads passage by passage; remembers what was said, so that nothing is proposed twice."""

    lexicon: Lexicon
    published: DateRange
    is_spun: bool
    told: NameIndex[str]
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    before: list[Mention] = field(default_factory=list)
    previous: Days | None = None
    rows: dict[int, list[Cell]] = field(default_factory=dict)
    headed: list[Mention] = field(default_factory=list)
    """The model of the heading above: below it, sentences that name none speak of it."""

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
        if (heading := headed(plain, without_second_names(plain, models), makers)) is not None:
            self.headed = heading
        elif self.headed and not models:
            yield from self._labelled(passage)
        sizes = find_quantities(without_figures(plain, models))
        dates = find_days(plain, days_of(self.published), self.previous)
        self.previous = dates[-1].days if dates else self.previous
        sectors = self.lexicon.industries.find(plain)
        if heading:
            yield from self._dated_heading(passage, heading[0], dates)
        for start, end in spans(plain):
            here = around(models, start, end)
            sentence = Sentence(
                start, end, plain, around(sizes, start, end), around(dates, start, end),
                around(sectors, start, end), around(makers, start, end), self.is_spun,
            )  # fmt: skip
            found = organisations(sentence, here)
            yield from self._names(passage, sentence, here, found)
            here = without_second_names(plain, here)
            if not is_begun and not points_back(sentence):
                self.before = list(self.headed)
            before, is_begun = self.before, True
            for one in [*said(sentence), *events(sentence), *openness(sentence)]:
                yield from self._finding(passage, sentence, one, here, before, found)
            yield from self._sizes_of_names(passage, sentence, here)
            ours = [one for one in here if not one.is_foreign]
            self.before = [one for one in ours if not is_adopted(sentence, one)] or ours or self.before

    def _dated_heading(self, passage: Passage, model: Mention, dates: list[FoundDays]) -> Iterator[Finding]:
        """The day in a bracket behind the name in a heading: it may be that of the release."""
        for date in (one for one in dates if passage.plain[one.start - 1 : one.start] in ("（", "(")):
            value = {"event": EventKind.RELEASED.value, "days": date_range(date.days)}
            made = placed(
                passage, (0, len(passage.plain)), Field.EVENT, (date.start, date.end), value, model, Doubt.INDIRECT,
                [(model.start, model.end)],
            )  # fmt: skip
            if self._is_first(Field.EVENT, model.subject, value["event"], date.days):
                yield made

    def _labelled(self, passage: Passage) -> Iterator[Finding]:
        """What labels say below the heading of a model: 参数:70亿."""
        row = RowReader(self.lexicon, self.published, self.told)
        for cell in labelled(passage):
            found = row.under(passage, cell, self.headed[-1])
            yield from (one for one in found if self._is_first_of(one))

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
                made, basis=Basis.INFERRED, reason_zh=f"“{made.stated}”按上文或发表日期推定。",
                reason_en=f"“{made.stated}” is read by the date before it or that of publication.",
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
