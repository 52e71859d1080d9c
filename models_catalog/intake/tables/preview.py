"""The effect of a planned import on the columns of its models, and the whole plan as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from models_catalog.claims.judge import column_of
from models_catalog.claims.preview import differences, settled_text
from models_catalog.fields.columns import COLUMNS, FIELDS
from models_catalog.fields.describe import as_written, said_words
from models_catalog.fields.surfaces import covers
from models_catalog.intake.tables.columns import TableColumn
from models_catalog.intake.tables.plan import Fate, PlannedClaim, PlannedRow
from models_catalog.intake.tables.rows import SourceTable, unit_of
from models_catalog.intake.tables.upload import table_of
from models_catalog.models import Claim, Developer, Entry, ImportBatch
from models_catalog.models.import_batch import Contents
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import NUMBERS, SINGLE_VALUED, Answer, EventKind, Field, Status
from models_catalog.text.names import fold

_FIELDS = {**FIELDS, "name_en": Field.NAME, "aliases": Field.NAME}


@dataclass
class _Ledger:
    """A model's accepted claims, including those of the rows so far, and its columns as text."""

    entry: Entry
    claims: list[Claim]
    text: dict[str, str] = field(default_factory=dict)

    def settle(self) -> None:
        """Sort the claims as settling does (by field, then in order of arrival) and recompute the columns."""
        self.claims.sort(key=lambda claim: claim.field)
        self.text = settled_text(self.entry, self.claims)

    def rival(self, claim: Claim) -> Claim | None:
        """Return the preferred claim of the column that `claim` sets."""
        column = column_of(claim)
        filling = (one for one in self.claims if one.preferred and column and column_of(one) == column)
        return next(filling, None)


def foretell(rows: Iterable[PlannedRow], keys: Collection[str] | None = None) -> None:
    """Set `effects` of the rows (with `keys`, if given) about existing models: each changed column as old → new.

    Each row is computed as if its claims, and those of earlier rows, were accepted as applying would accept them.
    """
    able = [row for row in rows if row.claims and row.fate != Fate.REFUSED]
    told = {
        row.key: _model(row)
        for row in able
        if (row.entry or row.joins) and not row.changes and (keys is None or row.key in keys)
    }
    ledgers = _ledgers({*told.values()})
    makers: dict[str, Developer] = {}
    for row in able:
        if ledger := ledgers.get(_model(row)):
            effects = _take(ledger, row.claims, makers)
            row.effects = effects if row.key in told else []


def _model(row: PlannedRow) -> int | str:
    """Return the id of the model, or the slug of a new one."""
    return row.entry.pk if row.entry else row.slug


def _ledgers(models: Collection[int | str]) -> dict[int | str, _Ledger]:
    """Return each model's accepted claims in the order of settling; a column has no value without a claim."""
    found = {key: _Ledger(Entry(pk=key) if isinstance(key, int) else Entry(slug=key), []) for key in models}
    accepted = Claim.objects.accepted().filter(entry__in=[key for key in models if isinstance(key, int)])
    accepted = accepted.select_related("developer", "sector", "parent").order_by(
        "entry", "field", "position", "pk"
    )
    for claim in accepted:
        found[claim.entry_id].claims.append(claim)
    for ledger in found.values():
        ledger.settle()
    return found


def _take(ledger: _Ledger, planned: list[PlannedClaim], makers: dict[str, Developer]) -> list[str]:
    """Add the claims to the ledger; return the changed columns, and the values shown next to one that stays."""
    before, beside = ledger.text, list[tuple[PlannedClaim, Claim]]()
    for one in planned:
        claim = _claim(one, makers)
        rival = ledger.rival(claim)
        if rival and not one.agrees:
            beside.append((one, rival))
        if rival is None or one.agrees or claim.field not in SINGLE_VALUED:
            claim.preferred = column_of(claim) is not None and rival is None
            ledger.claims.append(claim)
    ledger.settle()
    fields = {str(COLUMNS[column]): of for column, of in _FIELDS.items()}
    fields |= {str(of.label): of for of in (Field.DEVELOPER, Field.SECTOR)}
    effects = [one for one in differences(before, ledger.text) if one.heading != _("Sources")]
    changed = {fields.get(effect.heading) for effect in effects}
    told = [
        f"{effect.heading}{_(': ')}{effect.before or _('Not stated')} → "
        + as_written(effect.after or _("Not stated"), _unlike(effect.after, fields.get(effect.heading), planned))
        for effect in effects
    ]  # fmt: skip
    told += [_stays(one, rival) for one, rival in beside if one.field not in changed]
    met = {one.field for one, _rival in beside} | changed
    return told + [one.shown for one in planned if one.field not in met and not one.agrees]


def _claim(planned: PlannedClaim, makers: dict[str, Developer]) -> Claim:
    """Return the claim as it would be written; a new developer gets a negative id of its own."""
    value = dict(planned.value)
    if name := value.pop("new_developer", ""):
        value["developer"] = makers.setdefault(fold(name), Developer(pk=-len(makers) - 1, name_zh=name))
    return Claim(field=planned.field, status=Status.ACCEPTED, **planned.columns(None), **value)


