"""Public changes of the registry, from the history written by database triggers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from heapq import merge
from itertools import islice
from typing import Any, Literal

from django.db.models import DateTimeField, Exists, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone
from pghistory.models import Context

from models_catalog.fields.surfaces import covers
from models_catalog.history.as_of import settled_ends
from models_catalog.models import (
    EVENT_MODELS,
    Claim,
    ClaimEvent,
    Developer,
    Entry,
    EntryEvent,
    FigureEvidence,
    Omission,
    Sector,
    Source,
)
from models_catalog.models.history import DELETE
from models_catalog.models.vocabulary import NUMBERS, Field, Status

SETTLING = timedelta(seconds=10)
"""Age from which a change is among the newest, so that changes made together are listed together."""
DECIDED_TOGETHER = ("accept", "reopen")
"""Actions on the claims of an import as a whole: their contexts name its `batch`."""
TOGETHER = Q(metadata__what__in=("import", "undo import", "forget places")) | Q(
    metadata__what__in=DECIDED_TOGETHER, metadata__has_key="batch"
)
"""Contexts whose changes are listed as one step."""
PUBLIC = (Status.ACCEPTED, Status.DISPUTED)
_LISTED = EntryEvent.objects.filter(pgh_obj_id=OuterRef("entry_id"), is_listed=True)
OF_SHOWN = Exists(_LISTED)
"""Whether a claim's entry is or was listed: a claim may be accepted while its entry still waits for a name."""
TOLD = (
    "name_zh", "name_en", "aliases", "kind", "parent_id", "category", "modalities", *(of.entry_column for of in NUMBERS),
    "released", "stage", "openness", "links", "merged_into_id",
)  # fmt: skip
"""Columns of an entry whose changes are public."""
covers(
    "changes",
    [of for of in Field if {of.entry_column, f"{of.entry_column}_id"} & {*TOLD}],
    but=(Field.NAME, Field.DEVELOPER, Field.SECTOR),  # names have columns of their own, rows are relations
)

Action = Literal["added", "changed", "removed"]
Of = Literal["entry", "claim", "developer", "sector", "source"]
KINDS: tuple[Of, ...] = ("entry", "claim", "developer", "sector", "source")
VOCABULARIES: dict[Of, Any] = {"developer": Developer, "sector": Sector, "source": Source}
MODELS: dict[Of, Any] = {"entry": Entry, "claim": Claim, **VOCABULARIES}
NOT_TOLD = {"id", "sort_key", "sort_key_en", "position"}
"""Columns of vocabularies whose changes are not public."""

Cursor = tuple[int, ...]
"""The id of the last event read in the history of each of `KINDS`."""
Stretch = tuple[int, int]
"""Events after the first id, up to and including the second."""
START: Cursor = (0,) * len(KINDS)


@dataclass(frozen=True)
class Change:
    """One change of a row; `number` is the event id in the history of its table.

    Slug and names are the row's, for a claim its entry's. `was_zh` and `was_en`: a vocabulary row's former names, if changed.
    """

    at: datetime
    number: int
    of: Of
    action: Action
    slug: str
    name_zh: str
    name_en: str
    key: str = ""
    field: str = ""
    was_zh: str = ""
    was_en: str = ""


def last_decided() -> datetime | None:
    """The time of the last review of a claim, wherever it was made; None without reviewed claims."""
    newest: datetime | None = Claim.objects.aggregate(at=Max("reviewed_at"))["at"]
    return newest


def changed_after(moment: datetime, entries: Collection[int] | None = None) -> bool:
    """Whether public data changed after a moment: of these entries, or any."""
    decided = ClaimEvent.objects.exclude(status=Status.PROPOSED)
    if entries is not None:
        histories = [EntryEvent.objects.filter(pgh_obj_id__in=entries), decided.filter(entry_id__in=entries)]
    else:
        others = (model.objects.all() for table, model in EVENT_MODELS.items() if table is not Claim)
        histories = [decided, *others]
    first, *rest = (one.filter(pgh_created_at__gt=moment).order_by().values("pgh_id") for one in histories)
    return bool(first.union(*rest, all=True).exists())


