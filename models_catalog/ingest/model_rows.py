"""A table of models, one a row: planned from the text and the registry, writing nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.ingest.known import Known, same_value
from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_plan import NEW, Fate, PlannedClaim, PlannedRow, Report, chunks, unheard
from models_catalog.ingest.table_rows import Cell, Table
from models_catalog.ingest.values import NotStated, parse_event_days, parse_parameters
from models_catalog.models import Claim
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Category, EventKind, Field, NameKind, Openness
from models_catalog.text.names import fold, slugify_name

SYNONYMS = {
    "医学": "healthcare", "健康": "healthcare", "司法": "legal", "电商": "retail", "商业": "retail",
    "交通运输": "logistics", "物流": "logistics", "航运": "logistics", "企业": "enterprise", "科学": "research",
    "工业制造": "industry", "制造": "industry", "文旅": "travel", "消费电子": "devices", "智能家居": "devices",
    "城市治理": "government", "公共服务": "government", "社交": "community",
}  # fmt: skip
"""Words of other tables for the sectors of the registry, by slug."""

WORDS_FOR_GENERAL = {"通用", "general"}
WORDS_FOR_INDUSTRY = {"垂直", "行业", "industry-specific"}
WORDS_FOR_OPENNESS = {
    "开源": Openness.OPEN, "open": Openness.OPEN, "是": Openness.OPEN, "闭源": Openness.CLOSED,
    "closed": Openness.CLOSED, "否": Openness.CLOSED,
}  # fmt: skip

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_BETWEEN_LINKS = re.compile(r"\)\s*[,，、;；]\s*\[")


def plain(text: str) -> str:
    """A cell's words without links and invisible characters."""
    return _INVISIBLE.sub("", _LINK.sub(r"\1", text)).strip()