def _unlike(after: str, of: Field | None, planned: list[PlannedClaim]) -> str:
    """Return the file's words for a value that is displayed in other words."""
    words = dict.fromkeys(one.words for one in planned if one.field == of and one.field != Field.NAME)
    return "、".join(one for one in words if fold(one) not in fold(after))


def _stays(planned: PlannedClaim, rival: Claim) -> str:
    values = {name: getattr(rival, name) for name in ("text", "token", "number", "event", "days", "parent")}
    return _("%(field)s: %(present)s stays; %(other)s is to be reviewed") % {
        "field": planned.field.label,
        "present": said_words(Field(rival.field), {**values, "answer": rival.answer}),
        "other": planned.said,
    }


_BESIDE = {TableColumn.CONFIDENCE, TableColumn.DEVELOPER_KIND, TableColumn.VERSION}
_PUBLIC = {column.value for column in TableColumn} - _BESIDE
OUTCOMES = ("new", "changed", "unchanged", "refused", "asked")
Told = dict[str, Any]


def plan_told(batch: ImportBatch, rows: list[PlannedRow]) -> Told:
    """Return the whole plan: the table's place, what its columns hold, and the outcome of each row."""
    table = table_of(batch)
    return {
        "file": batch.file_name, "encoding": batch.encoding, "contents": batch.contents,
        "sheet": batch.options.get("sheet") or None, "hidden_rows": batch.options.get("hidden_rows", 0),
        "heading_row": table.line, "columns": _columns(batch, table), "totals": totals_of(rows),
        "rows": [row_told(row) for row in rows],
    }  # fmt: skip


def _columns(batch: ImportBatch, table: SourceTable) -> list[Told]:
    """Return each column's heading, field (None if it is not read), and the unit that the heading gives."""
    told = []
    for number, heading in enumerate(table.heading):
        held = batch.mapping.get(str(number))
        if batch.contents == Contents.MODELS and held not in _PUBLIC:
            held = None
        unit = unit_of(heading) if held == TableColumn.PARAMETERS else None
        told.append({"heading": heading, "field": held, "unit": unit})
    return told


def outcome_of(row: PlannedRow) -> str:
    return "asked" if row.is_open else row.fate.value


def totals_of(rows: list[PlannedRow]) -> dict[str, int]:
    counted = Counter(map(outcome_of, rows))
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def row_told(row: PlannedRow) -> Told:
    """Return the row as plain data, including values that the registry already has."""
    return {
        "line": row.line, "key": row.key, "outcome": outcome_of(row), "name": row.name, "reason": row.reason,
        "entry": row.entry.slug if row.entry else None, **_values(row.read),
        "notes": [
            {"code": note.code.value, "text": note.text, "cell": note.cell, "value": note.value} for note in row.notes
        ],
    }  # fmt: skip


covers(
    "import: values for programs",
    [Field.DEVELOPER, *NUMBERS, Field.EVENT, Field.OPENNESS, Field.CATEGORY, Field.KIND, Field.MODALITY, Field.SECTOR, Field.PARENT],
    but=(Field.NAME, Field.LINK),  # which stand among the row's claims
)  # fmt: skip


def _values(claims: list[PlannedClaim]) -> Told:
    by_field: dict[Field, list[Told]] = {}
    for claim in claims:
        if claim.value.get("answer", Answer.VALUE) == Answer.VALUE:
            by_field.setdefault(claim.field, []).append(claim.value)
    tokens = _tokens(by_field)
    parent = [one["parent"].slug for one in by_field.get(Field.PARENT, []) if "parent" in one]
    return {
        "developers": [_maker(one) for one in by_field.get(Field.DEVELOPER, [])],
        **{field.value: _bounds(by_field.get(field, [])) for field in NUMBERS},
        "released": _released(by_field.get(Field.EVENT, [])),
        "openness": next(iter(tokens(Field.OPENNESS)), None),
        "category": next(iter(tokens(Field.CATEGORY)), None),
        "kind": next(iter(tokens(Field.KIND)), None),
        "modalities": tokens(Field.MODALITY),
        "sectors": [one["sector"].slug for one in by_field.get(Field.SECTOR, []) if "sector" in one],
        "parent": parent[0] if parent else None,
    }


def _tokens(by_field: dict[Field, list[Told]]) -> Any:
    return lambda field: [str(one["token"]) for one in by_field.get(field, []) if one.get("token")]


def _maker(value: Told) -> str:
    """Return the slug of a known developer, or the words for a new one."""
    return str(value["developer"].slug if "developer" in value else value["new_developer"])


def _bounds(values: list[Told]) -> list[int | None] | None:
    number = values[0].get("number") if values else None
    interval = interval_of(number) if number else None
    return [interval.low, interval.high] if interval else None


def _released(events: list[Told]) -> dict[str, str] | None:
    for one in events:
        if one["event"] == EventKind.RELEASED and one.get("days"):
            days = days_of(one["days"])
            return {"earliest": days.first.isoformat(), "latest": days.last.isoformat()}
    return None
