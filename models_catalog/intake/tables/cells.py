"""The claims that the cells of a row make, each with its words and their place in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.fields.declared import NUMBERED
from models_catalog.fields.surfaces import covers
from models_catalog.intake.fixtures.files import Refused
from models_catalog.intake.tables.called import Numbered, bare, reasons_together
from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.dates import days_in_cell
from models_catalog.intake.tables.known import Known, same_value, states
from models_catalog.intake.tables.maker_kinds import kind_of, kinds_in
from models_catalog.intake.tables.mending import claim_in
from models_catalog.intake.tables.plan import Code, PlannedClaim, PlannedRow
from models_catalog.intake.tables.rows import Cell, unit_of
from models_catalog.intake.tables.sizes import Doubtful, length_in_cell, length_unit_of, size_in_cell
from models_catalog.intake.tables.steering import NOTHING, Steering
from models_catalog.intake.tables.tokens import (
    entry_kind_of,
    is_unreleased,
    is_yes_or_no,
    modality_of,
    openness_of,
)
from models_catalog.intake.tables.vocabulary import link_in, links_in
from models_catalog.intake.tables.words import (
    category_of,
    is_undisclosed,
    listed,
    narrow,
    plain,
    values_in,
)
from models_catalog.intake.values import NotStated
from models_catalog.models import Claim
from models_catalog.models.vocabulary import (
    NUMBERS,
    Answer,
    DeveloperKind,
    EventKind,
    Field,
    NameKind,
    Status,
)
from models_catalog.text.names import fold

Found = dict[TableColumn, Cell]
_SURE = frozenset("confident certain sure high confirmed 确定 高 已确认 可信 确认".split())  # noqa: SIM905
"""Confidence values with which a size is accepted."""
_ANY_MODEL = re.compile("(?:大模型|模型|系列|家族)$")
_ONLY_A_VALUE = (TableColumn.NAME, TableColumn.SLUG, *NUMBERS)
"""Columns where the words for “undisclosed” are handled separately, or mean something else."""

covers(
    "import: cells of a table of models",
    [Field.NAME, Field.DEVELOPER, Field.SECTOR, Field.CATEGORY, Field.EVENT, Field.OPENNESS, Field.MODALITY, Field.KIND,
     Field.PARENT, Field.LINK, *NUMBERS],
)  # fmt: skip


class CellReader:
    """Reads cells, using the registry's names and the headings of the columns."""

    def __init__(
        self, known: Known, published: DateRange | None, steering: Steering, headings: dict[TableColumn, str],
        sha256: str, unit: int | None = None,
    ) -> None:  # fmt: skip
        self.known, self.published, self.steering, self.headings = known, published, steering, headings
        self._kinds: dict[str, DeveloperKind] = {}
        """Folded name of a new maker → its kind, as the first row that names it tells."""
        self.numbered: Numbered = frozenset()
        self.sha256 = sha256
        """Hash of the file's text: a claim from the same file is not counted as a second source."""
        self.size_heading = headings.get(TableColumn.PARAMETERS, "")
        self.unit = steering.unit or unit_of(self.size_heading) or unit
        self.length_unit = length_unit_of(headings.get(TableColumn.CONTEXT, ""))
        self._stated: set[str] = set()
        """Words that already state values of the row's entry; if they cannot be parsed, that is not reported."""
        self._readers: dict[TableColumn, Callable[[Cell, PlannedRow, Found], Iterator[PlannedClaim]]] = {
            TableColumn.DEVELOPER: self._developers, TableColumn.SECTOR: self._sectors, TableColumn.CATEGORY: self._sectors,
            TableColumn.RELEASED: self._release, TableColumn.OPENNESS: self._openness,
            TableColumn.MODALITY: self._modalities, TableColumn.KIND: self._kind, TableColumn.PARENT: self._parent, TableColumn.LINK: self._link,
            **{TableColumn(one.field.value): partial(self._number, one.field) for one, _number in NUMBERED},
        }  # fmt: skip

    def claims(
        self, row: PlannedRow, found: Found, said: list[Claim], planned: list[PlannedClaim]
    ) -> list[PlannedClaim]:
        """Return the claims of the cells that neither the entry (`said`) nor other rows (`planned`) already make."""
        self._stated = {words for one in said for words in (one.stated, one.quotation)}
        row.read = [one for of, cell in found.items() for one in self._claims(of, cell, row, found)]
        fresh = [claim for at, claim in enumerate(row.read) if not claim.is_among([*planned, *row.read[:at]])]
        row.claims = [claim for one in fresh if (claim := self._new(one, row, said))]
        if row.agreement:
            row.note(Code.AGREES, row.agreement)
        return row.claims

    def _new(self, claim: PlannedClaim, row: PlannedRow, said: list[Claim]) -> PlannedClaim | None:
        """Return the claim if it is new, marked as one more source if the entry already has its value, else None."""
        is_own = TableColumn.SLUG in self.headings
        alike = [other for other in said if states(other, claim, is_own=is_own)]
        if not alike:
            return None if self._is_covered(claim, row, said) else claim
        stand = [other for other in alike if other.status in (Status.ACCEPTED, Status.PROPOSED)]
        if not stand:
            told = _("“%(words)s” was rejected or disputed before: it is not taken again")
            row.note(Code.REJECTED, told % {"words": claim.words[:40]}, claim.words)
        is_ours = is_own or any(other.source and other.source.sha256 == self.sha256 for other in alike)
        is_source = not claim.evidence and (claim.field == Field.NAME or not claim.is_mended)
        of_value = [other for other in stand if claim.field == Field.NAME or same_value(other, claim.value)]
        if is_ours or not of_value or not is_source:
            return None
        value = claim.value
        if claim.field == Field.NAME:
            value = {"text": of_value[0].text, "token": of_value[0].token}
        return replace(claim, value=value, agrees=True)

    def _claims(
        self, column: TableColumn, cell: Cell, row: PlannedRow, found: Found
    ) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        if column not in _ONLY_A_VALUE and is_undisclosed(words):
            row.note(Code.UNDISCLOSED, _("“%(words)s”: nothing is disclosed") % {"words": words[:40]}, words)
        elif reader := self._readers.get(column):
            yield from reader(cell, row, found)
        elif column in (TableColumn.NAME, TableColumn.NAME_EN, TableColumn.ALIAS):
            yield from self._names(column, words, cell, row)
        elif column == TableColumn.VERSION:
            value = {"text": row.name, "token": NameKind.ZH.value}
            yield claim_in(Field.NAME, value, words, cell, reasons_together())

    def _developers(self, cell: Cell, row: PlannedRow, found: Found) -> Iterator[PlannedClaim]:
        if not row.makers:
            words = plain(cell.text)[:40]
            row.note(Code.DEVELOPER, _("“%(words)s” names no developer") % {"words": words}, words)
        stated = found.get(TableColumn.DEVELOPER_KIND)
        kinds = kinds_in(plain(stated.text) if stated else "", len(row.makers))
        for maker, kind in zip(row.makers, kinds, strict=True):
            known, name = self.known.developers.get(fold(maker)), self.steering.called(maker)
            if known is None and name not in row.new_developers:
                self._new_maker(name, kind, row)
            value = {"developer": known} if known else {"new_developer": name}
            yield claim_in(Field.DEVELOPER, value, maker, cell)

    def _new_maker(self, name: str, stated: DeveloperKind | None, row: PlannedRow) -> None:
        """Note a maker that the registry lacks, with its kind: the curator's, the table's, or that of its name."""
        said = self.steering.maker(name)
        told = self._kinds.setdefault(fold(name), kind_of(name, self.steering.kind, stated))
        kind = DeveloperKind(said.get("kind") or told)
        row.new_developers[name] = kind
        words = _("%(maker)s is new: %(kind)s") % {"maker": name, "kind": kind.label}
        row.note(Code.NEW_DEVELOPER, words, name, kind.value)
        if "is_new" not in said and (near := self.known.makers_near(name)):
            row.near_developers[name] = near

    def _is_covered(self, claim: PlannedClaim, row: PlannedRow, said: list[Claim]) -> bool:
        """Return whether the claim names a parent or child of one of the entry's makers, which adds nothing."""
        known = claim.value.get("developer")
        if row.entry is None or known is None or not self.known.made_by(row.entry.pk, known.slug):
            return False
        row.note(
            Code.COVERED,
            _("%(maker)s adds nothing: the registry has its parent or a part of it") % {"maker": claim.words},
            claim.words,
        )
        return True

    def _sectors(self, cell: Cell, row: PlannedRow, found: Found) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        for part in [words] if self.known.sector(words) else listed(cell.text, self._is_sector):
            category = category_of(part)
            if category and (found.get(TableColumn.CATEGORY) is cell or not self.known.sector(part)):
                yield claim_in(Field.CATEGORY, {"token": category}, part, cell)
            elif sector := self.known.sector(part):
                yield claim_in(Field.SECTOR, {"sector": sector}, part, cell)
            else:
                told = _("“%(words)s” is not a target industry of the registry")
                yield from self._unknown(Field.SECTOR, part, told, cell, row)

    def _unknown(
        self, of: Field, words: str, told: str, cell: Cell, row: PlannedRow
    ) -> Iterator[PlannedClaim]:
        """Yield the value that the curator gave unknown words; without an answer, note that they are left out."""
        if given := self.steering.given(of, words, self.known.sectors):
            yield claim_in(given.field, given.value, words, cell, given.reasons)
        elif self.steering.answer(of, words) != NOTHING:
            row.note(Code.of(of), told % {"words": words[:40]}, words[:120])

    def _is_sector(self, words: str) -> bool:
        return bool(self.known.sector(words) or category_of(words))

    def _number(self, field: Field, cell: Cell, row: PlannedRow, found: Found) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        if is_undisclosed(words):
            row.note(Code.UNDISCLOSED, _("“%(words)s”: declared undisclosed") % {"words": words[:40]}, words)
            yield claim_in(field, {"answer": Answer.UNDISCLOSED.value}, words, cell)
            return
        confidence = found.get(TableColumn.CONFIDENCE)
        if field == Field.PARAMETERS and confidence and narrow(plain(confidence.text)) not in _SURE:
            said = {"words": words[:40], "confidence": plain(confidence.text)[:40]}
            row.note(
                Code.DOUBTFUL, _("“%(words)s”: the source calls it “%(confidence)s”") % said, words[:120]
            )
            return
        try:
            is_size = field == Field.PARAMETERS
            of_size = self.unit, self.size_heading
            number = size_in_cell(cell.text, *of_size) if is_size else length_in_cell(words, self.length_unit)
            yield claim_in(field, {"number": number}, words, cell)
            if is_size and not confidence and TableColumn.CONFIDENCE in self.headings:
                doubt = _("“%(words)s”: the source does not say how sure it is") % {"words": words[:40]}
                row.note(Code.DOUBTFUL, doubt, words[:120], is_taken=True)
        except NotStated as error:
            if words not in self._stated:
                code = Code.DOUBTFUL if isinstance(error, Doubtful) else Code.of(field)
                row.note(code, str(error), words[:120])

    def _release(self, cell: Cell, row: PlannedRow, found: Found) -> Iterator[PlannedClaim]:
        words, of = plain(cell.text), (TableColumn.OPENNESS, TableColumn.NAME, TableColumn.NAME_EN)
        if any(is_unreleased(plain(found[column].text)) for column in of if column in found):
            row.note(
                Code.DATE,
                _("“%(words)s” is not a release date: the row calls the model unreleased")
                % {"words": words[:40]},
                words[:120],
            )
            return
        try:
            days = days_in_cell(words, self.published)
            yield claim_in(Field.EVENT, {"event": EventKind.RELEASED.value, "days": days}, words, cell)
        except NotStated as error:
            if words not in self._stated:
                row.note(Code.DATE, str(error), words[:120])

    def _openness(self, cell: Cell, row: PlannedRow, _found: Found) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        if openness := openness_of(words, self.headings.get(TableColumn.OPENNESS, "")):
            yield claim_in(Field.OPENNESS, {"token": openness.value}, words, cell)
            return
        told = _(
            "“%(words)s” says neither open nor closed: 开源, open weights, 闭源, or 是 under 是否开源 would"
        )
        yield from self._unknown(Field.OPENNESS, words, told, cell, row)

    def _modalities(self, cell: Cell, row: PlannedRow, _found: Found) -> Iterator[PlannedClaim]:
        for part in listed(cell.text, lambda words: modality_of(words) is not None):
            if token := modality_of(part):
                yield claim_in(Field.MODALITY, {"token": token.value}, part, cell)
            else:
                told = _(
                    "“%(words)s” is not a modality of the registry: write 文本, image or speech, for example"
                )
                yield from self._unknown(Field.MODALITY, part, told, cell, row)

    def _kind(self, cell: Cell, row: PlannedRow, found: Found) -> Iterator[PlannedClaim]:
        """Yield the kind; a column called 类型 may also say the category or the modality."""
        words = plain(cell.text)
        if (category := category_of(words)) and TableColumn.CATEGORY not in found:
            yield claim_in(Field.CATEGORY, {"token": category}, words, cell)
            return
        modality = None if TableColumn.MODALITY in found else modality_of(words)
        if word := entry_kind_of(words) or modality:
            of = Field.MODALITY if word is modality else Field.KIND
            yield claim_in(of, {"token": word.value}, words, cell)
            return
        told = _("“%(words)s” is not a kind of entry: write model, family, platform or application")
        yield from self._unknown(Field.KIND, words, told, cell, row)

    def _parent(self, cell: Cell, row: PlannedRow, _found: Found) -> Iterator[PlannedClaim]:
        words = plain(cell.text)
        parent = self.known.one_called(words) or self.known.one_called(_ANY_MODEL.sub("", words))
        if parent and parent != row.entry:
            yield claim_in(Field.PARENT, {"parent": parent}, words, cell)
            return
        told = _("“%(words)s” is not exactly one other entry of the registry")
        row.note(Code.PARENT, told % {"words": words[:40]}, words[:120])

    def _link(self, cell: Cell, row: PlannedRow, _found: Found) -> Iterator[PlannedClaim]:
        """Yield each https address in the cell, quoted as written, of yes or no nothing; note any other address."""
        if is_yes_or_no(plain(cell.text)):
            return
        for part in links_in(cell.text):
            try:
                yield claim_in(Field.LINK, link_in(part), part, cell)
            except Refused as error:
                row.note(Code.LINK, str(error), part[:120])

    def _names(self, column: TableColumn, words: str, cell: Cell, row: PlannedRow) -> Iterator[PlannedClaim]:
        form = {TableColumn.NAME: NameKind.ZH, TableColumn.NAME_EN: NameKind.EN}.get(column, NameKind.ALIAS)
        for cited in values_in(words) if column == TableColumn.ALIAS else [words]:
            name = bare(cited, self.numbered)
            if 0 < len(name) <= 120:
                yield claim_in(Field.NAME, {"text": name, "token": form.value}, name, cell)
            elif name:
                row.note(Code.NAME, _("the name has more than 120 characters"), name[:120])