class ModelPlanner:
    """Plans rows against the registry as it is now."""

    def __init__(self, mapping: dict[str, str], decisions: dict[str, str], published: DateRange) -> None:
        self.mapping, self.decisions, self.published = mapping, decisions, published
        self.known = Known()
        self.slugs = set(self.known.slugs)
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, table: Table, report: Report = unheard) -> list[PlannedRow]:
        rows: list[PlannedRow] = []
        for chunk in chunks(table.rows):
            planned = [self._row(cells) for cells in chunk]
            self.known.read_claims(row.entry for row in planned if row.entry)
            for row in planned:
                self._leave_out_known(row)
            rows += planned
            report(len(rows))
        return rows

    def _row(self, cells: list[Cell]) -> PlannedRow:
        found = {
            Column(column): cells[int(number)]
            for number, column in self.mapping.items()
            if int(number) < len(cells) and plain(cells[int(number)].text)
        }
        name, maker = found.get(Column.NAME), found.get(Column.DEVELOPER)
        row = PlannedRow(cells[0].line, plain(name.text) if name else "", plain(maker.text) if maker else "")
        row.reason = self._refusal(row, name)
        if row.reason:
            row.fate = Fate.REFUSED
            return row
        self._find_entry(row)
        for column, cell in found.items():
            row.claims += self._claims(column, cell, row)
        return row

    def _refusal(self, row: PlannedRow, name: Cell | None) -> str:
        if name is None or not fold(row.name):
            return _("no name")
        if len(row.name) > 120:
            return _("the name has more than 120 characters")
        if len(_LINK.findall(name.text)) > 1 or _BETWEEN_LINKS.search(name.text):
            return _("the cell names several models: give each a row of its own")
        if len(row.developer) > 80:
            return _("the developer's name has more than 80 characters")
        first = self.seen.setdefault((fold(row.name), fold(row.developer)), row.line)
        if first != row.line:
            return _("the same model stands in line %(line)s") % {"line": first}
        if self._address(row) == "":
            return _("the name gives no address: it has no letter that can be spelt")
        return ""

    def _address(self, row: PlannedRow) -> str:
        """A slug that no entry has; that of a homonym says whose it is."""
        own = slugify_name(row.name)
        by_maker = f"{own}-{slugify_name(row.developer)}"[:80].strip("-")
        return next(
            (slug for slug in (own, by_maker, f"{own}-{row.line}"[:80]) if own and slug not in self.slugs), ""
        )

    def _find_entry(self, row: PlannedRow) -> None:
        """The entry that the row speaks of: by name and maker, or as the curator decided; else a new one."""
        entries = self.known.entries
        alike = sorted(self.known.keyed.get(fold(row.name), set()) & entries.keys())
        row.alike = [entries[pk] for pk in alike]
        same = [pk for pk in alike if self.known.made_by(pk, row.developer)]
        decided = self.decisions.get(str(row.line), "")
        if decided != NEW and (chosen := entries.get(int(decided or 0)) if decided else None):
            row.entry = chosen
        elif decided != NEW and len(same) == 1:
            row.entry = entries[same[0]]
        else:
            row.slug = self._address(row)
            self.slugs.add(row.slug)

    def _claims(self, column: Column, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        if column == Column.DEVELOPER:
            yield from self._developer(cell, row)
        elif column == Column.SECTOR:
            yield from self._sector(words, cell, row)
        elif column in (Column.PARAMETERS, Column.RELEASED):
            yield from self._parsed(column, words, cell, row)
        elif column == Column.OPENNESS:
            if openness := WORDS_FOR_OPENNESS.get(words.casefold()):
                yield _claim(Field.OPENNESS, {"token": openness.value}, words, cell)
            else:
                row.notes.append(_("“%(words)s” says neither open nor closed") % {"words": words[:40]})
        elif len(words) <= 120:
            form = {Column.NAME: NameKind.ZH, Column.NAME_EN: NameKind.EN}.get(column, NameKind.ALIAS)
            yield _claim(Field.NAME, {"text": words, "token": form.value}, words, cell)

    def _developer(self, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        known = self.known.developers.get(fold(row.developer))
        if known is None:
            row.new_developer = row.developer
        value = {"developer": known} if known else {"new_developer": row.developer}
        yield _claim(Field.DEVELOPER, value, row.developer, cell)

    def _sector(self, words: str, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        if words.casefold() in WORDS_FOR_GENERAL:
            yield _claim(Field.CATEGORY, {"token": Category.GENERAL.value}, words, cell)
            return
        if words.casefold() in WORDS_FOR_INDUSTRY:
            yield _claim(Field.CATEGORY, {"token": Category.INDUSTRY.value}, words, cell)
            return
        sector = self.known.sectors.get(fold(words)) or self.known.sectors.get(fold(SYNONYMS.get(words, "-")))
        sector = sector or next(
            (row for key, row in self.known.sectors.items() if len(words) > 1 and fold(words) in key), None
        )
        if sector is None:
            row.notes.append(_("“%(words)s” is no target industry of the registry") % {"words": words[:40]})
            return
        yield _claim(Field.SECTOR, {"sector": sector}, words, cell)

    def _parsed(self, column: Column, words: str, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        try:
            if column == Column.PARAMETERS:
                yield _claim(Field.PARAMETERS, {"number": parse_parameters(words)}, words, cell)
            else:
                days = parse_event_days(words, event=EventKind.RELEASED, published=self.published)
                yield _claim(Field.EVENT, {"event": EventKind.RELEASED.value, "days": days}, words, cell)
        except NotStated as error:
            row.notes.append(str(error))

    def _leave_out_known(self, row: PlannedRow) -> None:
        """Of an entry that exists, only what no claim says yet."""
        if row.entry is None:
            return
        said = self.known.claims[row.entry.pk]
        row.claims = [claim for claim in row.claims if not _says_already(said, claim)]
        row.fate = Fate.CHANGED if row.claims else Fate.UNCHANGED


def _claim(of: Field, value: dict[str, Any], words: str, cell: Cell) -> PlannedClaim:
    """A claim whose quotation is the words, or as many of the first of them as stand together in the cell."""
    kept = words[:QUOTATION_LENGTH]
    while kept and kept not in cell.text:
        kept = kept[:-1]
    kept = kept.rstrip() or cell.text[:QUOTATION_LENGTH].rstrip()
    return PlannedClaim(of, value, kept, cell.line, cell.place_of(kept))


def _says_already(said: list[Claim], claim: PlannedClaim) -> bool:
    others = [other for other in said if other.field == claim.field]
    if claim.field == Field.DEVELOPER and "new_developer" in claim.value:
        return False
    if claim.field == Field.NAME:
        return any(fold(other.text) == fold(claim.value["text"]) for other in others)
    if claim.field in (Field.PARAMETERS, Field.EVENT):
        return any(other.quotation == claim.words for other in others)
    return any(same_value(other, claim.value) for other in others)
