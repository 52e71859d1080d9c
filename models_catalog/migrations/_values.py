"""Values of claims in the words of migrations: which columns hold the value of one, by its field, and which fields there are."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from django.contrib.postgres.fields import ArrayField
from django.db.migrations import AddConstraint, AlterField, RemoveConstraint
from django.db.migrations.operations.base import Operation
from django.db.models import BaseConstraint, CharField, Q

from models_catalog.migrations._columns import (
    CATEGORIES,
    EVENTS,
    KINDS,
    MODALITIES,
    OPENNESS,
    checks,
    known,
)

NAMES = ["zh", "en", "traditional", "latin", "short", "alias", "corrupted"]
ANSWERS = [("value", "Value"), ("undisclosed", "Declared undisclosed"), ("not-applicable", "Not applicable")]
WORDS = {"kind": KINDS, "category": CATEGORIES, "modality": MODALITIES, "openness": OPENNESS}

NOTHING = {
    "days": None,
    "developer": None,
    "event": "",
    "number": None,
    "parent": None,
    "sector": None,
    "text": "",
    "token": "",
}


def empty_but(*filled: str) -> Q:
    """Every column of a claim's value is empty but these."""
    return Q(*((column, nothing) for column, nothing in NOTHING.items() if column not in filled))


def value_fits_field(*numbers: str, more: tuple[Q, ...] = ()) -> Q:
    """The columns of a claim's value by its field. `numbers` are the fields that hold a number; `more` came last."""
    fits = (
        Q(field="name", token__in=NAMES) & ~Q(text="") & empty_but("text", "token"),
        Q(field="event", event__in=known(EVENTS)) & empty_but("event", "days"),
        *(Q(field=field, number__startswith__gte=1) & empty_but("number") for field in numbers),
        Q(field="developer", developer__isnull=False) & empty_but("developer"),
        Q(field="sector", sector__isnull=False) & empty_but("sector"),
        Q(field="parent", parent__isnull=False) & empty_but("parent"),
        *(Q(field=field, token__in=known(words)) & empty_but("token") for field, words in WORDS.items()),
        *more,
    )
    return Q(answer="value") & reduce(or_, fits) | ~Q(answer="value") & empty_but()


def replace(model: str, *constraints: BaseConstraint) -> Iterator[Operation]:
    """Put these in the place of the constraints of the same names."""
    for constraint in constraints:
        yield RemoveConstraint(model, constraint.name)
        yield AddConstraint(model, constraint)


def fields_are(fields: Iterable[tuple[str, str]]) -> Iterator[Operation]:
    """Let these be the fields that claims and reports are of."""
    choices = list(fields)
    for model in ("claim", "report"):
        column = CharField("field", max_length=20, choices=choices)
        yield from (AlterField(table, "field", column) for table in (model, f"{model}event"))
        yield from replace(model, *checks(**{f"{model}_field_is_known": Q(field__in=known(choices))}))
    for name, label in (("undisclosed", "declared undisclosed"), ("not_applicable", "not applicable")):
        word = CharField(max_length=20, choices=choices)
        array = ArrayField(word, verbose_name=label, blank=True, default=list, editable=False)
        yield from (AlterField(table, name, array) for table in ("entry", "entryevent"))
