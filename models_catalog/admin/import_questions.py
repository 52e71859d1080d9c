"""What is asked about the rows of an import: whether one speaks of a model that is there, or of an earlier row's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from models_catalog.ingest.table_plan import LEAVE, NEW, SAME_AS_LINE, Fate, PlannedRow
from models_catalog.models import Entry, EntryDeveloper

NAMES_TOLD = 3
"""Other names, and makers, of an entry that are told; more would hide what tells it from another."""


@dataclass(frozen=True)
class Option:
    """An answer; `entry` is the id of the one that it names."""

    value: str
    label: str
    is_chosen: bool
    entry: int | None = None
    called: str = ""


@dataclass(frozen=True)
class Question:
    """A row and the answers that it may have."""

    row: PlannedRow
    options: list[Option]


@dataclass(frozen=True)
class Questions:
    """Those of one page, the open ones apart."""

    open: list[Question]
    answered: list[Question]


def questions_of(rows: list[PlannedRow]) -> Questions:
    """The questions about `rows`, in two queries however many they are."""
    called = _called({entry.pk: entry.called for row in rows for entry in row.alike})
    asked = [Question(row, _options(row, called)) for row in rows]
    return Questions([one for one in asked if one.row.is_open], [one for one in asked if not one.row.is_open])


def _options(row: PlannedRow, called: dict[int, tuple[str, str]]) -> list[Option]:
    is_new = row.is_answered and not row.entry and not row.joins
    label = _("one model with this whole name") if row.several else _("another model: a new entry")
    options = [Option(NEW, label, is_new and row.fate != Fate.REFUSED)]
    for entry in row.alike:
        short, beside = called[entry.pk]
        is_chosen = row.entry is not None and row.entry.pk == entry.pk and not row.joins
        label = _("the same as %(entry)s") % {"entry": short} + f" ({beside})"
        options.append(Option(str(entry.pk), label, is_chosen, entry.pk, short))
    for twin in row.twins:
        label = _("the same as %(name)s in line %(line)s") % {"name": twin.name[:60], "line": twin.line}
        options.append(Option(f"{SAME_AS_LINE}{twin.line}", label, row.joins == twin.line))
    return [*options, Option(LEAVE, _("leave this row out"), row.is_answered and row.fate == Fate.REFUSED)]


def _called(named: dict[int, str]) -> dict[int, tuple[str, str]]:
    """Of each entry, given with its name, the name with its makers, and its address with its other names."""
    makers: dict[int, list[str]] = defaultdict(list)
    linked = EntryDeveloper.objects.filter(entry__in=named).select_related("developer")
    for link in linked.order_by("entry", "position"):
        makers[link.entry_id].append(link.developer.label)
    found = {}
    for entry in Entry.objects.filter(pk__in=named):
        short = " · ".join([named[entry.pk], *_some(makers[entry.pk])])
        names = _others(entry, named[entry.pk])
        beside = _("%(slug)s; also %(names)s") % {"slug": entry.slug, "names": "、".join(names)}
        found[entry.pk] = short, beside if names else entry.slug
    return found


def _others(entry: Entry, called: str) -> list[str]:
    return _some(name for name in (entry.name_zh, entry.name_en, *entry.aliases) if name != called)


def _some(names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name][:NAMES_TOLD]
