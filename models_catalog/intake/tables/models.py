"""Plan the import of a table of models, one in each row, without writing anything."""

from __future__ import annotations

from itertools import chain, count

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.intake.tables.alike import Spelt, alike_rows
from models_catalog.intake.tables.called import bare, is_of_versions, note_name, numbered_names, put_together
from models_catalog.intake.tables.cells import CellReader, Found
from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.known import Computed, Known
from models_catalog.intake.tables.makers import makers_in
from models_catalog.intake.tables.mending import DecidedRow, as_decided, note_cells
from models_catalog.intake.tables.plan import (
    LEAVE,
    NEW,
    SAME_AS_LINE,
    Code,
    Fate,
    PlannedClaim,
    PlannedRow,
    Report,
    chunks,
    told_left,
    told_too_long,
    unheard,
)
from models_catalog.intake.tables.rows import MAX_CELL, Cell, SourceTable
from models_catalog.intake.tables.steering import Steering
from models_catalog.intake.tables.words import (
    has_no_value,
    is_heading_again,
    is_note,
    is_sum,
    is_tangled,
    is_undisclosed,
    names_in,
    narrow,
    plain,
    values_in,
)
from models_catalog.text.characters import BROKEN, refused_in
from models_catalog.text.names import fold, slugify_name


class ModelPlanner:
    """Plans rows against the registry as it is now."""

    def __init__(
        self, mapping: dict[str, str], decisions: dict[str, str], published: DateRange | None, steering: Steering,
        *, is_sheet: bool = False, sha256: str = "",
    ) -> None:  # fmt: skip
        self.mapping, self.decisions = mapping, decisions
        self.known = Known()
        self.known.developers |= dict(steering.spellings(self.known.developers))
        self.published, self.steering, self.is_sheet = published, steering, is_sheet
        self.sha256 = sha256
        self.reader = CellReader(self.known, published, steering, {}, sha256)
        self.computed = Computed(self.known)
        self.heading: list[str] = []
        self.cells: dict[int, list[Cell]] = {}
        """Line → the cells of its row."""
        self.slugs = set(self.known.slugs)
        self.seen: dict[tuple[str, str], str] = {}
        self.alike: dict[int, list[int]] = {}
        self.placed: dict[int, PlannedRow] = {}
        """By `order`, as `alike`."""
        self.brought: dict[int | str, list[PlannedClaim]] = {}
        """Entry id, or slug of a new entry → the claims of the rows so far."""

    def plan(self, table: SourceTable, report: Report = unheard) -> list[PlannedRow]:
        self.heading, self.cells = table.heading, {cells[0].line: cells for cells in table.rows}
        headings = {
            TableColumn(held): table.heading[int(at)]
            for at, held in self.mapping.items()
            if int(at) < len(table.heading)
        }
        self.reader = CellReader(self.known, self.published, self.steering, headings, self.sha256, table.unit)
        self.reader.numbered = numbered_names(table.rows, self.mapping)
        rows = [*map(self._read, as_decided(table.rows, self.mapping, self.decisions, self.reader.unit))]
        if not any(TableColumn.CONFIDENCE in found for _row, found in rows):
            headings.pop(TableColumn.CONFIDENCE, None)
        self.alike = alike_rows([self._spelt(row, found) for row, found in rows])
        done = 0
        for chunk in chunks(rows):
            for row, found in chunk:
                self._place(row, found)
            self.known.read_claims(row.entry for row, _found in chunk if row.entry)
            for row, found in chunk:
                self._fill(row, found)
                self._compare_computed(row)
            done += len(chunk)
            report(done)
        return [row for row, _found in rows]

    def _read(self, decided: DecidedRow) -> tuple[PlannedRow, Found]:
        """Return the row, and its cells that are not empty."""
        cells, line = decided.cells, decided.cells[0].line
        named = {
            TableColumn(column): cells[int(number)]
            for number, column in self.mapping.items()
            if int(number) < len(cells) and plain(cells[int(number)].text)
        }
        if any(cell.is_long for cell in named.values()):
            return PlannedRow(line, _shortened(named), "", reason=told_too_long(), part=decided.part), {}
        found = {column: cell for column, cell in named.items() if not has_no_value(plain(cell.text))}
        version, has_versions = found.get(TableColumn.VERSION), TableColumn.VERSION in self.mapping.values()
        together = put_together(found, self.reader.numbered, has_versions=has_versions)
        name, maker = found.get(TableColumn.NAME), found.get(TableColumn.DEVELOPER)
        called = (
            bare(plain(name.text), self.reader.numbered)
            if name
            else together or self._called_by_address(found)
        )
        row = PlannedRow(line, called, plain(maker.text) if maker else "", part=decided.part)
        if maker and not is_undisclosed(row.developer):
            row.makers = makers_in(maker.text, self._is_maker)
        note_cells(row, decided, named.values())
        note_name(row, found, version)
        row.reason = self._no_model(row, cells, name)
        if not row.reason and is_of_versions(found):
            row.reason = _("the cell names several models: give each a row of its own")
        return row, found

    def _called_by_address(self, found: Found) -> str:
        """Return the name of the entry with the row's slug, for a row without a name."""
        slug = found.get(TableColumn.SLUG)
        entry = self.known.by_slug.get(plain(slug.text)) if slug else None
        return entry.called if entry else ""

    def _no_model(self, row: PlannedRow, cells: list[Cell], name: Cell | None) -> str:
        """Return the reason to refuse a row that is not a model or has surplus cells; "" for a valid row."""
        words = [plain(cell.text) for cell in cells]
        told = [one for one in words if one]
        first = told[0] if told else ""
        beyond = [] if self.is_sheet else [one for one in words[len(self.heading) :] if one]
        if is_heading_again(words, self.heading) or self._is_heading_of_names(name):
            return _("the heading again")
        if is_note(first, len(set(told))) or (len(told) > 2 and len(set(told)) == 1):
            return _("a note across the table, no model")
        if is_sum(row.name, first, first_is_name=name is not None and first == row.name):
            return _("a sum of rows, no model")
        if beyond:
            said = _(
                "the row has more cells than the heading: its cells may be under the wrong ones (“%(words)s”)"
            )
            row.note(Code.TOO_LONG, said % {"words": beyond[0][:40]}, beyond[0][:120])
            return row.notes[-1].text
        return ""

    def _is_heading_of_names(self, name: Cell | None) -> bool:
        """Return whether the row's name repeats the heading of the name column."""
        headings = [self.heading[int(at)] for at, held in self.mapping.items() if held == TableColumn.NAME]
        return name is not None and narrow(plain(name.text)) in map(narrow, headings)

    def _spelt(self, row: PlannedRow, found: Found) -> Spelt:
        english, aliases = found.get(TableColumn.NAME_EN), found.get(TableColumn.ALIAS)
        names = [row.name, *([plain(english.text)] if english else [])]
        makers = frozenset(self.known.maker_key(self.steering.called(maker)) for maker in row.makers)
        return Spelt(row.order, names, values_in(plain(aliases.text)) if aliases else [], makers)

    def _place(self, row: PlannedRow, found: Found) -> None:
        """Find the row's entry, or the reason to refuse the row."""
        row.reason = row.reason or self._refusal(row, found.get(TableColumn.NAME)) or _unseen(found)
        if row.reason:
            row.fate = Fate.REFUSED
        else:
            slug = found.get(TableColumn.SLUG)
            self._find_entry(row, plain(slug.text) if slug else "", found.get(TableColumn.NAME))
            if row.fate != Fate.REFUSED:
                self.placed[row.order] = row

    def _compare_computed(self, row: PlannedRow) -> None:
        """Note each column that the registry computes itself and where the row differs."""
        if row.entry is None or TableColumn.SLUG.value not in self.mapping.values():
            return
        for number, cell in enumerate(self.cells[row.line]):
            words = plain(cell.text)
            if (
                str(number) not in self.mapping
                and number < len(self.heading)
                and self.computed.differs(self.heading[number], words, row.entry)
            ):
                said = _("“%(heading)s” is worked out by the registry: “%(words)s” is not read")
                row.note(
                    Code.COLUMN,
                    said % {"heading": self.heading[number][:40], "words": words[:40]},
                    words[:120],
                )

    def _fill(self, row: PlannedRow, found: Found) -> None:
        """Set the row's claims; for an existing entry, only those that are new to it."""
        if row.fate == Fate.REFUSED:
            return
        said = self.known.claims[row.entry.pk] if row.entry else []
        there = self.brought.setdefault(row.entry.pk if row.entry else row.slug, [])
        row.claims = self.reader.claims(row, found, said, there)
        there += row.claims
        if row.entry or row.joins:
            row.fate = Fate.CHANGED if row.adds else Fate.UNCHANGED

    def _answer(self, row: PlannedRow, same: list[int]) -> None:
        """Apply the curator's decision on the row, else the only entry that matches its name and makers."""
        entries = self.known.entries
        decided = self.decisions.get(row.key, "")
        if self._is_left(row):
            row.fate, row.reason, row.is_answered = Fate.REFUSED, told_left(), True
            return
        if decided == NEW or (decided.isdecimal() and int(decided) in entries):
            row.entry, row.is_answered = entries[int(decided)] if decided != NEW else None, True
        elif twin := next((one for one in row.twins if decided == f"{SAME_AS_LINE}{one.key}"), None):
            row.entry, row.slug, row.joins = twin.entry, twin.slug, twin.joins or twin.key
            row.is_answered = True
        elif len(same) == 1:
            row.entry, row.is_answered = entries[same[0]], True
        elif row.part and not (row.alike or row.twins):
            row.is_answered = True

    def _is_left(self, row: PlannedRow) -> bool:
        """Return whether the curator left the row out."""
        return self.decisions.get(row.key) == LEAVE

    def _is_by(self, entry: int, row: PlannedRow) -> bool:
        """Return whether a maker of the row makes the entry; without makers, whether it has none and the same name."""
        if not row.makers:
            return not self.known.has_makers(entry) and fold(row.name) in self.known.names_of(entry)
        return any(self.known.made_by(entry, maker) for maker in row.makers)

    def _several(self, row: PlannedRow, name: Cell) -> list[str]:
        """Return the names of several models in the cell; [] if it names only one."""
        names = names_in(name.text)
        if len(names) < 2:
            return []
        said = _("the cell may name several models: %(names)s") % {"names": "; ".join(names)[:200]}
        row.note(Code.SEVERAL, said, row.name)
        return names

    def _is_maker(self, words: str) -> bool:
        return fold(words) in self.known.developers

    def _refusal(self, row: PlannedRow, name: Cell | None) -> str:
        if not fold(row.name):
            return _("no name")
        if len(row.name) > 120:
            return _("the name has more than 120 characters")
        if name and not row.part and is_tangled(name.text) and fold(row.name) not in self.known.called:
            return _("the cell names several models: give each a row of its own")
        if any(len(maker) > 80 for maker in row.makers):
            return _("the developer's name has more than 80 characters")
        if self._is_left(row):
            return ""
        first = self.seen.setdefault((fold(row.name), fold(row.developer)), row.key)
        if first != row.key:
            return _("the same model is in line %(line)s") % {"line": first}
        if not slugify_name(row.name):
            return _("the name gives no address: it has no letter that can be spelt")
        return ""

    def _address(self, row: PlannedRow) -> str:
        """Return an unused slug; for a name that is taken, one that includes the maker."""
        own = slugify_name(row.name)
        by_maker = "-".join([own, *map(slugify_name, row.makers[:1])])[:80].strip("-")
        numbered = (f"{own[:70].strip('-')}-{number}" for number in count(row.line))
        return next(slug for slug in chain((own, by_maker), numbered) if slug not in self.slugs)

    def _find_entry(self, row: PlannedRow, slug: str, found: Cell | None) -> None:
        """Find the row's entry: by slug and name, by name and maker, or as the curator decided.

        Otherwise the row is a question; until it is answered, it counts as a new entry and nothing can be applied.
        """
        entries = self.known.entries
        alike = self.known.typed(row.name) & entries.keys()
        addressed = self.known.by_slug.get(slug)
        if addressed and (addressed.pk in alike or not alike) and not self._is_left(row):
            row.entry = addressed
            return
        if addressed:
            alike |= {addressed.pk}
        near = self.known.near(row.name, row.makers) - alike
        row.alike = [entries[pk] for pk in [*sorted(alike), *sorted(near)]]
        twins = [self.placed[at] for at in self.alike.get(row.order, ()) if at in self.placed]
        row.twins = [twin for twin in twins if twin.entry not in row.alike]
        same = [] if addressed else [pk for pk in sorted(alike) if self._is_by(pk, row)]
        if found and not row.part and fold(row.name) not in self.known.called:
            row.several = self._several(row, found)
        self._answer(row, same)
        if row.fate == Fate.REFUSED:
            return
        if row.entry is None and not row.slug:
            row.slug = self._address(row)
            self.slugs.add(row.slug)


def _shortened(named: Found) -> str:
    """Return a short name for a row that is not read."""
    name = named.get(TableColumn.NAME)
    return plain(name.text[:MAX_CELL])[:120] if name else ""


def _unseen(found: Found) -> str:
    """Return the reason to refuse a row with a refused or undecodable character; "" if it has none."""
    words = "".join(plain(cell.text) for cell in found.values())
    character = BROKEN if BROKEN in words else refused_in(words)
    told = _("a cell holds a character that nobody can see (%(character)s)")
    return told % {"character": character} if character else ""
