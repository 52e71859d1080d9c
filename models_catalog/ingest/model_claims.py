"""What the cells of a row claim of its model, each claim with its words in their place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.ingest.known import Known, same_value
from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_plan import PlannedClaim, PlannedRow
from models_catalog.ingest.table_rows import Cell
from models_catalog.ingest.table_words import (
    SYNONYMS,
    WORDS_FOR_OPENNESS,
    category_of,
    kind_of,
    plain,
    values_in,
)
from models_catalog.ingest.values import NotStated, parse_event_days, parse_parameters
from models_catalog.models import Claim, Sector
from models_catalog.models.ranges import date_range
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import DeveloperKind, EventKind, Field, NameKind
from models_catalog.text.days import year
from models_catalog.text.names import fold

Found = dict[Column, Cell]


class CellReader:
    """Reads cells by what the registry knows."""

    def __init__(self, known: Known, published: DateRange | None, kind: DeveloperKind) -> None:
        self.known, self.published, self.kind = known, published, kind

    def claims(
        self, row: PlannedRow, found: Found, said: list[Claim], planned: list[PlannedClaim]
    ) -> list[PlannedClaim]:
        """What the cells claim and neither the entry's claims nor those that other rows bring say yet."""
        made = [claim for column, cell in found.items() for claim in self._claims(column, cell, row, said)]
        return [claim for claim in made if not (_says_already(said, claim) or _is_among(claim, planned))]

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
                if near := self.known.makers_near(maker):
                    row.near_developers[maker] = near
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


def _is_among(claim: PlannedClaim, others: Iterable[PlannedClaim]) -> bool:
    return any(claim.field == other.field and _meant(claim) == _meant(other) for other in others)


def _meant(claim: PlannedClaim) -> Any:
    """The value; of a name, and of a developer that is new, its folded words."""
    words = claim.value.get("new_developer") or claim.value.get("text")
    return fold(words) if words else claim.value