def changes_since(cursor: Cursor, limit: int) -> Iterator[tuple[Change, Cursor]]:
    """The first `limit` changes after a cursor, oldest first, with the cursor after each; none during a write."""
    read = list(cursor)
    stretches = zip(cursor, settled_ends([EVENT_MODELS[MODELS[of]] for of in KINDS]), strict=True)
    histories = (_HISTORIES[of](limit, within=stretch) for of, stretch in zip(KINDS, stretches, strict=True))
    for change in islice(merge(*histories, key=lambda one: one.at), limit):
        read[KINDS.index(change.of)] = change.number
        yield change, tuple(read)


def newest_changes(limit: int, entries: Any = None) -> list[Change]:
    """The latest `limit` changes, newest first, without imports, which are in `history.between`.

    With `entries` (a query of ids), only changes of these, including imports, whose summaries do not name entries.
    """
    if entries is not None:
        histories = [_of_claims(limit, entries=entries), _of_entries(limit, entries=entries)]
    else:
        histories = [_HISTORIES[of](limit) for of in reversed(KINDS)]
    return list(islice(merge(*histories, key=lambda one: one.at, reverse=True), limit))


def _of_entries(limit: int, within: Stretch | None = None, entries: Any = None) -> list[Change]:
    """Changes of entries that are or were listed."""
    seen = Q(is_listed=True) | Q(before_is_listed=True)
    events = _differing(EntryEvent, ("is_listed", *TOLD)).filter(seen)
    if entries is not None:
        events = events.filter(pgh_obj_id__in=entries)
    return [
        Change(
            at=event.pgh_created_at,
            number=event.pgh_id,
            of="entry",
            action=_action(event, is_public=event.is_listed, was_public=bool(event.before_is_listed)),
            slug=event.slug,
            name_zh=event.name_zh or event.before_name_zh or "",
            name_en=event.name_en or event.before_name_en or "",
        )
        for event in _window(events, within, entries is None)[:limit]
    ]


def _of_claims(limit: int, within: Stretch | None = None, entries: Any = None) -> list[Change]:
    """Changes of claims that are or were accepted or disputed, of entries that are listed."""
    events = ClaimEvent.objects.annotate(before_status=_before(ClaimEvent, "status")).filter(
        Q(status__in=PUBLIC) | Q(before_status__in=PUBLIC), entry__is_listed=True
    )
    if entries is not None:
        events = events.filter(entry_id__in=entries)
    rows = list(_window(events, within, entries is None)[:limit])
    of = Entry.objects.in_bulk({event.entry_id for event in rows})
    return [
        Change(
            at=event.pgh_created_at,
            number=event.pgh_id,
            of="claim",
            action=_action(event, is_public=event.status in PUBLIC, was_public=event.before_status in PUBLIC),
            slug=entry.slug,
            name_zh=entry.name_zh,
            name_en=entry.name_en,
            key=event.key,
            field=event.field,
        )
        for event in rows
        if (entry := of.get(event.entry_id))
    ]


def _of_vocabulary(of: Of, limit: int, within: Stretch | None = None) -> list[Change]:
    """Changes of developers, sectors or cited sources, with their current slugs."""
    model = VOCABULARIES[of]
    columns = [field.attname for field in model._meta.concrete_fields if field.name not in NOT_TOLD]
    events = _differing(EVENT_MODELS[model], columns)
    if of == "developer":
        events = events.filter(_told_of_developers())
    if of == "source":
        events = events.filter(pgh_obj_id__in=Source.objects.cited().values("pk"))
    events = _since_seen(events, of)
    rows = list(_window(events, within)[:limit])
    now = model.objects.in_bulk({event.pgh_obj_id for event in rows})
    return [
        Change(
            at=event.pgh_created_at,
            number=event.pgh_id,
            of=of,
            action=_action(event, is_public=True, was_public=_was_seen(event)),
            slug=now.get(event.pgh_obj_id, event).slug,
            name_zh=event.name_zh,
            name_en=event.name_en,
            **_renamed(event),
        )
        for event in rows
    ]


def _told_of_developers() -> Q:
    """A condition that excludes developers named only in claims that were never public."""
    named = ClaimEvent.objects.exclude(developer=None)
    public = named.filter(OF_SHOWN, status__in=PUBLIC).values("developer_id")
    return Q(pgh_obj_id__in=public) | ~Q(pgh_obj_id__in=named.values("developer_id"))


