"""A table of models, one a row: planned from the text and the registry, writing nothing."""

from __future__ import annotations

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.ingest.known import Known
from models_catalog.ingest.model_claims import CellReader, Found
from models_catalog.ingest.table_alike import Spelt, alike_rows
from models_catalog.ingest.table_columns import Column
from models_catalog.ingest.table_plan import (
    NEW,
    SAME_AS_LINE,
    Fate,
    PlannedClaim,
    PlannedRow,
    Report,
    chunks,
    unheard,
)
from models_catalog.ingest.table_rows import Cell, Table
from models_catalog.ingest.table_words import makers_in, names_several, plain, values_in
from models_catalog.models.vocabulary import DeveloperKind
from models_catalog.text.characters import refused_in
from models_catalog.text.names import fold, slugify_name


class ModelPlanner:
    """Plans rows against the registry as it is now."""

    def __init__(
        self,
        mapping: dict[str, str],
        decisions: dict[str, str],
        published: DateRange | None,
        kind: DeveloperKind,
    ) -> None:
        self.mapping, self.decisions = mapping, decisions
        self.known = Known()
        self.reader = CellReader(self.known, published, kind)
        self.slugs = set(self.known.slugs)
        self.seen: dict[tuple[str, str], int] = {}
        self.alike: dict[int, list[int]] = {}
        self.placed: dict[int, PlannedRow] = {}
        self.brought: dict[int | str, list[PlannedClaim]] = {}
        """Entry, or address of a new one → what the rows so far claim of it."""

    def plan(self, table: Table, report: Report = unheard) -> list[PlannedRow]:
        rows = [self._read(cells) for cells in table.rows]
        self.alike = alike_rows([self._spelt(row, found) for row, found in rows])
        done = 0
        for chunk in chunks(rows):
            for row, found in chunk:
                self._place(row, found)
            self.known.read_claims(row.entry for row, _found in chunk if row.entry)
            for row, found in chunk:
                self._fill(row, found)
            done += len(chunk)
            report(done)
        return [row for row, _found in rows]

    def _read(self, cells: list[Cell]) -> tuple[PlannedRow, Found]:
        """The row, and its cells that say something."""
        found = {
            Column(column): cells[int(number)]
            for number, column in self.mapping.items()
            if int(number) < len(cells) and plain(cells[int(number)].text)
        }
        name, maker = found.get(Column.NAME), found.get(Column.DEVELOPER)
        row = PlannedRow(cells[0].line, plain(name.text) if name else "", plain(maker.text) if maker else "")
        row.makers = makers_in(row.developer, self._is_maker) if row.developer else []
        return row, found

    def _spelt(self, row: PlannedRow, found: Found) -> Spelt:
        english, aliases = found.get(Column.NAME_EN), found.get(Column.ALIAS)
        names = [row.name, *([plain(english.text)] if english else [])]
        makers = frozenset(map(self.known.maker_key, row.makers))
        return Spelt(row.line, names, values_in(plain(aliases.text)) if aliases else [], makers)

    def _place(self, row: PlannedRow, found: Found) -> None:
        """Give the row the entry that it speaks of, or the reason why it is refused."""
        row.reason = self._refusal(row, found.get(Column.NAME)) or _unseen(found)
        if row.reason:
            row.fate = Fate.REFUSED
        else:
            slug = found.get(Column.SLUG)
            self._find_entry(row, plain(slug.text) if slug else "")
            self.placed[row.line] = row

    def _fill(self, row: PlannedRow, found: Found) -> None:
        """Give the row its claims: of an entry that exists only what no claim says yet."""
        if row.fate == Fate.REFUSED:
            return
        said = self.known.claims[row.entry.pk] if row.entry else []
        there = self.brought.setdefault(row.entry.pk if row.entry else row.slug, [])
        row.claims = self.reader.claims(row, found, said, there)
        there += row.claims
        if row.entry or row.joins:
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
        alike = self.known.typed(row.name) & entries.keys()
        addressed = self.known.by_slug.get(slug)
        if addressed and addressed.pk in alike:
            row.entry = addressed
            return
        near = self.known.near(row.name, row.makers) - alike
        row.alike = [entries[pk] for pk in [*sorted(alike), *sorted(near)]]
        twins = [self.placed[line] for line in self.alike.get(row.line, ()) if line in self.placed]
        row.twins = [twin for twin in twins if twin.entry not in row.alike]
        same = [pk for pk in sorted(alike) if any(self.known.made_by(pk, maker) for maker in row.makers)]
        decided = self.decisions.get(str(row.line), "")
        if decided == NEW or (decided.isdecimal() and int(decided) in entries):
            row.entry, row.is_answered = entries[int(decided)] if decided != NEW else None, True
        elif twin := next((one for one in row.twins if decided == f"{SAME_AS_LINE}{one.line}"), None):
            row.entry, row.slug, row.joins = twin.entry, twin.slug, twin.joins or twin.line
            row.is_answered = True
        elif len(same) == 1:
            row.entry, row.is_answered = entries[same[0]], True
        if row.entry is None and not row.slug:
            row.slug = self._address(row)
            self.slugs.add(row.slug)


def _unseen(found: Found) -> str:
    """Why a row is refused whose cells hold what no text may hold; "" if none does."""
    character = refused_in("".join(plain(cell.text) for cell in found.values()))
    return (
        _("a cell holds a character that nobody can see (%(character)s)") % {"character": character}
        if character
        else ""
    )
