"""What the rows of a planned import would do to the columns of the models that they speak of, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from models_catalog.actions.effects import differences
from models_catalog.actions.foresight import settled_text
from models_catalog.claims.describe import as_written, said_words
from models_catalog.claims.judge import column_of
from models_catalog.ingest.table_plan import Fate, PlannedClaim, PlannedRow
from models_catalog.models import Claim, Developer, Entry
from models_catalog.models.vocabulary import SINGLE_VALUED, Field, Status
from models_catalog.queries.entry_text import COLUMNS, FIELDS
from models_catalog.text.names import fold

_FIELDS = {**FIELDS, "name_en": Field.NAME, "aliases": Field.NAME}


@dataclass
class _Ledger:
    """The accepted claims of one model, those of the rows so far among them, and its columns in words."""

    entry: Entry
    claims: list[Claim]
    text: dict[str, str] = field(default_factory=dict)

    def settle(self) -> None:
        """As settling orders them: by field, and within one as they came."""
        self.claims.sort(key=lambda claim: claim.field)
        self.text = settled_text(self.entry, self.claims)

    def rival(self, claim: Claim) -> Claim | None:
        """The preferred claim that fills the column of `claim`."""
        column = column_of(claim)
        filling = (one for one in self.claims if one.preferred and column and column_of(one) == column)
        return next(filling, None)


def foretell(rows: Iterable[PlannedRow], lines: Collection[int] | None = None) -> None:
    """Tell in `effects` of the rows about models that are there, of those in `lines` if given, each column: old → new.

    Each row is told as if its claims, and those of the rows before it, were accepted as applying accepts them.
    """
    able = [row for row in rows if row.claims and row.fate != Fate.REFUSED]
    told = {
        row.line: _model(row)
        for row in able
        if (row.entry or row.joins) and not row.changes and (lines is None or row.line in lines)
    }
    ledgers = _ledgers({*told.values()})
    makers: dict[str, Developer] = {}
    for row in able:
        if ledger := ledgers.get(_model(row)):
            effects = _take(ledger, row.claims, makers)
            row.effects = effects if row.line in told else []


def _model(row: PlannedRow) -> int | str:
    """The id of the model, or the address of a new one."""
    return row.entry.pk if row.entry else row.slug


def _ledgers(models: Collection[int | str]) -> dict[int | str, _Ledger]:
    """Of each model its accepted claims in the order in which they are settled; a column has no value without one."""
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
    """Add the claims to the ledger; what that does to each column, and what stands beside a value that stays."""
    before, beside = ledger.text, list[tuple[PlannedClaim, Claim]]()
    for one in planned:
        claim = _claim(one, makers)
        rival = ledger.rival(claim)
        if rival:
            beside.append((one, rival))
        if rival is None or claim.field not in SINGLE_VALUED:
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
    return told + [one.shown for one in planned if one.field not in met]


def _claim(planned: PlannedClaim, makers: dict[str, Developer]) -> Claim:
    """The claim as it would be written; a developer that is new has an id that no other has."""
    value = dict(planned.value)
    if name := value.pop("new_developer", ""):
        value["developer"] = makers.setdefault(fold(name), Developer(pk=-len(makers) - 1, name_zh=name))
    return Claim(field=planned.field, status=Status.ACCEPTED, **planned.columns(None), **value)


def _unlike(after: str, of: Field | None, planned: list[PlannedClaim]) -> str:
    """The words of the file for a value that is said in other words."""
    words = dict.fromkeys(one.words for one in planned if one.field == of and one.field != Field.NAME)
    return "、".join(one for one in words if fold(one) not in fold(after))


def _stays(planned: PlannedClaim, rival: Claim) -> str:
    values = {name: getattr(rival, name) for name in ("text", "token", "number", "event", "days", "parent")}
    return _("%(field)s: %(present)s stays; %(other)s waits beside it") % {
        "field": planned.field.label,
        "present": said_words(Field(rival.field), {**values, "answer": rival.answer}),
        "other": planned.said,
    }
