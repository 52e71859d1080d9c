"""Reads the rows of tables: headings give the fields of the columns, and each row has claims about its models."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from models_catalog.intake.articles.finding import (
    CONTEXT_LENGTH,
    Doubt,
    Finding,
    doubt_of,
    inferred,
    placed,
    size_of_name,
)
from models_catalog.intake.articles.headings import NAMES, ListedCell, named_field, property_in
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.names import Mention, around, form_of, mentions
from models_catalog.intake.articles.shapes import is_foreign
from models_catalog.intake.articles.text import Passage
from models_catalog.models.ranges import date_range, days_of, number_range
from models_catalog.models.vocabulary import Category, Field, NameKind, Openness
from models_catalog.text.context_lengths import find_lengths
from models_catalog.text.dates import find_days
from models_catalog.text.name_search import NameIndex
from models_catalog.text.quantities import Found, find_quantities, parse_quantity

_TEAM: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:研发|开发)?团队$")
_SHAPED: Final = re.compile(r"[A-Za-z][^\s|]{0,30}\d[BbMm]?")
_SPLIT: Final = re.compile(r"[、,/；;]|\s和\s|(?<=[\u4e00-\u9fff])[和与](?=[\u4e00-\u9fff])")
_NAME: Final = re.compile(
    r"[“\"「《【]?(?P<name>[^“”\"「」《》【】（()）]{2,40}?)[”\"」》】]?\s*(?:[（(].*)?$"
)


def names_in(cell: ListedCell) -> list[tuple[int, int]]:
    """The spans of the names in a cell of names."""
    spans, start = [], 0
    for stop in [*(mark.span() for mark in _SPLIT.finditer(cell.text)), (len(cell.text), len(cell.text))]:
        part = cell.text[start : stop[0]]
        if (match := _NAME.match(part.strip())) and match["name"].strip():
            first = cell.start + start + part.index(match["name"])
            spans.append((first, first + len(match["name"].rstrip())))
        start = stop[1]
    return spans


def _has_only_names(cells: list[ListedCell]) -> bool:
    """Whether no heading is known but those of names."""
    return all(cell.holds in ("", NAMES) for cell in cells)


def named_in(cells: list[ListedCell]) -> Iterator[tuple[int, int]]:
    """The spans of the names in a row; only those with a size or version if no other column is known."""
    is_only = _has_only_names(cells)
    for cell in cells:
        for start, end in names_in(cell) if cell.holds == NAMES else ():
            if not is_only or _SHAPED.search(cell.text, start - cell.start, end - cell.start):
                yield start, end


_OPEN: Final = re.compile(r"(?:已|完全|全面|均|部分)?开源|open(?:[- ]source)?", re.IGNORECASE)
_CLOSED: Final = re.compile(r"闭源|不开源|未开源|closed", re.IGNORECASE)
_UNKNOWN: Final = re.compile(r"未(?:公[布开]|披露|知)|不详|暂无|无|[-—/?？]+|n/?a", re.IGNORECASE)
_ACTIVE: Final = re.compile(
    r"^[\d.]+\s*[万亿BMbm]*\s*个?(?:激活|activ[a-z]*)\s*(?:参数|param[a-z]*)?\s*(?=[（(/、,，;；]|$)"
    r"|[（(/、,，;；][^（）()/、,，;；]*(?:激活|activ)[^（）()/、,，;；]*[）)]?|激活.*",
    re.IGNORECASE,
)
_TOTAL_FIRST: Final = re.compile("(?:总|total).*(?:激活|activ)", re.IGNORECASE)
_ONLY_ACTIVE: Final = re.compile(r"^(?!.*(?:总|total)).*(?:激活|activ)", re.IGNORECASE)
_LICENCE: Final = re.compile(r"(?:Apache|MIT|BSD|GPL)[ -]?[\d.]*(?: ?License|协议|许可证?)?", re.IGNORECASE)
Value = tuple[int, int, dict[str, Any], Doubt | None]


@dataclass(frozen=True)
class RowReader:
    lexicon: Lexicon
    published: DateRange
    told: NameIndex[str]

    def read(
        self, passage: Passage, cells: list[ListedCell], above: list[Mention] | None = None
    ) -> Iterator[Finding]:
        """The findings of a row: each model that it names, and each value of its other cells for each model.

        A row of properties is about the model named `above`.
        """
        if (stated := property_in(cells)) and above and len({one.subject for one in above}) == 1:
            if not self._names_another(cells[1].heading, above[-1]):
                yield from self.under(passage, stated, above[-1])
            return
        models = self._models(passage, cells)
        said = [one for cell in cells for one in self._said(passage, cell, cells)]
        span = 0, len(passage.text)
        for model in models:
            place = model.start, model.end
            words = passage.text[model.start : model.end]
            text, form = form_of(words, model.entries[0]) if model.entries else (words, NameKind.ZH)
            name, doubts = {"text": text, "token": form.value}, [doubt_of(_sure(model))]
            yield placed(passage, span, Field.NAME, place, name, model, doubts)
            for field, (start, end, value, doubt) in said:
                shared = Doubt.SEVERAL if self._is_shared(field, models) else None
                doubts = [doubt, doubt_of(_sure(model)), shared]
                made = placed(passage, span, field, (start, end), dict(value), model, doubts, [place])
                yield _in_unit_of_heading(made) if field == Field.PARAMETERS else made
            if not any(field == Field.PARAMETERS for field, _value in said) and (
                sized := size_of_name(passage, span, model)
            ):
                yield sized

    def _names_another(self, title: str, model: Mention) -> bool:
        """Whether the first row of a table of properties names another model than the heading above the table."""
        named = mentions(title, title, self.lexicon, self.told, self.lexicon.makers.find(title))
        return any(one.subject != model.subject for one in named)

    def under(self, passage: Passage, cell: ListedCell, model: Mention) -> Iterator[Finding]:
        """The findings from a label below the heading that names `model`."""
        for field, (start, end, value, _doubt) in self._said(passage, cell, [cell]):
            yield placed(
                passage,
                (0, len(passage.text)),
                field,
                (start, end),
                dict(value),
                model,
                [Doubt.EARLIER, doubt_of(model)],
            )

    @staticmethod
    def _is_shared(field: str, models: list[Mention]) -> bool:
        """Whether one number or date is given for several models."""
        return len(models) > 1 and field in (Field.PARAMETERS, Field.EVENT, CONTEXT_LENGTH)

    def _models(self, passage: Passage, cells: list[ListedCell]) -> list[Mention]:
        makers = self.lexicon.makers.find(passage.plain)
        found = [
            one
            for one in mentions(passage.plain, passage.text, self.lexicon, self.told, makers)
            if not one.is_foreign
        ]
        if not any(cell.holds for cell in cells):
            return found
        return [
            next(
                (one for one in found if one.start == start and end <= one.end + 3),
                Mention(start, end, new=passage.text[start:end], words=passage.text[start:end]),
            )
            for start, end in sorted({*named_in(cells), *_known_in(cells, found)})
            if not is_foreign(passage.text[start:end].split(" ")[0])
        ]

    def _said(
        self, passage: Passage, cell: ListedCell, cells: list[ListedCell]
    ) -> Iterator[tuple[str, Value]]:
        if _UNKNOWN.fullmatch(cell.text) or cell.holds == NAMES:
            return
        is_bare = not any(one.holds for one in cells)
        if is_bare or (_has_only_names(cells) and not named_field(cell.heading)):
            yield from self._without_heading(passage, cell)
            return
        match cell.holds:
            case Field.DEVELOPER:
                yield from ((Field.DEVELOPER.value, one) for one in self._makers(passage, cell))
            case Field.SECTOR:
                for hit in around(self.lexicon.industries.find(passage.plain), cell.start, cell.end):
                    value = {"sector": hit.value.pk, "label": hit.value.label}
                    yield Field.SECTOR.value, (hit.start, hit.end, value, Doubt.INDIRECT)
                yield from _category(cell)
            case Field.OPENNESS:
                yield from ((Field.OPENNESS.value, one) for one in _openness(cell))
            case _:
                yield from self._numbers(cell)

    def _numbers(self, cell: ListedCell) -> Iterator[tuple[str, Value]]:
        if cell.holds == Field.PARAMETERS and not _ONLY_ACTIVE.search(cell.heading):
            for one, doubt in _sizes(cell):
                start = cell.start + one.start
                yield cell.holds, (start, cell.start + one.end, {"number": number_range(one.interval)}, doubt)
        if cell.holds == CONTEXT_LENGTH:
            several = Doubt.SEVERAL if len(re.findall(r"\d[\d.,]*", cell.text)) > 1 else None
            for length in find_lengths(f"上下文{cell.text}"):
                start = cell.start + length.start - 3
                value = {"number": number_range(length.interval), "is_characters": length.is_characters}
                doubt = Doubt.INDIRECT if length.is_characters else several
                yield cell.holds, (start, start + len(length.text), value, doubt)
        if cell.holds == Field.EVENT:
            for date in find_days(cell.text, days_of(self.published)):
                value = {"event": cell.event.value, "days": date_range(date.days)}
                yield cell.holds, (cell.start + date.start, cell.start + date.end, value, None)

    def _makers(self, passage: Passage, cell: ListedCell) -> Iterator[Value]:
        known = around(self.lexicon.makers.find(passage.plain), cell.start, cell.end)
        for hit in known:
            yield hit.start, hit.end, {"developer": hit.value.pk, "label": hit.value.label}, None
        if not known:
            name = _TEAM.sub("", passage.text[cell.start : cell.end])
            yield cell.start, cell.start + len(name), {"new_developer": name, "label": name}, Doubt.MAKER

    def _without_heading(self, passage: Passage, cell: ListedCell) -> Iterator[tuple[str, Value]]:
        """A known maker that fills the cell, and sizes; all with a doubt."""
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


def _known_in(cells: list[ListedCell], found: list[Mention]) -> Iterator[tuple[int, int]]:
    """The known names of any shape, where no other column is known."""
    spans = list(named_in(cells))
    columns = [cell for cell in cells if cell.holds == NAMES] if _has_only_names(cells) else []
    for one in found:
        is_inside = any(cell.start <= one.start and one.end <= cell.end for cell in columns)
        if one.entries and is_inside and not any(one.start < end and start < one.end for start, end in spans):
            yield one.start, one.end


def _sure(model: Mention) -> Mention:
    """The model, clear if only one entry has its name: in a table of models it is not an everyday word."""
    if model.entries and len(model.entries) == 1:
        return replace(model, is_clear=True)
    return model


_CATEGORIES: Final = (
    (Category.GENERAL, re.compile(r"通用(?:型|大?模型|人工智能|AI)?|general(?:[- ]purpose)?", re.IGNORECASE)),
    (
        Category.INDUSTRY,
        re.compile(r"(?:行业|垂直|垂类|产业|专用)(?:型|领域|大?模型)?|vertical", re.IGNORECASE),
    ),
)
_UNIT: Final = re.compile(r"(?:[（(/]|单位[：:]?)\s*(?P<unit>[十百千]?[万亿]|[BM])\s*[）)]?\s*$")


def _category(cell: ListedCell) -> Iterator[tuple[str, Value]]:
    for token, words in _CATEGORIES:
        if words.fullmatch(cell.text):
            yield Field.CATEGORY.value, (cell.start, cell.end, {"token": token.value}, Doubt.INDIRECT)


def _sizes(cell: ListedCell) -> list[tuple[Found, Doubt | None]]:
    """The sizes in a cell. Of total and activated parameters the larger one, clear if it stands where the heading says."""
    text = _ACTIVE.sub(lambda part: " " * len(part.group()), cell.text)
    found = find_quantities(text if re.search("[万亿BMbm]", text) else "") or _in_units(cell)
    if found and re.search("激活|activ", cell.heading, re.IGNORECASE):
        total = max(found, key=lambda one: one.interval.low or 0)
        is_clear = _TOTAL_FIRST.search(cell.heading) and total is found[0]
        return [(total, None if is_clear else Doubt.INDIRECT)]
    return [(one, Doubt.SEVERAL if len(found) > 1 else None) for one in found]


def _in_units(cell: ListedCell) -> list[Found]:
    """A bare number, in the unit that the heading gives: 70 below 参数(亿)."""
    unit = _UNIT.search(cell.heading)
    if unit is None or not re.fullmatch(r"\d+(?:\.\d+)?", cell.text):
        return []
    return [Found(0, len(cell.text), cell.text, parse_quantity(cell.text + unit["unit"]))]


def _in_unit_of_heading(made: Finding) -> Finding:
    said = made.stated
    is_bare = said.replace(".", "").isdigit()
    return (
        inferred(made, f"“{said}”的单位见表头。", f"The unit of {said} is in the heading.")
        if is_bare
        else made
    )


_OF_OTHER: Final = re.compile(
    r"数据|代码|源码|论文|通信|通讯|合作|接口|工具|框架|\bcode|\bdata|\bpaper|\bAPI", re.IGNORECASE
)
"""In a heading of openness: the weights may not be what is open. 数据集协议, Code License."""
_OF_MODEL: Final = re.compile(
    r"(?:(?:模型|权重|model|weights?)\s*)?(?:许可证?|licen[cs]e)|.*(?:开源|open).*", re.IGNORECASE
)


def _openness(cell: ListedCell) -> Iterator[Value]:
    if _OF_OTHER.search(cell.heading):
        return
    is_asked = "是否开源" in cell.heading
    is_licensed = _LICENCE.fullmatch(cell.text)
    if _OPEN.fullmatch(cell.text) or is_licensed or (is_asked and cell.text in ("是", "✓", "√", "yes")):
        is_loose = is_licensed and not _OF_MODEL.fullmatch(cell.heading.strip())
        doubt = Doubt.INDIRECT if is_loose or "部分" in cell.text else None
        yield cell.start, cell.end, {"token": Openness.OPEN.value}, doubt
    elif _CLOSED.fullmatch(cell.text):
        yield cell.start, cell.end, {"token": Openness.CLOSED.value}, None
