"""What changed on an entry, when and by which action, for readers; who did it stays with the curators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from models_catalog.models import ClaimEvent, Developer, Entry, EntryEvent, Sector
from models_catalog.models.history import DELETE, EntryDeveloperEvent, EntrySectorEvent
from models_catalog.models.vocabulary import Field, Modality, Status

COLUMNS: dict[str, StrOrPromise] = {
    "name_zh": _("Chinese name"),
    "name_en": _("English name"),
    "aliases": _("Other names"),
    "kind": _("Kind"),
    "parent_id": _("Part of"),
    "category": _("Category"),
    "modalities": _("Modality"),
    "parameters_stated": _("Parameters"),
    "released_stated": _("Release date"),
    "stage": _("Stage"),
    "openness": _("Openness"),
    "merged_into_id": _("Merged into"),
}
"""The columns whose changes are told, and their headings."""

MAX_STEPS = 100


@dataclass(frozen=True)
class Change:
    """One field before and after; "" is a value that was not stated."""

    heading: StrOrPromise
    before: str
    after: str


@dataclass
class Step:
    """What one transaction changed."""

    at: datetime
    what: str = ""
    file: str = ""
    changes: list[Change] = field(default_factory=list)
    accepted: int = 0
    disputed: int = 0

    @property
    def says_something(self) -> bool:
        return bool(self.changes or self.accepted or self.disputed)


def history_of(entry: Entry) -> list[Step]:
    """The steps in which `entry` became what it is, the latest first; with those of what was merged into it."""
    steps: dict[datetime, Step] = {}
    _tell_columns(entry, steps)
    _tell_links(entry, steps, EntryDeveloperEvent, Developer, "developer_id", Field.DEVELOPER.label)
    _tell_links(entry, steps, EntrySectorEvent, Sector, "sector_id", Field.SECTOR.label)
    _tell_claims(entry, steps)
    told = [step for step in steps.values() if step.says_something]
    return sorted(told, key=lambda step: step.at, reverse=True)[:MAX_STEPS]


def _step(steps: dict[datetime, Step], event: Any) -> Step:
    step = steps.setdefault(event.pgh_created_at, Step(event.pgh_created_at))
    if event.pgh_context:
        step.what = event.pgh_context.metadata.get("what", "")
        step.file = event.pgh_context.metadata.get("file", "")
    return step


def _events(model: Any, *either: Q, **where: Any) -> Iterable[Any]:
    return list(model.objects.filter(*either, **where).select_related("pgh_context").order_by("pgh_id"))


def _tell_columns(entry: Entry, steps: dict[datetime, Step]) -> None:
    """The entry's own columns and those of what was merged into it, in as many questions for many as for none."""
    merged = entry.merged.values("pk")
    events = _events(EntryEvent, Q(pgh_obj_id=entry.pk) | Q(pgh_obj_id__in=merged))
    named = _names(Entry, {pk for event in events for pk in (event.parent_id, event.merged_into_id) if pk})
    last: dict[int, dict[str, str]] = {}
    for event in events:
        before = last.get(event.pgh_obj_id) or dict.fromkeys(COLUMNS, "")
        after = {column: column_text(event, column, named) for column in COLUMNS}
        step = _step(steps, event)
        step.changes += [
            Change(heading, before[column], after[column])
            for column, heading in COLUMNS.items()
            if before[column] != after[column]
        ]
        last[event.pgh_obj_id] = after


def column_text(event: Any, column: str, named: dict[int, str]) -> str:
    value = getattr(event, column)
    if column.endswith("_id"):
        return named.get(value, "")
    if column == "modalities":
        return ", ".join(str(Modality(word).label) for word in value)
    if isinstance(value, list):
        return ", ".join(value)
    shown = getattr(event, f"get_{column}_display", None)
    return str(shown() if shown else value)


def _tell_links(
    entry: Entry,
    steps: dict[datetime, Step],
    events: Any,
    table: type[Model],
    column: str,
    heading: StrOrPromise,
) -> None:
    """Developers or sectors: the set before and after each transaction, which rewrites it row by row."""
    linked = _events(events, entry_id=entry.pk)
    named = _names(table, {getattr(event, column) for event in linked})
    moments: dict[datetime, list[Any]] = defaultdict(list)
    for event in linked:
        moments[event.pgh_created_at].append(event)
    now: dict[int, tuple[int, str]] = {}
    for together in moments.values():
        before = _in_order(now)
        for event in together:
            if event.pgh_label == DELETE:
                now.pop(getattr(event, column), None)
            else:
                name = named.get(getattr(event, column), "")
                now[getattr(event, column)] = (getattr(event, "position", 0), name)
        if before != (after := _in_order(now)):
            _step(steps, together[0]).changes.append(Change(heading, before, after))


def _in_order(links: dict[int, tuple[int, str]]) -> str:
    return ", ".join(name for _position, name in sorted(links.values(), key=lambda link: link[0]))


def _tell_claims(entry: Entry, steps: dict[datetime, Step]) -> None:
    """How many claims were accepted or disputed; what the others became stays with the curators."""
    status: dict[int, str] = {}
    for event in _events(ClaimEvent, entry_id=entry.pk):
        if event.pgh_label != DELETE and status.get(event.pgh_obj_id) != event.status:
            step = _step(steps, event)
            step.accepted += event.status == Status.ACCEPTED
            step.disputed += event.status == Status.DISPUTED
        status[event.pgh_obj_id] = event.status


def _names(table: Any, ids: set[int]) -> dict[int, str]:
    return {row.pk: row.label for row in table.objects.filter(pk__in=ids)}
