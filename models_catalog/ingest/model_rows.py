"""A table of models, one a row: planned from the text and the registry, writing nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.ingest.known import Known, same_value
from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_plan import NEW, Fate, PlannedClaim, PlannedRow, Report, chunks, unheard
from models_catalog.ingest.table_rows import Cell, Table
from models_catalog.ingest.table_words import (
    SYNONYMS,
    WORDS_FOR_OPENNESS,
    category_of,
    kind_of,
    makers_in,
    names_several,
    plain,
    values_in,
)
from models_catalog.ingest.values import NotStated, parse_event_days, parse_parameters
from models_catalog.models import Claim, Sector
from models_catalog.models.ranges import date_range
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import DeveloperKind, EventKind, Field, NameKind
from models_catalog.text.days import year
from models_catalog.text.names import fold, slugify_name

Found = dict[Column, Cell]


class ModelPlanner:
    """Plans rows against the registry as it is now."""

    def __init__(
        self,
        mapping: dict[str, str],
        decisions: dict[str, str],
        published: DateRange | None,
        kind: DeveloperKind,
    ) -> None:
        self.mapping, self.decisions, self.published, self.kind = mapping, decisions, published, kind
        self.known = Known()
        self.slugs = set(self.known.slugs)
        self.seen: dict[tuple[str, str], int] = {}

    def plan(self, table: Table, report: Report = unheard) -> list[PlannedRow]:
        rows: list[PlannedRow] = []
        for chunk in chunks(table.rows):
            planned = [self._row(cells) for cells in chunk]
            self.known.read_claims(row.entry for row, _found in planned if row.entry)
            for row, found in planned:
                self._fill(row, found)
            rows += [row for row, _found in planned]
            report(len(rows))
        return rows

    def _row(self, cells: list[Cell]) -> tuple[PlannedRow, Found]:
        """The row with the entry that it speaks of, and its cells that say something."""
        found = {
            Column(column): cells[int(number)]
            for number, column in self.mapping.items()
            if int(number) < len(cells) and plain(cells[int(number)].text)
        }
        name, maker = found.get(Column.NAME), found.get(Column.DEVELOPER)
        row = PlannedRow(cells[0].line, plain(name.text) if name else "", plain(maker.text) if maker else "")
        row.makers = makers_in(row.developer, self._is_maker) if row.developer else []
        row.reason = self._refusal(row, name)
        if row.reason:
            row.fate = Fate.REFUSED
        else:
            slug = found.get(Column.SLUG)
            self._find_entry(row, plain(slug.text) if slug else "")
        return row, found

    def _fill(self, row: PlannedRow, found: Found) -> None:
        """Give the row its claims: of an entry that exists only what no claim says yet."""
        if row.fate == Fate.REFUSED:
            return
        said = self.known.claims[row.entry.pk] if row.entry else []
        for column, cell in found.items():
            row.claims += self._claims(column, cell, row, said)
        if row.entry:
            row.claims = [claim for claim in row.claims if not _says_already(said, claim)]
            row.fate = Fate.CHANGED if row.claims else Fate.UNCHANGED

    def _is_maker(self, words: str) -> bool:
        return fold(words) in self.known.developers

    def _refusal(self, row: PlannedRow, name: Cell | None) -> str:
        if name is None or not fold(row.name):
            return _("no name")
        if len(row.name) > 120:
            return _("the name has more than 120 characters")
        if names_several(name.text) and fold(row.name) not in self.known.called:
            return _("the cell names several models: give each a row of its own")
        if any(len(maker) > 80 for maker in row.makers):
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
        by_maker = "-".join([own, *map(slugify_name, row.makers[:1])])[:80].strip("-")
        return next(
            (slug for slug in (own, by_maker, f"{own}-{row.line}"[:80]) if own and slug not in self.slugs), ""
        )

    def _find_entry(self, row: PlannedRow, slug: str) -> None:
        """The entry that the row speaks of: by address and name, by name and maker, or as the curator decided.

        Where none of these tells, the row asks; unanswered it stands as a new entry, and nothing is applied.
        """
        entries = self.known.entries
        alike = self.known.keyed.get(fold(row.name), set()) & entries.keys()
        addressed = self.known.by_slug.get(slug)
        if addressed and addressed.pk in alike:
            row.entry = addressed
            return
        near = self.known.near(row.name, row.makers) - alike
        row.alike = [entries[pk] for pk in [*sorted(alike), *sorted(near)]]
        same = [pk for pk in sorted(alike) if any(self.known.made_by(pk, maker) for maker in row.makers)]
        decided = self.decisions.get(str(row.line), "")
        row.is_answered = decided == NEW or (decided.isdecimal() and int(decided) in entries)
        if row.is_answered:
            row.entry = entries[int(decided)] if decided != NEW else None
        elif len(same) == 1:
            row.entry, row.is_answered = entries[same[0]], True
        if row.entry is None:
            row.slug = self._address(row)
            self.slugs.add(row.slug)

    def _claims(
        self, column: Column, cell: Cell, row: PlannedRow, said: list[Claim]
    ) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        if column == Column.DEVELOPER:
            yield from self._developers(cell, row)
        elif column in (Column.SECTOR, Column.CATEGORY):
            yield from self._sectors(column, words, cell, row)
        elif column in (Column.PARAMETERS, Column.RELEASED):
            yield from self._parsed(column, words, cell, row, said)
        elif column == Column.OPENNESS:
            if openness := WORDS_FOR_OPENNESS.get(words.casefold()):
                yield _claim(Field.OPENNESS, {"token": openness.value}, words, cell)
            else:
                row.notes.append(_("“%(words)s” says neither open nor closed") % {"words": words[:40]})
        elif column != Column.SLUG:
            yield from _names(column, words, cell, row)

    def _developers(self, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        for maker in row.makers:
            known = self.known.developers.get(fold(maker))
            if known is None:
                row.new_developers[maker] = kind_of(maker, self.kind)
            yield _claim(
                Field.DEVELOPER, {"developer": known} if known else {"new_developer": maker}, maker, cell
            )

    def _sectors(self, column: Column, words: str, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        category = "" if self._sector(words) and column == Column.SECTOR else category_of(words)
        if category:
            yield _claim(Field.CATEGORY, {"token": category}, words, cell)
            return
        for part in [words] if self._sector(words) else values_in(words):
            if sector := self._sector(part) or self._part_of_sector(part):
                yield _claim(Field.SECTOR, {"sector": sector}, part, cell)
            elif token := category_of(part):
                yield _claim(Field.CATEGORY, {"token": token}, part, cell)
            else:
                row.notes.append(
                    _("“%(words)s” is no target industry of the registry") % {"words": part[:40]}
                )

    def _sector(self, words: str) -> Sector | None:
        return self.known.sectors.get(fold(words)) or self.known.sectors.get(fold(SYNONYMS.get(words, "-")))

    def _part_of_sector(self, words: str) -> Sector | None:
        if len(words) < 2 or category_of(words):
            return None
        return next((row for key, row in self.known.sectors.items() if fold(words) in key), None)

    def _parsed(
        self, column: Column, words: str, cell: Cell, row: PlannedRow, said: list[Claim]
    ) -> Iterator[PlannedClaim]:
        field = Field.PARAMETERS if column == Column.PARAMETERS else Field.EVENT
        if any(claim.field == field and words in (claim.stated, claim.quotation) for claim in said):
            return
        try:
            if field == Field.PARAMETERS:
                yield _claim(field, {"number": parse_parameters(words)}, words, cell)
            else:
                days = released_in(words, self.published)
                yield _claim(field, {"event": EventKind.RELEASED.value, "days": days}, words, cell)
        except NotStated as error:
            row.notes.append(str(error))


def released_in(words: str, published: DateRange | None) -> DateRange:
    """The days that `words` state; raises `NotStated` if they need the file's date and the curator stated none."""
    days = [
        parse_event_days(words, event=EventKind.RELEASED, published=published or date_range(year(number)))
        for number in (2023, 2016)
    ]
    if days[0] != days[1]:
        raise NotStated(
            _("“%(words)s” needs the date of the file, which nobody stated") % {"words": words[:40]}
        )
    return days[0]


def _names(column: Column, words: str, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
    form = {Column.NAME: NameKind.ZH, Column.NAME_EN: NameKind.EN}.get(column, NameKind.ALIAS)
    for name in values_in(words) if column == Column.ALIAS else [words]:
        if len(name) <= 120:
            yield _claim(Field.NAME, {"text": name, "token": form.value}, name, cell)
        else:
            row.notes.append(_("the name has more than 120 characters"))


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
    return any(same_value(other, claim.value) for other in others)
