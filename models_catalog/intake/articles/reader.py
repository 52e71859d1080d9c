"""Reads an article passage by passage: the models, their makers, and the statements about each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.intake.articles.attach import attach, by_another, denies_size, points_back
from models_catalog.intake.articles.events import DayBefore, events, openness
from models_catalog.intake.articles.finding import (
    CONTEXT_LENGTH,
    Doubt,
    Finding,
    doubt_of,
    placed,
    read_as,
    size_of_name,
)
from models_catalog.intake.articles.headings import FEATURES, NEW_ITEM, ListedCell, headed, labelled
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.makers import Maker, makers_of
from models_catalog.intake.articles.names import (
    Mention,
    around,
    by_size,
    form_of,
    mentions,
    without_figures,
    without_second_names,
)
from models_catalog.intake.articles.objects import is_adopted
from models_catalog.intake.articles.organisations import Organisation, organisations
from models_catalog.intake.articles.plain import is_plain
from models_catalog.intake.articles.rows import RowReader
from models_catalog.intake.articles.sentences import Said, Sentence, said, spans
from models_catalog.intake.articles.text import Passage
from models_catalog.intake.articles.trades import Trades
from models_catalog.intake.articles.unstated_makers import UnstatedMakers
from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models.ranges import date_range, days_of
from models_catalog.models.vocabulary import Basis, EventKind, Field, NameKind
from models_catalog.text.dates import Days, FoundDays, find_days
from models_catalog.text.name_search import NameIndex
from models_catalog.text.names import fold
from models_catalog.text.quantities import find_quantities

_WITH_YEAR: Final = re.compile("[0-9]{4}|[今去前]年")
_PLAINLY: Final = (Field.PARAMETERS, CONTEXT_LENGTH, Field.EVENT, Field.OPENNESS)
"""Fields for which a statement that is not plain (`is_plain`) gets a doubt."""
_VAGUE: Final = re.compile("[初末底]$|年中|[春夏秋冬]")
"""Words whose days are a convention of this project: 年初 is January to March."""
_NEWS: Final = 45
"""Dates less than this many days before the publication need no year, whatever years were stated before."""


@dataclass
class SentenceReader:
    """Reads one passage after another; remembers what was found, so that nothing is proposed twice."""

    lexicon: Lexicon
    published: DateRange
    is_spun: bool
    told: NameIndex[str]
    seen: set[tuple[Any, ...]] = field(default_factory=set)
    before: list[Mention] = field(default_factory=list)
    previous: Days | None = None
    year: int | None = None
    """The last year stated in earlier passages."""
    dates: list[FoundDays] = field(default_factory=list)
    rows: dict[int, list[ListedCell]] = field(default_factory=dict)
    day: DayBefore = field(default_factory=DayBefore)
    makers: UnstatedMakers = field(default_factory=UnstatedMakers)
    sized: dict[str, Mention | None] = field(default_factory=dict)
    topic: list[Mention] = field(default_factory=list)
    """The models named last, to which items of a list of features belong."""
    trades: Trades = field(default_factory=Trades)
    headed: list[Mention] = field(default_factory=list)
    """The model of the heading above, to which statements without a name belong; [] without one."""
    is_over: Callable[[], bool] = lambda: False
    """Whether the time is over: asked within a passage too, as one may hold a whole article."""

    def read(self, passage: Passage) -> Iterator[Finding]:
        number = passage.lines[0].number
        if (cells := self.rows.get(number)) is not None:
            self.trades.own = None
            row = RowReader(self.lexicon, self.published, self.told)
            found = list(row.read(passage, cells, self.headed))
            named = [one.mention for one in found if one.field == Field.NAME and one.mention]
            found += [other for one in named for other in self.trades.of(passage, [one])]
            yield from filter(self._is_first_of, found)
        elif not passage.is_code:
            yield from self._prose(passage)

    def _is_first_of(self, one: Finding) -> bool:
        subject = one.mention.subject if one.mention else one.line
        return self._is_first(
            one.field, subject, one.value.get("event"), repr(sorted(one.value.items(), key=str))
        )

    def _prose(self, passage: Passage) -> Iterator[Finding]:
        plain = passage.plain
        makers = self.lexicon.makers.find(plain)
        named = mentions(plain, passage.text, self.lexicon, self.told, makers)
        if headed(plain, without_second_names(plain, named), makers) is not None or NEW_ITEM.match(plain):
            self.sized.clear()
        models = by_size(plain, named, self.sized)
        if (heading := headed(plain, without_second_names(plain, models), makers)) is not None:
            self.headed = heading
        if heading is not None or NEW_ITEM.match(plain):
            self.makers.last, self.day.day = None, None
        if heading is None and self.headed and not models:
            yield from self._labelled(passage)
        sizes = find_quantities(without_figures(plain, models))
        dates = find_days(plain, days_of(self.published), self.previous)
        self.dates = dates
        self.previous = dates[-1].days if dates else self.previous
        sectors = self.lexicon.industries.find(plain)
        self.trades.note(passage, sectors, models, is_heading=heading is not None)
        if heading:
            yield from self._dated_heading(passage, heading[0], dates)
        for number, (start, end) in enumerate(spans(plain)):
            sentence = Sentence(
                start, end, plain, around(sizes, start, end), around(dates, start, end),
                around(sectors, start, end), around(makers, start, end), self.is_spun,
            )  # fmt: skip
            if not number:
                self.before = (self.before or self.topic) if points_back(sentence) else list(self.headed)
            yield from self._sentence(passage, sentence, around(models, start, end))
            if self.is_over():
                return
        yield from filter(self._is_first_of, self.trades.of(passage, models))
        self.topic = (
            self.before if models else [] if heading == [] and not FEATURES.search(plain) else self.topic
        )
        self.year = next(
            (one.days.first.year for one in reversed(dates) if _WITH_YEAR.search(one.text)), self.year
        )

    def _sentence(self, passage: Passage, sentence: Sentence, here: list[Mention]) -> Iterator[Finding]:
        found = organisations(sentence, here)
        yield from self._names(passage, sentence, here, found)
        here, before = without_second_names(passage.plain, here), self.before
        for one in chain(said(sentence), events(sentence), openness(sentence)):
            if self.is_over():
                return
            yield from self._finding(passage, sentence, one, here, before, found)
        yield from self._sizes_of_names(passage, sentence, here)
        self.day.remember(sentence, found)
        ours = [one for one in here if not one.is_foreign]
        self.before = [one for one in ours if not is_adopted(sentence, one)] or ours or self.before

    def _dated_heading(self, passage: Passage, model: Mention, dates: list[FoundDays]) -> Iterator[Finding]:
        """A date in brackets in a heading, as a possible release date."""
        for date in (one for one in dates if passage.plain[one.start - 1 : one.start] in ("（", "(")):
            value = {"event": EventKind.RELEASED.value, "days": date_range(date.days)}
            made = placed(
                passage, (0, len(passage.plain)), Field.EVENT, (date.start, date.end), value, model, [doubt_of(model), Doubt.INDIRECT],
                [(model.start, model.end)],
            )  # fmt: skip
            if self._is_first(Field.EVENT, model.subject, value["event"], date.days):
                yield made

    def _labelled(self, passage: Passage) -> Iterator[Finding]:
        """The findings from labels below the heading of a model: 参数:70亿."""
        row = RowReader(self.lexicon, self.published, self.told)
        for cell in labelled(passage):
            found = row.under(passage, cell, self.headed[-1])
            yield from (one for one in found if self._is_first_of(one))

    def _names(
        self, passage: Passage, sentence: Sentence, here: list[Mention], found: list[Organisation]
    ) -> Iterator[Finding]:
        """Names and makers of the models in a sentence, each once in an article."""
        within = sentence.start, sentence.end
        for one in (one for one in here if not one.is_foreign):
            words, span = passage.text[one.start : one.end], (one.start, one.end)
            if words != one.words:
                continue  # The 9B model
            text, form = form_of(words, one.entries[0]) if one.entries else (words, NameKind.ZH)
            if self._is_first(Field.NAME, one.subject, fold(words)):
                value = {"text": text, "token": form.value}
                made = placed(passage, within, Field.NAME, span, value, one, [doubt_of(one)])
                yield read_as(made, passage, span)
        told = list(makers_of(sentence, here, found))
        self.makers.note(passage, sentence, here, found, told)
        for one, maker in told:
            if self._is_first(Field.DEVELOPER, one.subject, repr(maker.value)):
                made = _made(passage, within, one, maker, [(one.start, one.end)])
                yield made.doubted(Doubt.RUMOUR if sentence.is_rumour else None)

    def unstated(self) -> Iterator[Finding]:
        """Makers of the models of which no sentence states one, once all passages are read."""
        for passage, one, maker in self.makers.suggestions():
            yield _made(passage, (0, len(passage.text)), one, maker, []).doubted(Doubt.INDIRECT)

    def _finding(
        self, passage: Passage, sentence: Sentence, one: Said, here: list[Mention], before: list[Mention],
        found: list[Organisation],
    ) -> Iterator[Finding]:  # fmt: skip
        """`one` as a finding for each model that it is attached to, except what the article said before."""
        one = self.day.given(sentence, one, found)
        for mention, attached in attach(sentence, one, here, before):
            subject = mention.subject if mention else passage.lines[0].number
            happened = one.date.days if one.date else repr(sorted(one.value.items()))
            if (mention and denies_size(passage.plain, mention, one)) or not self._is_first(
                one.field, subject, one.value.get("event"), happened
            ):
                continue
            is_undated = one.field == Field.EVENT and one.date is None
            is_loose = mention is not None and (
                by_another(sentence, one, mention, found)
                or (
                    mention in here
                    and one.field in _PLAINLY
                    and not is_plain(sentence, one, mention, here, found)
                )
            )
            doubts = [
                Doubt(attached) if attached else None, doubt_of(mention), Doubt.UNDATED if is_undated else None,
                Doubt(one.doubt) if one.doubt else None, Doubt.INDIRECT if is_loose else None,
            ]  # fmt: skip
            also = [one.near, *([(mention.start, mention.end)] if mention and mention in here else [])]
            made = placed(
                passage, (sentence.start, sentence.end), one.field, (one.start, one.end), dict(one.value), mention,
                doubts, also,
            )  # fmt: skip
            yield self._dated(made, one) if one.field == Field.EVENT else made

    def _sizes_of_names(self, passage: Passage, sentence: Sentence, here: list[Mention]) -> Iterator[Finding]:
        """Sizes that are part of a name: 13B of Skyroad-13B-Instruct."""
        for one in here:
            made = size_of_name(passage, (sentence.start, sentence.end), one)
            if made and self._is_first(Field.PARAMETERS, one.subject, None, repr(sorted(made.value.items()))):
                yield made

    def _dated(self, made: Finding, one: Said) -> Finding:
        """The event with its days: inferred if its words alone do not give them, with a doubt if they may be wrong.

        They may be if they are vague, have an uncertain year, or are after the publication but not of a plan.
        """
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
            is_past_plan = event == EventKind.PLANNED and days.upper <= self.published.lower
            return replace(
                made.doubted(Doubt.INDIRECT if is_past_plan else None), basis=Basis.INFERRED, reason_zh=f"“{made.stated}”按上文或发表日期推定。",
                reason_en=f"“{made.stated}” is read by the date before it or that of publication.",
            )  # fmt: skip
        stated_year = self._year(one.date)
        is_guessed = days.lower.year not in (self.published.lower.year, stated_year)
        is_of_other_year = stated_year not in (None, days.lower.year) and not self._is_news(one.date)
        has_year = re.search("[年昨今前上本]", made.stated) is not None
        is_ahead = event != EventKind.PLANNED and days.lower >= self.published.upper
        is_doubtful = (
            is_ahead or _VAGUE.search(made.stated) or (not has_year and (is_guessed or is_of_other_year))
        )
        return made.doubted(Doubt.INDIRECT if is_doubtful else None)

    def _is_news(self, date: FoundDays) -> bool:
        """Whether a date is less than `_NEWS` days before the publication, and its passage states no year."""
        is_alone = not any(_WITH_YEAR.search(one.text) for one in self.dates)
        return is_alone and (self.published.lower - date.days.last).days < _NEWS

    def _year(self, date: FoundDays) -> int | None:
        """The last year stated before a date, or None."""
        before = [one for one in self.dates if one.start < date.start and _WITH_YEAR.search(one.text)]
        return before[-1].days.first.year if before else self.year

    def _is_first(self, *what: Any) -> bool:
        if what in self.seen:
            return False
        self.seen.add(what)
        return True


def _made(
    passage: Passage, within: tuple[int, int], one: Mention, maker: Maker, near: list[tuple[int, int]]
) -> Finding:
    """A finding of who made a model."""
    doubts = [maker.doubt, doubt_of(one)] if maker.is_new else [doubt_of(one), maker.doubt]
    place = maker.start, maker.end
    return read_as(
        placed(passage, within, Field.DEVELOPER, place, maker.value, one, doubts, near), passage, place
    )
