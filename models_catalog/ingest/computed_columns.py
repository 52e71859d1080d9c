"""Columns of the registry's own files that it works out itself: what a cell says there is not read, and said if it differs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any

from models_catalog.ingest.cell_words import narrow, says_nothing
from models_catalog.ingest.known import Known
from models_catalog.models import Entry, Source
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import NUMBERS, DeveloperKind, Stage, Status
from models_catalog.text.names import fold


class Computed:
    """What the registry has in those columns for an entry whose claims are at hand."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self._columns: dict[str, Callable[[Entry], list[set[str]]]] = {
            "stage": lambda entry: [_forms(Stage(entry.stage))] if entry.stage else [],
            "developer_kinds": self._kinds,
            "sources": self._sources,
            **{f"{of}_{end}": partial(_end, of, place) for of in NUMBERS for place, end in enumerate(("low", "high"))},
            "released_earliest": lambda entry: _day(entry.released, 0), "released_latest": lambda entry: _day(entry.released, 1),
        }  # fmt: skip

    def differs(self, heading: str, words: str, entry: Entry) -> bool:
        """Whether `heading` is one of those columns and the cell says otherwise than the registry."""
        column = self._columns.get(narrow(heading).replace(" ", "_"))
        if column is None or says_nothing(words):
            return False
        said = fold(words)
        for forms in column(
            entry
        ):  # a name may hold the sign that parts names, so that the cell is not split
            form = max((one for one in forms if one and one in said), key=len, default="")
            if not form:
                return True
            said = said.replace(form, "", 1)
        return bool(said)

    def _kinds(self, entry: Entry) -> list[set[str]]:
        return [_forms(DeveloperKind(kind)) for kind in self.known.maker_kinds(entry.pk)]

    def _sources(self, entry: Entry) -> list[set[str]]:
        cited = {one.source_id for one in self.known.claims[entry.pk] if one.status == Status.ACCEPTED}
        return [self._named[source] for source in cited if source in self._named]

    @cached_property
    def _named(self) -> dict[int, set[str]]:
        return {
            source.pk: {fold(name) for name in (source.slug, source.name_zh, source.name_en)}
            for source in Source.objects.all()
        }


def _forms(word: Any) -> set[str]:
    return {fold(word.value), fold(str(word.label))}


def _end(column: str, place: int, entry: Entry) -> list[set[str]]:
    numbers = getattr(entry, column)
    ends = (None, None) if numbers is None else (interval_of(numbers).low, interval_of(numbers).high)
    return [] if ends[place] is None else [{str(ends[place])}]


def _day(days: Any, place: int) -> list[set[str]]:
    ends = [] if days is None else [days_of(days).first, days_of(days).last]
    return [{fold(ends[place].isoformat())}] if ends else []
