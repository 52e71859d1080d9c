"""Writes entry columns from accepted claims, in one transaction. Nothing else writes them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from models_catalog.claims.bases import bases_of
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.settle_sets import members, write_set, write_sources
from models_catalog.fields.surfaces import surface
from models_catalog.models import Claim, Developer, Entry, EntryDeveloper, SearchKey
from models_catalog.models.vocabulary import (
    WITHOUT_CATEGORY,
    Answer,
    EventKind,
    Field,
    NameKind,
    Shape,
    Stage,
)
from models_catalog.text import names


def leads_to(parents: Mapping[int, int | None], start: int, goal: int) -> bool:
    """Whether `goal` is `start` or one of its ancestors; `parents` may contain cycles elsewhere."""
    above: int | None = start
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == goal:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


BATCH = 500
"""Entries settled at once, to bound the memory of a large import."""


_SHOWN = (NameKind.ZH, NameKind.EN)


@dataclass
class Settled:
    """The values that result from the accepted claims of one entry."""

    columns: dict[str, Any]
    developers: dict[int, str] = field(default_factory=dict)
    """Developer id → the name as written, in order."""
    sectors: set[int] = field(default_factory=set)


def settle(entries: Iterable[Entry], *, with_search_keys: bool = True) -> None:
    """Update the columns of `entries` from their accepted claims. Writes only differences.

    Raises `NotAllowed` if that makes an entry part of itself.
    """
    ids = sorted(entry.pk for entry in entries)
    for first in range(0, len(ids), BATCH):
        _settle_batch(ids[first : first + BATCH], with_search_keys)


@transaction.atomic
def _settle_batch(ids: list[int], with_search_keys: bool) -> None:
    entries = {
        entry.pk: entry for entry in Entry.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    claims: dict[int, list[Claim]] = {pk: [] for pk in entries}
    accepted = Claim.objects.accepted().filter(entry__in=ids)
    for claim in accepted.select_related("developer", "sector").order_by("entry", "field", "position", "pk"):
        claims[claim.entry_id].append(claim)
    settled = {pk: settled_values(entry, claims[pk]) for pk, entry in entries.items()}
    turned = _write_columns(entries, settled)
    _write_developers(settled)
    write_set(Entry.sectors.through, "sector_id", {pk: value.sectors for pk, value in settled.items()})
    write_sources(entries.keys() | members(turned))
    if with_search_keys:
        _write_search_keys(claims)


def settled_values(entry: Entry, claims: Sequence[Claim]) -> Settled:
    """The values that result from `claims`, the accepted ones of `entry` in order. Runs no query."""
    developers: dict[int, str] = {}
    for claim in claims:
        if claim.field == Field.DEVELOPER and claim.developer_id:
            developers.setdefault(claim.developer_id, claim.stated)
    columns = _names(entry, claims) | _values(claims)
    return Settled(
        columns={**columns, "bases": bases_of(claims, columns)},
        developers=developers,
        sectors={c.sector_id for c in claims if c.sector_id},
    )


def _names(entry: Entry, claims: Sequence[Claim]) -> dict[str, Any]:
    shown = {c.token: c.text for c in reversed(claims) if c.field == Field.NAME and c.token in _SHOWN}
    shown |= {c.token: c.text for c in claims if c.field == Field.NAME and c.preferred}
    name_zh = shown.get(NameKind.ZH, "")
    return {
        "is_listed": bool(name_zh) and entry.merged_into_id is None,
        "name_zh": name_zh,
        "name_en": shown.get(NameKind.EN, ""),
        "aliases": list(dict.fromkeys(_aliases(claims, shown.values()))),
        **names.sort_keys(name_zh, shown.get(NameKind.EN, "")),
    }


def _values(claims: Sequence[Claim]) -> dict[str, Any]:
    preferred = {claim.field: claim for claim in claims if claim.preferred}
    columns: dict[str, Any] = {}
    for of in Field:
        if settled := _SETTLED.get(of.shape):
            columns |= settled(of, preferred.get(of), claims)
    by_kind = {Field.CATEGORY.value} if columns["kind"] in WITHOUT_CATEGORY else set()
    return {
        **columns,
        "category": "" if by_kind else columns["category"],
        "undisclosed": _fields_answered(claims, Answer.UNDISCLOSED),
        "not_applicable": sorted({*_fields_answered(claims, Answer.NOT_APPLICABLE), *by_kind}),
    }


def _word(of: Field, chosen: Claim | None, _claims: Sequence[Claim]) -> dict[str, Any]:
    return {of.entry_column: chosen.token if chosen else ""}


def _words(of: Field, _chosen: Claim | None, claims: Sequence[Claim]) -> dict[str, Any]:
    return {of.entry_column: list(dict.fromkeys(c.token for c in claims if c.field == of and c.token))}


def _links(of: Field, _chosen: Claim | None, claims: Sequence[Claim]) -> dict[str, Any]:
    links = (f"{c.token} {c.text}" for c in claims if c.field == of and c.text)
    return {of.entry_column: list(dict.fromkeys(links))}


def _number(of: Field, chosen: Claim | None, _claims: Sequence[Claim]) -> dict[str, Any]:
    """The number, and the words that state it."""
    number, stated = (chosen.number, chosen.stated) if chosen else (None, "")
    return {of.entry_column: number, f"{of.entry_column}_stated": stated}


def _parent(_of: Field, chosen: Claim | None, _claims: Sequence[Claim]) -> dict[str, Any]:
    return {"parent_id": chosen.parent_id if chosen else None}


def _events(_of: Field, chosen: Claim | None, claims: Sequence[Claim]) -> dict[str, Any]:
    """The days of the preferred release, and the stage reached by all events together."""
    days, stated = (chosen.days, chosen.stated) if chosen and chosen.days else (None, "")
    return {"released": days, "released_stated": stated, "stage": _stage(claims)}


_Settle = Callable[[Field, Claim | None, Sequence[Claim]], dict[str, Any]]
_SETTLED: Mapping[Shape, _Settle | None] = surface(
    "settle: from claims to columns",
    {
        Shape.WORD: _word,
        Shape.WORDS: _words,
        Shape.LINKS: _links,
        Shape.NUMBER: _number,
        Shape.PARENT: _parent,
        Shape.EVENTS: _events,
        Shape.ROWS: None,
    },
)
"""Shape → function from the field, its preferred claim and all claims to columns. Rows have tables of their own."""


def _aliases(claims: Iterable[Claim], shown: Collection[str]) -> Iterator[str]:
    """Names other than those shown, without corrupted forms, which are only searchable."""
    for claim in claims:
        if claim.field == Field.NAME and claim.token != NameKind.CORRUPTED and claim.text not in shown:
            yield claim.text


def _stage(claims: Iterable[Claim]) -> str:
    order = list(Stage)
    reached = [stage for claim in claims if claim.event and (stage := EventKind(claim.event).stage)]
    return max(reached, key=order.index).value if reached else ""


def _fields_answered(claims: Iterable[Claim], answer: Answer) -> list[str]:
    return sorted({claim.field for claim in claims if claim.answer == answer})


def _search_keys(claims: Iterable[Claim]) -> Iterator[tuple[int, str, str]]:
    """(Tier, text, key): dear to work out, of the pinyin of each name."""
    for claim in claims:
        if claim.field == Field.NAME:
            tier = SearchKey.Tier.NAME if claim.token in _SHOWN else SearchKey.Tier.ALIAS
            yield from _keys_of(tier, claim.text)
        elif claim.developer:
            for name in developer_names(claim.developer):
                yield from _keys_of(SearchKey.Tier.DEVELOPER, name)


def developer_names(developer: Developer) -> list[str]:
    """Every name by which a developer may be searched."""
    return [name for name in (developer.name_zh, developer.name_en, *developer.aliases) if name]


def _keys_of(tier: SearchKey.Tier, name: str) -> Iterator[tuple[int, str, str]]:
    for key in names.every_key(name):
        yield (tier.value, name, key)


def _write_columns(entries: dict[int, Entry], settled: dict[int, Settled]) -> list[int]:
    """Return the entries that readers see from now on, or no more."""
    changed, moved = [], []
    turned = [pk for pk, entry in entries.items() if entry.is_listed != settled[pk].columns["is_listed"]]
    for pk, entry in entries.items():
        columns = settled[pk].columns
        if any(getattr(entry, column) != value for column, value in columns.items()):
            if columns["parent_id"] not in (None, entry.parent_id):
                moved.append(entry)
            for column, value in columns.items():
                setattr(entry, column, value)
            changed.append(entry)
    if changed:
        fields = [column.removesuffix("_id") for column in settled[changed[0].pk].columns]
        # An upsert of existing rows: ten times as fast as bulk_update with its CASE for every value.
        Entry.objects.bulk_create(changed, update_conflicts=True, unique_fields=["id"], update_fields=fields)
    _refuse_circles(moved)
    return turned


def _refuse_circles(moved: Sequence[Entry]) -> None:
    """Raise `NotAllowed` if one of `moved`, whose parents are new, is its own ancestor. One query per generation."""
    parents = {entry.pk: entry.parent_id for entry in moved}
    while missing := {pk for pk in parents.values() if pk} - parents.keys():
        found = dict(Entry.objects.filter(pk__in=missing).values_list("pk", "parent"))
        parents |= dict.fromkeys(missing) | found
    for entry in moved:
        if entry.parent_id and leads_to(parents, entry.parent_id, entry.pk):
            told = {"member": entry.parent, "above": entry}
            raise NotAllowed(
                _("%(member)s is part of %(above)s, by a claim on “Part of”: put that right first.") % told
            )


def _write_developers(settled: dict[int, Settled]) -> None:
    """Delete, update and insert only the rows that differ."""
    current = {
        (row.entry_id, row.developer_id): row for row in EntryDeveloper.objects.filter(entry__in=settled)
    }
    wanted = {
        (pk, dev): (place, name)
        for pk, value in settled.items()
        for place, (dev, name) in enumerate(value.developers.items(), start=1)
    }
    EntryDeveloper.objects.filter(pk__in=[current[key].pk for key in current.keys() - wanted.keys()]).delete()
    moved: list[EntryDeveloper] = []
    added: list[EntryDeveloper] = []
    for (pk, dev), (place, name) in wanted.items():
        row = current.get((pk, dev)) or EntryDeveloper(entry_id=pk, developer_id=dev)
        if (row.position, row.name_as_written) != (place, name):
            row.position, row.name_as_written = place, name
            (moved if row.pk else added).append(row)
    EntryDeveloper.objects.bulk_update(moved, ["position", "name_as_written"])
    EntryDeveloper.objects.bulk_create(added)


def _write_search_keys(claims: Mapping[int, Iterable[Claim]]) -> None:
    current = {
        (row.entry_id, row.tier, row.text, row.key): row.pk
        for row in SearchKey.objects.filter(entry__in=claims)
    }
    wanted = {(pk, *key) for pk, some in claims.items() for key in _search_keys(some)}
    SearchKey.objects.filter(pk__in=[current[row] for row in current.keys() - wanted]).delete()
    SearchKey.objects.bulk_create(
        SearchKey(entry_id=pk, tier=tier, text=text, key=key)
        for pk, tier, text, key in sorted(wanted - current.keys())
    )
