"""Changes of an entry with time and action, for readers; users are shown only to curators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from models_catalog.fields.columns import COLUMNS, column_text
from models_catalog.history.as_of import day_shown, end_of
from models_catalog.history.statements import PUBLIC, WITHDRAWN, FirstStatements, done_to, told_of_claims
from models_catalog.models import HISTORIES, ClaimEvent, Developer, Entry, EntryEvent, Sector
from models_catalog.models.history import DELETE, EntryDeveloperEvent, EntrySectorEvent
from models_catalog.models.labels import Labelled, in_english
from models_catalog.models.vocabulary import Field

MAX_STEPS = 100
MERGE, UNDO_MERGE = "merge", "undo merge"
"""The actions that move claims between entries, as passed to `recorded`."""


@dataclass(frozen=True)
class FieldChange:
    """One field before and after; "" for not stated."""

    heading: StrOrPromise
    before: str
    after: str


@dataclass
class Step:
    """The changes of one transaction to the entry, or to one that was merged into it since (`of`, its name)."""

    at: datetime
    of: str = ""
    what: str = ""
    file: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    claims: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """Claim events by what was done: `statements.DONE`."""
    told: list[FirstStatements] = field(default_factory=list)
    """The same in words."""
    came: int = 0
    """Number of claims that came from another entry, by a merge or its undoing."""
    went: int = 0
    """Number of claims that went to another entry."""
    other: str = ""
    """Name of that entry."""
    names: list[str] = field(default_factory=list)
    """Names among the claims that came."""

    @property
    def says_something(self) -> bool:
        return bool(self.changes or self.claims or self.came or self.went)


class Story:
    """The steps of an entry and of the entries merged into it."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        merged = Q(pgh_obj_id__in=entry.merged.values("pk"))
        self.events = _events(EntryEvent, Q(pgh_obj_id=entry.pk) | merged)
        self.ids = {entry.pk, *(event.pgh_obj_id for event in self.events)}
        self.names: dict[int, str] = {}
        self.named: dict[str, dict[int, str]] = {}
        """Column → id → label of rows that claims refer to."""
        self.anchors: dict[int, str] = {}
        """Claim id → its anchor, for claims on the entry's page now."""
        self._steps: dict[tuple[datetime, int], Step] = {}

    def step(self, event: Any, pk: int) -> Step:
        """The step of the transaction that wrote `event`, on the entry with id `pk`."""
        of = "" if pk == self.entry.pk else self.names.get(pk, "")
        step = self._steps.setdefault((event.pgh_created_at, pk), Step(event.pgh_created_at, of))
        if event.pgh_context:
            step.what = event.pgh_context.metadata.get("what", "")
            step.file = event.pgh_context.metadata.get("file", "")
        return step

    def told(self) -> list[Step]:
        for step in self._steps.values():
            if (step.went and step.what == MERGE) or (step.came and step.what == UNDO_MERGE):
                step.changes = []  # all columns move with the claims, and back
        own = [step for step in self._steps.values() if step.says_something]
        kept = [step for step in own if not (step.of and step.went)]  # the kept entry's step shows the merge
        shown = sorted(kept, key=lambda step: step.at, reverse=True)[:MAX_STEPS]
        for step in shown:
            step.told = told_of_claims(step.claims, self.anchors, self.named)
        return shown


def history_of(entry: Entry) -> list[Step]:
    """The steps in the history of `entry` and of entries merged into it, newest first, at most MAX_STEPS."""
    story = Story(entry)
    claims = _claim_events(story)
    if others := (story.ids | {event.entry_id for event in claims}) - {entry.pk}:
        story.names = _names_then(others)
    pointed = {
        column: {pk for event in claims if (pk := getattr(event, column))}
        for column in ("parent_id", "developer_id", "sector_id")
    }
    _tell_columns(story, pointed["parent_id"])
    _tell_links(story, EntryDeveloperEvent, "developer_id", pointed)
    _tell_links(story, EntrySectorEvent, "sector_id", pointed)
    _tell_claims(story, claims)
    return story.told()


def _events(model: Any, *either: Q, **where: Any) -> list[Any]:
    day = day_shown()
    until = {"pgh_created_at__lt": end_of(day)} if day else {}
    events = model.objects.filter(*either, **where, **until)
    return list(events.select_related("pgh_context").order_by("pgh_id"))


def _claim_events(story: Story) -> list[Any]:
    """All events of every claim that ever belonged to one of the entries."""
    ever = ClaimEvent.objects.filter(entry_id__in=story.ids).values("pgh_obj_id")
    return _events(ClaimEvent, pgh_obj_id__in=ever)