def _since_seen(events: Any, of: Of) -> Any:
    """Exclude events from before a row was first public, except the last of them, with which it appeared."""
    at = _before(EVENT_MODELS[VOCABULARIES[of]], "pgh_created_at")
    events = events.annotate(first_seen=_FIRST_SEEN[of](), before_at=at)
    later = EVENT_MODELS[VOCABULARIES[of]].objects.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"),
        pgh_id__gt=OuterRef("pgh_id"),
        pgh_created_at__lte=OuterRef("first_seen"),
    )
    return events.exclude(Q(pgh_created_at__lt=F("first_seen")) & Exists(later))


def _first(events: Any, pointing: str, at: Any = "pgh_created_at") -> Subquery:
    """The time when the history `events` first referred to the row by that column."""
    pointed = events.filter(**{pointing: OuterRef("pgh_obj_id")}).order_by()
    return Subquery(pointed.values(pointing).annotate(first=Min(at)).values("first"))


_PUBLIC_CLAIMS = ClaimEvent.objects.filter(status__in=PUBLIC)
_LATER = Greatest(Min("pgh_created_at"), OuterRef("pgh_created_at"))
_SEEN = Subquery(_LISTED.values("pgh_obj_id").annotate(at=_LATER).values("at"))
"""When a claim was first seen: not before its entry. NULL if it never was."""
_FIRST_SEEN: dict[Of, Callable[[], Any]] = {
    "developer": lambda: _first(_PUBLIC_CLAIMS, "developer_id", _SEEN),
    "sector": lambda: Value(None, DateTimeField()),  # added by a curator, never proposed
    "source": lambda: Least(
        _first(_PUBLIC_CLAIMS, "source_id", _SEEN),
        _first(EVENT_MODELS[FigureEvidence].objects.all(), "source_id"),
        _first(EVENT_MODELS[Omission].objects.all(), "source_id"),
    ),
}
"""Time of the first public reference to a row, which made it public; NULL without one, as for every sector."""


def _was_seen(event: Any) -> bool:
    """Whether the row was public before this change."""
    was, at, seen = event.before_at, event.pgh_created_at, event.first_seen
    return bool(event.before_slug) and (not seen or was >= seen or at > seen)


def _renamed(event: Any) -> dict[str, str]:
    """The former names, if they were public and have changed."""
    was = (event.before_name_zh, event.before_name_en)
    is_another = _was_seen(event) and was != (event.name_zh, event.name_en)
    return {"was_zh": was[0], "was_en": was[1]} if is_another else {}


_HISTORIES: dict[Of, Callable[..., list[Change]]] = {
    "entry": _of_entries,
    "claim": _of_claims,
    **{of: partial(_of_vocabulary, of) for of in VOCABULARIES},
}
"""Kind → function that reads at most `limit` of its changes: in a stretch of its history, or the newest."""


def _differing(events: Any, columns: Collection[str]) -> Any:
    """Events that create or delete a row or change these columns; annotated with the old values as `before_…`."""
    before = {f"before_{column}": _before(events, column) for column in columns}
    differs = Q(pgh_label=DELETE)
    for column in columns:
        held, holds = Q(**{f"before_{column}__isnull": False}), Q(**{f"{column}__isnull": False})
        # NULLs are compared explicitly: in SQL, = and ≠ with NULL are unknown.
        differs |= (held & ~holds) | (~held & holds) | (held & holds & ~Q(**{column: F(f"before_{column}")}))
    return events.objects.annotate(**before).filter(differs)


def _before(events: Any, column: str) -> Subquery:
    """The previous value of the column in the row's history; NULL for the first event."""
    earlier = events.objects.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return Subquery(earlier.order_by("-pgh_id").values(column)[:1])


def _window(events: Any, within: Stretch | None, one_by_one: bool = True) -> Any:
    """The events of a stretch, in order; for None the settled ones, newest first, without imports if `one_by_one`."""
    if within is not None:
        return events.filter(pgh_id__gt=within[0], pgh_id__lte=within[1]).order_by("pgh_id")
    now = timezone.now()  # later dates, from before a clock was set back, are kept
    settled = events.exclude(pgh_created_at__range=(now - SETTLING, now))
    if not one_by_one:
        return settled.order_by("-pgh_id")
    together = Context.objects.filter(TOGETHER).values_list("pk", flat=True)
    return settled.exclude(pgh_context__in=list(together)).order_by("-pgh_id")


def _action(event: Any, *, is_public: bool, was_public: bool) -> Action:
    if event.pgh_label == DELETE or not is_public:
        return "removed"
    return "changed" if was_public else "added"
