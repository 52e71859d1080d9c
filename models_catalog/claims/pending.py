"""Undecided claims: names to show and search meanwhile, and the dashboard of the curation site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, reduce
from operator import and_
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from models_catalog.claims.reports import reports_waiting
from models_catalog.models import Claim, ClaimEvent, Entry, ImportBatch, SearchKey
from models_catalog.models.search_terms import search_words
from models_catalog.models.vocabulary import Field
from models_catalog.text import names


def call_by_waiting_names(entries: Iterable[Entry | None]) -> None:
    """Set `waiting_name` of nameless `entries` to their first proposed name. At most one query."""
    nameless = [entry for entry in entries if entry and not (entry.name_zh or entry.name_en)]
    if not nameless:
        return
    names = Claim.objects.proposed().filter(field=Field.NAME, entry__in={entry.pk for entry in nameless})
    first = dict(names.order_by("-position", "-pk").values_list("entry", "text"))
    for entry in nameless:
        entry.waiting_name = first.get(entry.pk, "")


_REMEMBERED = 16_384
"""Size of the cache of folded names: the same names are proposed for days."""

_fold = lru_cache(maxsize=_REMEMBERED)(names.fold)


def found_waiting(term: str) -> Q:
    """Condition on entries whose undecided names match `term`, as a whole or word by word. One query.

    Word by word, accepted names may match some of the words.
    """
    words = search_words(term)
    if not words:
        return Q(pk__in=())
    whole = "".join(words)
    hits = _hits({whole, *words})
    found = Q(pk__in=hits[whole])
    if len(words) > 1 and any(hits[word] for word in words):
        standing = SearchKey.objects.all()
        found |= reduce(
            and_,
            (
                Q(pk__in=hits[word]) | Q(pk__in=standing.holding_word(word).order_by().values("entry"))
                for word in words
            ),
        )
    return found


def _hits(words: set[str]) -> dict[str, set[int]]:
    """Folded word → ids of entries with an undecided name that contains it, in any way of typing."""
    found: dict[str, set[int]] = {word: set() for word in words}
    is_spelt = any(word.isascii() for word in words)
    for entry, name in _waiting_names():
        keys = names.every_key(name) if is_spelt else {_fold(name)}
        for word in words:
            if any(word in key for key in keys):
                found[word].add(entry)
    return found


def _waiting_names() -> Iterator[tuple[int, str]]:
    """Pairs of entry id and undecided name, of the entry or of its developer."""
    rows = Claim.objects.undecided().filter(field__in=[Field.NAME, Field.DEVELOPER]).order_by()
    columns = ("entry_id", "text", "developer__name_zh", "developer__name_en", "developer__aliases")
    for entry, *own, aliases in rows.values_list(*columns).iterator():
        yield from ((entry, name) for name in (*own, *(aliases or ())) if name)


LAST_CHANGES = 12


@dataclass(frozen=True)
class FieldCoverage:
    """The number of listed entries with a known value of a field."""

    field: Field
    known: int
    total: int

    @property
    def missing(self) -> int:
        return self.total - self.known

    @property
    def percent(self) -> int:
        return round(100 * self.known / self.total) if self.total else 0


@dataclass(frozen=True)
class Dashboard:
    waiting: int
    waiting_week: int
    """How many of these have been waiting for more than a week, and for more than a month."""
    waiting_month: int
    reports: int
    listed: int
    single_source: int
    coverage: list[FieldCoverage]
    changes: list[Any]
    last_import: ImportBatch | None
    """The import that was applied last and is in force."""

    @property
    def emptiest(self) -> FieldCoverage | None:
        """The field that the fewest entries have; None if every entry has every field."""
        least = min(self.coverage, key=lambda one: one.known)
        return least if least.missing else None


def dashboard() -> Dashboard:
    """The figures of the curation site's index page, in eight queries."""
    listed = Entry.objects.listed()
    total = listed.count()
    accepted = Claim.objects.accepted().filter(entry__is_listed=True).order_by()
    known = dict(accepted.values_list("field").annotate(n=Count("entry", distinct=True)))
    lonely = listed.annotate(n=Count("sources")).filter(n__lt=2).count()
    last = ClaimEvent.objects.select_related("pgh_context", "entry").order_by("-pgh_id")
    changes = list(last[:LAST_CHANGES])
    call_by_waiting_names(change.entry for change in changes)
    now = timezone.now()
    waiting = Claim.objects.proposed().aggregate(
        waiting=Count("pk"),
        **{
            name: Count("pk", filter=Q(created_at__lte=now - timedelta(days=days)))
            for name, days in (("waiting_week", 7), ("waiting_month", 30))
        },
    )
    applied = ImportBatch.objects.filter(state=ImportBatch.State.APPLIED).defer("text", "rows", "made")
    return Dashboard(
        **waiting,
        reports=reports_waiting(),
        listed=total,
        single_source=lonely,
        coverage=[FieldCoverage(field, known.get(field.value, 0), total) for field in Field],
        changes=changes,
        last_import=applied.order_by("-applied_at", "-pk").first(),
    )
