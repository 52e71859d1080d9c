"""Previews decisions on claims: computes the entry columns from the claims, in one query and without writing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from models_catalog.claims.judge import judge, rivals_of
from models_catalog.claims.settle import settled_values
from models_catalog.fields.columns import columns_text, entry_text
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Status, Verdict


@dataclass(frozen=True)
class Effect:
    """One column before and after; "" for not stated."""

    heading: str
    before: str
    after: str


def effect_of(entry: Entry, act: Callable[[], object]) -> list[Effect]:
    """The columns of `entry` that `act` would change. `act` is rolled back; its exceptions are passed on."""
    before = entry_text(entry)
    with transaction.atomic():
        act()
        after = entry_text(entry)
        transaction.set_rollback(True)
    return differences(before, after)


def differences(before: dict[str, str], after: dict[str, str]) -> list[Effect]:
    """The columns whose texts differ."""
    return [
        Effect(heading, before[heading], after[heading])
        for heading in before
        if before[heading] != after[heading]
    ]


@dataclass(frozen=True)
class Foreseen:
    """The changes to the columns of one entry; `effects` is empty if there are none."""

    entry: Entry
    effects: list[Effect]


@dataclass(frozen=True)
class Prospect:
    """The effects of accepting a claim, and the further ones of preferring it to the `rival` that fills its column."""

    accepted: list[Effect]
    preferred: list[Effect]
    rival: Claim | None


def foresee(claims: Sequence[Claim], verdict: Verdict) -> list[Foreseen]:
    """The effects of `verdict` on all `claims` together, by entry."""
    entries = {claim.entry_id: claim.entry for claim in claims}
    return [
        Foreseen(entries[pk], _effects(entries[pk], rows, {c.pk for c in claims}, verdict))
        for pk, rows in ledgers(claims).items()
    ]


def prospects(claims: Sequence[Claim]) -> dict[int, Prospect]:
    """Claim id → the effects of accepting this claim alone."""
    rows = ledgers(claims)
    return {claim.pk: _prospect(claim, rows[claim.entry_id]) for claim in claims}


def ledgers(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    """Entry id → its accepted claims and those in `claims`, in the order in which they are settled."""
    chosen = list(claims)
    found: dict[int, list[Claim]] = defaultdict(list)
    wanted = Q(pk__in=[claim.pk for claim in chosen])
    wanted |= Q(entry__in={claim.entry_id for claim in chosen}, status=Status.ACCEPTED)
    rows = Claim.objects.filter(wanted).select_related("developer", "sector", "parent")
    for row in rows.order_by("entry", "field", "position", "pk"):
        found[row.entry_id].append(row)
    return found


def _prospect(claim: Claim, ledger: list[Claim]) -> Prospect:
    rival = next(iter(rivals_of(claim, ledger)), None)
    accepted = _effects(claim.entry, ledger, {claim.pk}, Verdict.ACCEPT)
    preferred = _effects(claim.entry, ledger, {claim.pk}, Verdict.PREFER) if rival else []
    return Prospect(accepted, [one for one in preferred if one not in accepted], rival)


def _effects(entry: Entry, ledger: list[Claim], chosen: Collection[int], verdict: Verdict) -> list[Effect]:
    return differences(settled_text(entry, ledger), settled_text(entry, judge(ledger, chosen, verdict)))


def settled_text(entry: Entry, ledger: list[Claim]) -> dict[str, str]:
    """The texts of the entry's columns after settling `ledger`."""
    claims = [claim for claim in ledger if claim.status == Status.ACCEPTED]
    settled = settled_values(entry, claims)
    then = copy(entry)
    for column, value in settled.columns.items():
        setattr(then, column, value)
    developers = {claim.developer_id: claim.developer for claim in claims if claim.developer}
    sectors = {claim.sector_id: claim.sector for claim in claims if claim.sector}
    return columns_text(
        then,
        {claim.parent.pk: claim.parent.label for claim in claims if claim.parent},
        [developers[pk] for pk in settled.developers],
        sorted(sectors.values(), key=lambda sector: (sector.position, sector.slug)),
        len({claim.source_id for claim in claims if claim.source_id and claim.is_told}),
    )
