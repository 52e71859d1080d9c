"""Entries of a comparison with their claims, in the same number of queries for two as for six."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.named import entries_like, entries_named
from models_catalog.catalog.results import best_found, reader_of
from models_catalog.compare.rows import ComparedRow, Subject, rows_of
from models_catalog.models import Claim, Developer, DeveloperClaim, Entry, Sector
from models_catalog.models.claim import by_field
from models_catalog.models.entry_queryset import EntryQuerySet
from models_catalog.models.labels import name_order
from models_catalog.models.vocabulary import Status

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST_HITS = 10
EXAMPLES = 4


@dataclass(frozen=True)
class FoundSubjects:
    """The result of looking up slugs or names, each list in the requested order."""

    listed: Sequence[Entry]
    merged: dict[str, str]
    """Slug of a merged entry → slug of the kept one; name of an entry → its slug."""
    unknown: Sequence[str]


def find(slugs: Sequence[str]) -> FoundSubjects:
    entries = {e.slug: e for e in Entry.objects.select_related("merged_into").filter(slug__in=slugs)}
    listed = [entries[slug] for slug in slugs if slug in entries and entries[slug].is_listed]
    merged = {
        slug: entry.merged_into.slug
        for slug, entry in entries.items()
        if entry.merged_into and entry.merged_into.is_listed
    }
    for name in dict.fromkeys(slugs):
        if name not in entries and len(named := entries_named(name)) == 1:
            merged[name] = named[0].slug
    known = {entry.slug for entry in listed} | merged.keys()
    return FoundSubjects(listed, merged, [slug for slug in slugs if slug not in known])


def comparison(entries: Sequence[Entry]) -> list[ComparedRow]:
    """The rows of `entries` side by side."""
    prefetch_related_objects(list(entries), "sources")
    claims: dict[int, list[Claim]] = defaultdict(list)
    told = DeveloperClaim.objects.public().select_related("source", "parent").order_by("pk")
    public = Claim.objects.public().with_related().filter(entry__in=entries).order_by("position", "pk")
    for claim in public.select_related("developer__parent").prefetch_related(
        Prefetch("developer__statements", told)
    ):
        claims[claim.entry_id].append(claim)
    members: dict[int | None, list[Entry]] = defaultdict(list)
    for member in Entry.objects.listed().filter(parent__in=entries).order_by(name_order(), "slug"):
        members[member.parent_id].append(member)
    return rows_of([Subject(entry, by_field(claims[entry.pk]), members[entry.pk]) for entry in entries])


def family_ids(entries: Sequence[int]) -> list[int]:
    """The ids of the entries that are part of one of these, or that one of these is said to be part of, listed or not."""
    said = Claim.objects.filter(entry__in=entries, status__in=(Status.ACCEPTED, Status.DISPUTED))
    found = Entry.objects.filter(Q(parent__in=entries) | Q(pk__in=said.values("parent_id"))).order_by("pk")
    return list(found.values_list("pk", flat=True))


def examples() -> list[tuple[StrOrPromise, list[Entry]]]:
    """Up to four sets worth comparing, each of two entries or more: heading and entries."""
    listed = Entry.objects.listed()
    sector = Sector.objects.filter(pk=_busiest("sectors")).first()
    maker = Developer.objects.filter(pk=_busiest("developers")).first()
    sets: list[tuple[StrOrPromise, EntryQuerySet]] = [
        (_("The largest"), listed.filter(parameters__isnull=False).sorted_by("-parameters")),
        (_("The latest releases"), listed.filter(released__isnull=False).sorted_by("-released")),
        (sector.label if sector else "", listed.filter(sectors=sector).sorted_by("-parameters")),
        (maker.label if maker else "", listed.filter(developers=maker).sorted_by("-parameters")),
    ]
    found = [(heading, list(rows[:EXAMPLES])) for heading, rows in sets if heading]
    return [one for one in found if len(one[1]) > 1]


def _busiest(column: str) -> int:
    """The id of the related row that most listed entries have; 0 for none. Counted by id alone: the past has no keys to group by."""
    related = Entry.objects.listed().exclude(**{column: None}).order_by().values_list(column)
    first = related.annotate(n=Count("pk")).order_by("-n", column).first()
    return int(first[0]) if first else 0


def hits(q: str, leaving_out: Sequence[str] = ()) -> list[Entry]:
    """The best entries for a search, without those in `leaving_out`."""
    found = best_found(reader_of(q).read().terms, MOST_HITS + len(leaving_out))
    if not found:  # mistyped, perhaps
        found = list(Entry.objects.filter(pk__in=[entry.pk for entry in entries_like(q)]).sorted_by("name"))
    kept = [entry for entry in found if entry.slug not in leaving_out][:MOST_HITS]
    prefetch_related_objects(kept, "developers")
    return kept
