"""What a row of a table says of the model that it names. Without a heading a number or a date means little: a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.ingest.article_finding import CONTEXT_LENGTH, Doubt, Finding, doubt_of, placed
from models_catalog.ingest.article_lexicon import Lexicon
from models_catalog.ingest.article_name_shapes import is_foreign
from models_catalog.ingest.article_names import Mention, around, form_of, mentions
from models_catalog.ingest.article_passages import Passage
from models_catalog.ingest.article_tables import NAMES, Cell, names_in
from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import Field, NameKind, Openness
from models_catalog.text.context_lengths import find_lengths
from models_catalog.text.dates import find_days
from models_catalog.text.name_search import NameIndex
from models_catalog.text.quantities import find_quantities

_OPEN: Final = re.compile(r"(?:已|完全|全面|均|部分)?开源|open(?:[- ]source)?", re.IGNORECASE)
_CLOSED: Final = re.compile(r"闭源|不开源|未开源|closed", re.IGNORECASE)
_UNKNOWN: Final = re.compile(r"未(?:公[布开]|披露|知)|不详|暂无|无|[-—/?？]+|n/?a", re.IGNORECASE)
Value = tuple[int, int, dict[str, Any], Doubt | None]


@dataclass(frozen=True)
class RowReader:
    lexicon: Lexicon
    published: DateRange
    told: NameIndex[str]

    def read(self, passage: Passage, cells: list[Cell]) -> Iterator[Finding]:
        """The findings of a row: each model that it names, and what its other cells say of each."""
        models = self._models(passage, cells)
        said = [one for cell in cells for one in self._said(passage, cell, cells)]
        span = 0, len(passage.text)
        for model in models:
            place = model.start, model.end
            words = passage.text[model.start : model.end]
            text, form = form_of(words, model.entries[0]) if model.entries else (words, NameKind.ZH)
            yield placed(
                passage,
                span,
                Field.NAME,
                place,
                {"text": text, "token": form.value},
                model,
                doubt_of(_sure(model)),
            )
            for field, (start, end, value, doubt) in said:
                doubt = (
                    doubt
                    or doubt_of(_sure(model))
                    or (Doubt.SEVERAL if self._is_shared(field, models) else None)
                )
                yield placed(passage, span, field, (start, end), dict(value), model, doubt, [place])

    @staticmethod
    def _is_shared(field: str, models: list[Mention]) -> bool:
        """Whether a number or a date stands beside several names."""
        return len(models) > 1 and field in (Field.PARAMETERS, Field.EVENT, CONTEXT_LENGTH)

    def _models(self, passage: Passage, cells: list[Cell]) -> list[Mention]:
        makers = self.lexicon.makers.find(passage.plain)
        found = [
            one
            for one in mentions(passage.plain, passage.text, self.lexicon, self.told, makers)
            if not one.is_foreign
        ]
        named = [cell for cell in cells if cell.holds == NAMES]
        if not any(cell.holds for cell in cells):
            return found
        return [
            next(
                (one for one in found if one.start == start and end <= one.end + 3),
                Mention(start, end, new=passage.text[start:end]),
            )
            for cell in named
            for start, end in names_in(cell)
            if not is_foreign(passage.text[start:end].split(" ")[0])
        ]

    def _said(self, passage: Passage, cell: Cell, cells: list[Cell]) -> Iterator[tuple[str, Value]]:
        if _UNKNOWN.fullmatch(cell.text) or cell.holds == NAMES:
            return
        if not any(one.holds for one in cells):
            yield from self._without_heading(passage, cell)
            return
        match cell.holds:
            case Field.DEVELOPER:
                yield from ((Field.DEVELOPER.value, one) for one in self._makers(passage, cell))
            case Field.SECTOR:
                for hit in around(self.lexicon.industries.find(passage.plain), cell.start, cell.end):
                    value = {"sector": hit.value.pk, "label": hit.value.label}
                    yield Field.SECTOR.value, (hit.start, hit.end, value, Doubt.INDIRECT)
            case Field.OPENNESS:
                yield from ((Field.OPENNESS.value, one) for one in _openness(cell))
            case _:
                yield from self._numbers(cell)

    def _numbers(self, cell: Cell) -> Iterator[tuple[str, Value]]:
        if cell.holds == Field.PARAMETERS and not re.search(
            "激活|activ", cell.heading + cell.text, re.IGNORECASE
        ):
            found = find_quantities(cell.text if re.search("[万亿BMbm]", cell.text) else "")
            for one in found:
                start = cell.start + one.start
                doubt = Doubt.SEVERAL if len(found) > 1 else None
                yield cell.holds, (start, cell.start + one.end, {"number": number_range(one.interval)}, doubt)
        if cell.holds == CONTEXT_LENGTH:
            for length in find_lengths(f"上下文{cell.text}"):
                start = cell.start + length.start - 3
                value = {"number": number_range(length.interval), "is_characters": length.is_characters}
                doubt = Doubt.INDIRECT if length.is_characters else None
                yield cell.holds, (start, start + len(length.text), value, doubt)
        if cell.holds == Field.EVENT:
            for date in find_days(cell.text, days_of(self.published)):
                value = {"event": cell.event.value, "days": date_range(date.days)}
                yield cell.holds, (cell.start + date.start, cell.start + date.end, value, None)

    def _makers(self, passage: Passage, cell: Cell) -> Iterator[Value]:
        known = around(self.lexicon.makers.find(passage.plain), cell.start, cell.end)
        for hit in known:
            yield hit.start, hit.end, {"developer": hit.value.pk, "label": hit.value.label}, None
        if not known:
            name = passage.text[cell.start : cell.end]
            yield cell.start, cell.end, {"new_developer": name, "label": name}, Doubt.MAKER

    def _without_heading(self, passage: Passage, cell: Cell) -> Iterator[tuple[str, Value]]:
        """A known maker in a cell of its own; sizes and days with a doubt."""
        for hit in around(self.lexicon.makers.find(passage.plain), cell.start, cell.end):
            if (hit.start, hit.end) == (cell.start, cell.end):
                value = {"developer": hit.value.pk, "label": hit.value.label}
                yield Field.DEVELOPER.value, (hit.start, hit.end, value, Doubt.INDIRECT)
        for one in find_quantities(cell.text):
            value = {"number": number_range(one.interval)}
            yield (
                Field.PARAMETERS.value,
                (cell.start + one.start, cell.start + one.end, value, Doubt.INDIRECT),
            )


def _sure(model: Mention) -> Mention:
    """The model in a table of models: nothing else can be meant by its name, unless several entries have it."""
    if model.entries and len(model.entries) == 1:
        return Mention(model.start, model.end, model.entries)
    return model


def _openness(cell: Cell) -> Iterator[Value]:
    is_asked = "是否开源" in cell.heading
    if _OPEN.fullmatch(cell.text) or (is_asked and cell.text in ("是", "✓", "√", "yes")):
        doubt = Doubt.INDIRECT if "部分" in cell.text else None
        yield cell.start, cell.end, {"token": Openness.OPEN.value}, doubt
    elif _CLOSED.fullmatch(cell.text):
        yield cell.start, cell.end, {"token": Openness.CLOSED.value}, None