def _names_then(ids: set[int]) -> dict[int, str]:
    """Entry id → its last name, also of merged entries."""
    named = EntryEvent.objects.filter(pgh_obj_id__in=ids).exclude(name_zh="")
    latest = named.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: (event.name_en if in_english() else "") or event.name_zh for event in latest}


def _tell_columns(story: Story, parents: set[int]) -> None:
    """Add the column changes of each transaction; none while an entry is merged into another."""
    latest: dict[tuple[int, datetime], Any] = {}
    for event in story.events:
        latest[event.pgh_obj_id, event.pgh_created_at] = event
    told = [event for event in latest.values() if event.merged_into_id is None and event.pgh_label != DELETE]
    named = _names(Entry, parents | {event.parent_id for event in told if event.parent_id})
    story.named["parent_id"] = named
    last: dict[int, dict[str, str]] = {}
    for event in told:
        before = last.get(event.pgh_obj_id) or dict.fromkeys(COLUMNS, "")
        after = {column: column_text(event, column, named) for column in COLUMNS}
        story.step(event, event.pgh_obj_id).changes += [
            FieldChange(heading, before[column], after[column])
            for column, heading in COLUMNS.items()
            if before[column] != after[column]
        ]
        last[event.pgh_obj_id] = after


LINKED: dict[str, tuple[type[Model], Field]] = {
    "developer_id": (Developer, Field.DEVELOPER),
    "sector_id": (Sector, Field.SECTOR),
}


def _tell_links(story: Story, events: Any, column: str, pointed: dict[str, set[int]]) -> None:
    """Add changes of developers or sectors: the set before and after each transaction, which writes it row by row."""
    linked = _events(events, entry_id=story.entry.pk)
    table, told_as = LINKED[column]
    named = _names(table, pointed[column] | {getattr(event, column) for event in linked})
    story.named[column] = named
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
            story.step(together[0], story.entry.pk).changes.append(FieldChange(told_as.label, before, after))


def _in_order(links: dict[int, tuple[int, str]]) -> str:
    return _(", ").join(name for _position, name in sorted(links.values(), key=lambda link: link[0]))


def _tell_claims(story: Story, events: Iterable[Any]) -> None:
    """Add claims that were accepted, disputed or withdrawn, and the numbers of moved ones; others are not public."""
    last: dict[int, Any] = {}
    for event in events:
        before = last.get(event.pgh_obj_id)
        last[event.pgh_obj_id] = event
        if before is not None and before.entry_id != event.entry_id and event.status in PUBLIC:
            _tell_move(story, before, event)
        elif event.entry_id in story.ids:
            gone = event.pgh_label == DELETE
            done = (WITHDRAWN if event.status in PUBLIC else "") if gone else done_to(before, event)
            if done:
                story.step(event, event.entry_id).claims[done].append(event)
    story.anchors = {pk: event.key for pk, event in last.items() if _stands(story.entry, event)}


def _stands(entry: Entry, event: Any) -> bool:
    """Whether a claim whose last event is `event` is on the page of `entry`."""
    is_there = event.entry_id == entry.pk and event.status in PUBLIC and event.pgh_label != DELETE
    return is_there and (event.field != Field.EVENT or bool(event.event))


def _tell_move(story: Story, before: Any, event: Any) -> None:
    if event.entry_id in story.ids:
        step = story.step(event, event.entry_id)
        step.came, step.other = step.came + 1, story.names.get(before.entry_id, "")
        step.names += [event.text] if event.field == Field.NAME and event.text not in step.names else []
    if before.entry_id in story.ids:
        step = story.step(event, before.entry_id)
        step.went, step.other = step.went + 1, story.names.get(event.entry_id, "")


def _names(table: Any, ids: set[int]) -> dict[int, str]:
    """Id → label; the last name of rows that are gone, such as merged developers."""
    shown = Entry.objects.listed() if table is Entry else table.objects.all()
    found = {row.pk: row.label for row in shown.filter(pk__in=ids)}
    return found | labels_gone(table, ids - found.keys())


def labels_gone(model: Any, ids: Collection[int]) -> dict[int, str]:
    """Id → the last label of these rows of `model`, which are deleted, as merged developers are; others are left out."""
    if not ids or not issubclass(model, Labelled) or model not in HISTORIES:
        return {}
    latest = HISTORIES[model].objects.filter(pgh_obj_id__in=ids).order_by("pgh_obj_id", "-pgh_id")
    rows = latest.distinct("pgh_obj_id").values_list("pgh_obj_id", "name_zh", "name_en")
    return {pk: ((en if in_english() else "") or zh) for pk, zh, en in rows}
