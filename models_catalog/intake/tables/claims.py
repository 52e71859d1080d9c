"""Plan the import of a table of claims, one in each row, without writing anything.

Status and preference in the table are ignored: every imported claim is proposed and then reviewed.
"""

from __future__ import annotations

from functools import cache, cached_property, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from models_catalog.intake.articles.places import lines_at_hand, quoted_at
from models_catalog.intake.fixtures.files import Refused
from models_catalog.intake.tables.columns import ClaimColumn
from models_catalog.intake.tables.known import Known, same_value
from models_catalog.intake.tables.plan import (
    LEAVE,
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
from models_catalog.intake.tables.rows import Cell, SourceTable
from models_catalog.intake.tables.vocabulary import (
    Cells,
    days_in,
    link_of,
    number_in,
    number_stated,
    token_of,
    unescaped,
    word_of,
)
from models_catalog.models import Claim, Entry, Source
from models_catalog.models.claim_value import EARLIER, TOKENS
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Answer, Basis, EventKind, Field, NameKind, Shape, Status
from models_catalog.text.characters import folded
from models_catalog.text.names import fold
from models_catalog.text.repair import repair

LINES_KEPT = 256  # repaired lines, while rows are planned: many rows may quote one long line


class Places:
    """Looks up the places of quotations in articles, and caches each article."""

    def __init__(self) -> None:
        self.lines_of = cache(lines_at_hand)
        self._repaired = lru_cache(maxsize=LINES_KEPT)(repair)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by slug, file name and titles."""
        return {
            name: source
            for source in Source.objects.all()
            for name in (source.slug, source.file_name, fold(source.name_zh), fold(source.name_en))
            if name
        }

    def source(self, words: str) -> Source:
        found = self.sources.get(words) or self.sources.get(fold(words))
        if found is None:
            raise Refused(_("there is no source “%(words)s”") % {"words": words[:60]})
        return found

    def place(self, cells: Cells) -> dict[str, Any]:
        """Return the columns of a claim's place. Raises `Refused`."""
        source, line = self.source(cells[ClaimColumn.SOURCE]), number_in(cells, ClaimColumn.LINE)
        quotation = cells.get(ClaimColumn.QUOTATION, "")
        stated = cells.get(ClaimColumn.STATED, "") or quotation
        lines = None if source.is_table else self.lines_of(source)
        if not quotation or (lines and not line):
            raise Refused(_("a claim on a source gives line and quotation"))
        if len(quotation) > QUOTATION_LENGTH:
            found = {"length": len(quotation), "most": QUOTATION_LENGTH}
            raise Refused(_("the quotation has %(length)s characters, at most %(most)s are kept") % found)
        if stated not in quotation:
            raise Refused(_("“%(words)s” is not within the quotation") % {"words": stated[:40]})
        start, end = number_in(cells, ClaimColumn.START), number_in(cells, ClaimColumn.END)
        if lines and line:
            start, end = self._checked(lines, line, start, end, quotation)
        elif source.has_text:
            if not (line and end and start is not None and start < end):
                line = start = end = None
        elif (line, start, end) != (None, None, None):
            raise Refused(_("a web page has no lines: leave line, start and end empty"))
        return {
            "source": source, "line": line, "start": start, "end": end, "quotation": quotation, "stated": stated,
        }  # fmt: skip

    def _checked(
        self, lines: list[str], line: int, start: int | None, end: int | None, quotation: str
    ) -> tuple[int, int]:
        """Return start and end of the quotation: as given if they match the article, else as found in the line."""
        if line > len(lines):
            raise Refused(_("the article has %(n)s lines") % {"n": len(lines)})
        raw = lines[line - 1]
        repaired = self._repaired(raw)
        if start is not None and end is not None:
            is_there = repaired.text[slice(*repaired.clean_span(start, end))] == quotation
            if not is_there or quoted_at(raw, start, end) != quotation:
                raise Refused(_("the quotation is not at that place"))
            return start, end
        if (place := repaired.text.find(quotation)) < 0:
            raise Refused(_("the quotation is not in that line"))
        return repaired.raw_span(place, place + len(quotation))

    def are_unchecked(self, evidence: dict[str, Any], said: list[Claim]) -> bool:
        """Whether nobody can check the words or did before, so that they have no place."""
        there, source, line = {name: evidence[name] for name in _THERE}, evidence["source"], evidence["line"]
        lines = self.lines_of(source) if source else []
        if lines and line and source.is_table:
            found = quoted_at("".join(lines[line - 1 : line]), evidence["start"], evidence["end"])
            lines = lines if found == evidence["quotation"] else None
        return lines is None and not any(same_value(claim, there) for claim in said)


_VALUES = ("text", "token", "event", "number", "days", "developer", "sector", "parent")
_SPOKEN = (ClaimColumn.SAID_BY_ZH, ClaimColumn.SAID_BY_EN, ClaimColumn.REASON_ZH, ClaimColumn.REASON_EN)
_NOWHERE = {"source": None, "line": None, "start": None, "end": None, "quotation": "", "stated": ""}
_THERE = ("source", "line", "start", "end", "quotation")
YES = ("true", "yes", "1", "是")
_ELSEWHERE = ("entry", "source", "developer", "sector", "parent", "key", "reviewed_by", "reviewed_at")
"""Columns exempt from field validation: looked up by name, or not filled from a table."""


class ClaimPlanner:
    """Plans rows against the registry and the articles as they are now."""

    def __init__(self, mapping: dict[str, str], decisions: dict[str, str]) -> None:
        self.mapping = {int(number): ClaimColumn(column) for number, column in mapping.items()}
        self.known, self.places = Known(), Places()
        self.decisions, self.seen = decisions, dict[str, int]()

    def plan(self, table: SourceTable, report: Report = unheard) -> list[PlannedRow]:
        rows: list[PlannedRow] = []
        for chunk in chunks(table.rows):
            planned = [self._row(row) for row in chunk]
            self.known.read_claims(row.entry for row, _key in planned if row.entry)
            for row, key in planned:
                self._compare(row, key)
            rows += [row for row, _key in planned]
            report(len(rows))
        return rows

    def _row(self, cells: list[Cell]) -> tuple[PlannedRow, str]:
        """Return the planned row, not yet compared with existing claims, and the key that it gives."""
        if any(cells[number].is_long for number in self.mapping if number < len(cells)):
            return PlannedRow(cells[0].line, "", "", Fate.REFUSED, told_too_long()), ""
        found = {of: unescaped(cells[at].text) for at, of in self.mapping.items() if at < len(cells)}
        row = PlannedRow(cells[0].line, found.get(ClaimColumn.ENTRY, ""), found.get(ClaimColumn.FIELD, ""))
        try:
            if self.decisions.get(str(row.line)) == LEAVE:
                raise Refused(told_left())
            row.entry = self._entry(row.name)
            row.claims = [self._claim(found, row)]
        except Refused as error:
            row.fate, row.reason = Fate.REFUSED, str(error)
        return row, found.get(ClaimColumn.KEY, "")

    def _entry(self, words: str) -> Entry:
        """Return the entry with this slug, or the only one with this name. Raises `Refused`."""
        if entry := self.known.by_slug.get(words):
            return entry
        called = sorted(self.known.called.get(fold(words), ()) if words else ())
        if len(called) > 1:
            slugs = ", ".join(self.known.entries[pk].slug for pk in called[:5])
            raise Refused(_("several models have this name: %(slugs)s") % {"slugs": slugs})
        if not called:
            raise Refused(_("no model has this address or name"))
        return self.known.entries[called[0]]

    def _claim(self, cells: Cells, row: PlannedRow) -> PlannedClaim:
        field = word_of(Field, cells.get(ClaimColumn.FIELD, ""))
        place = self.places.place(cells) if cells.get(ClaimColumn.SOURCE) else dict(_NOWHERE)
        basis = word_of(Basis, cells.get(ClaimColumn.BASIS, "") or Basis.STATED.value)
        answer = word_of(Answer, cells.get(ClaimColumn.ANSWER, "") or Answer.VALUE.value)
        spoken = {column.value: folded(cells.get(column, "")) for column in _SPOKEN}
        if (basis == Basis.CURATOR) != (place["source"] is None):
            raise Refused(_("Only curators' knowledge has no source."))
        if basis != Basis.STATED and not (spoken["reason_zh"] and spoken["reason_en"]):
            raise Refused(_("Say why, in both languages."))
        value = self._value(field, cells, basis, place, row) if answer == Answer.VALUE else {}
        besides = _told_besides(cells, field)
        evidence = {**place, **spoken, "basis": basis.value, "answer": answer.value, **besides}
        if evidence.get("gloss_en") and not place["quotation"]:
            raise Refused(_("A translation needs the quotation that it translates."))
        _refuse_misfits(Claim(entry=row.entry, field=field, **evidence, **value))
        return PlannedClaim(field, value, str(place["quotation"]), row.line, 0, evidence)

    def _value(
        self, field: Field, cells: Cells, basis: Basis, place: dict[str, Any], row: PlannedRow
    ) -> dict[str, Any]:
        value = cells.get(ClaimColumn.VALUE, "")
        words = value or place["stated"]
        match field.shape:
            case Shape.NUMBER:
                return {"number": number_stated(field, cells, basis, place["stated"])}
            case Shape.EVENTS:
                event = word_of(EventKind, cells.get(ClaimColumn.EVENT, "") or value)
                days = days_in(cells, event, basis, place["stated"], place["source"])
                return {"event": event.value, "days": days}
            case Shape.NAMES:
                form = word_of(NameKind, cells.get(ClaimColumn.FORM, "") or NameKind.ALIAS.value)
                if not (name := folded(words)):
                    raise Refused(_("the row gives no name"))
                return {"text": name, "token": form.value}
            case Shape.LINKS:
                return link_of(words, cells.get(ClaimColumn.LINK_KIND, ""))
            case Shape.WORD | Shape.WORDS:
                return {"token": token_of(TOKENS[field], words).value}
            case Shape.ROWS | Shape.PARENT:
                return {field.value: self._row_called(field, words, row)}

    def _row_called(self, field: Field, words: str, row: PlannedRow) -> Any:
        """Return the developer, sector or entry with that slug or name. Raises `Refused`."""
        if field == Field.PARENT:
            parent = self._entry(words)
            if parent == row.entry:
                raise Refused(_("a model is not part of itself"))
            return parent
        rows: Any = self.known.developers if field == Field.DEVELOPER else self.known.sectors
        found = rows.get(fold(words))
        if found is None:
            raise Refused(_("nothing in the registry is called “%(words)s”") % {"words": words[:40]})
        return found

    def _compare(self, row: PlannedRow, key: str) -> None:
        """Set the row's fate by comparing its claim with the existing claims and with earlier rows."""
        if row.entry is None or not row.claims:
            return
        planned, said = row.claims[0], self.known.claims[row.entry.pk]
        if (evidence := planned.evidence) and self.places.are_unchecked(evidence, said):
            evidence |= {"line": None, "start": None, "end": None}
        columns = all_columns(planned)
        same = [claim for claim in said if same_value(claim, columns)]
        if same:
            row.fate, row.claims = Fate.UNCHANGED, []
            if all(claim.status == Status.REJECTED for claim in same):
                row.note(Code.REJECTED, _("This claim was rejected before."))
            return
        first = self.seen.setdefault(repr((row.entry.pk, sorted(columns.items()))), row.line)
        if first != row.line:
            row.fate, row.claims = Fate.REFUSED, []
            row.reason = _("the same claim is in line %(line)s") % {"line": first}
        elif rival := next((claim for claim in said if _in_its_place(claim, key, columns)), None):
            row.fate = Fate.CHANGED
            row.changes = [f"{rival.key}: {change}" for change in _differences(rival, columns)]


def all_columns(planned: PlannedClaim) -> dict[str, Any]:
    """Return every column of a claim's value and evidence, including the empty ones."""
    empty = {name: "" if name in ("text", "token", "event") else None for name in _VALUES}
    return {"field": planned.field.value, **empty, **(planned.evidence or {}), **planned.value}


def _told_besides(cells: Cells, field: Field) -> dict[str, Any]:
    """Return the optional columns of a claim that the table has; the others keep their current values."""
    told: dict[str, Any] = {}
    if ClaimColumn.GLOSS in cells:
        told["gloss_en"] = folded(cells[ClaimColumn.GLOSS])
    if ClaimColumn.IS_EARLIER in cells and field in EARLIER:
        told["is_earlier"] = cells[ClaimColumn.IS_EARLIER].casefold() in YES
    return told


def _in_its_place(claim: Claim, key: str, columns: dict[str, Any]) -> bool:
    """Return whether `claim` has the row's key or, if there is none, the same field, event, place and quotation."""
    if key:
        return claim.key == key and claim.field == columns["field"]
    same = ("field", "event", "source", "line", "start", "quotation")
    return columns["source"] is not None and same_value(claim, {name: columns[name] for name in same})


def _differences(claim: Claim, columns: dict[str, Any]) -> list[str]:
    """Return the differing columns as `column: old → new`; related rows are shown by their names."""
    return [
        f"{name}: {getattr(claim, name) or '—'} → {value or '—'}"
        for name, value in columns.items()
        if not same_value(claim, {name: value})
    ]


def _refuse_misfits(claim: Claim) -> None:
    """Raise `Refused` if a text is too long for its column, or a word is not in its vocabulary."""
    try:
        claim.clean_fields(exclude=_ELSEWHERE)
    except ValidationError as error:
        raise Refused(
            "; ".join(f"{name}: {' '.join(told)}" for name, told in error.message_dict.items())
        ) from error
