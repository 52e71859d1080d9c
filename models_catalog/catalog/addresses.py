"""Addresses derived from the request: filter chips, sortable headings, pages and neighbouring entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from models_catalog.catalog.facets import FACETS, NOT, RANGES, SUBSIDIARIES
from models_catalog.catalog.filters import SORT_LABELS, EntryFilter
from models_catalog.catalog.page import FacetGroup, PagePlace
from models_catalog.catalog.results import NamedEntry, Results, named
from models_catalog.models.entry_queryset import SORTS

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FURTHEST = 2_000
"""Rows searched for an entry's position; entries further down get no neighbours."""


@dataclass(frozen=True)
class Neighbours:
    """An entry's position in a list (`place`, from 1), with the entries before and after it."""

    place: int
    total: int
    previous: NamedEntry | None
    next: NamedEntry | None


def neighbours(pk: int, result: Results) -> Neighbours | None:
    """The neighbours of an entry; None if it is not among the first FURTHEST + 1 rows or `result` has fewer than two."""
    ids = result.page(0, FURTHEST + 1)
    if pk not in ids or len(ids) < 2:
        return None
    place = ids.index(pk)
    beside = {offset: ids[place + offset] for offset in (-1, 1) if 0 <= place + offset < len(ids)}
    found = named(beside.values())
    total = len(ids) if len(ids) <= FURTHEST else result.total()
    return Neighbours(place + 1, total, *(found.get(beside.get(offset, 0)) for offset in (-1, 1)))


class Told404(Http404):
    """A 404 with a message for the reader; `links` are pairs of address and link text."""

    def __init__(
        self, told: str, link: tuple[str, str] | None = None, *, links: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(told)
        self.links = [link] if link else list(links)


TYPED = ("q", *(name for one in RANGES.values() for name in (one.low, one.high)))


class Addresses:
    """Addresses derived from a query. A changed filter leads to the first page."""

    def __init__(self, query: QueryDict) -> None:
        self._query = query.copy()
        self._query.pop("page", None)
        for name in [name for name in self._query if self._query.getlist(name) == [""]]:
            del self._query[name]
        for name in FACETS.keys() & self._query.keys():
            self._query.setlist(name, [FACETS[name].current(value) for value in self._query.getlist(name)])

    @property
    def here(self) -> str:
        """The query without its page number and empty parameters."""
        return self._query.urlencode()

    @property
    def rows(self) -> str:
        """The query that selects the rows, for files, charts, feeds and citations."""
        return self.without("hide")[1:]

    def with_value(self, name: str, value: str | int) -> str:
        """`?…` with `name` set to `value` only."""
        query = self._query.copy()
        query[name] = str(value)
        return f"?{query.urlencode()}"

    def without(self, name: str, value: str = "") -> str:
        """`?…` without `value` of `name`, or without `name` altogether; `?` alone is the address without a query."""
        query = self._query.copy()
        others = [one for one in query.pop(name, []) if value and one != value]
        if others:
            query.setlist(name, others)
        return f"?{query.urlencode()}"

    def excluding(self, name: str, value: str) -> str:
        """`?…` with the chosen `value` of a facet excluded; "" if it is excluded already."""
        if value.startswith(NOT):
            return ""
        query = self._query.copy()
        query.setlist(name, [NOT + one if one == value else one for one in query.getlist(name)])
        return f"?{query.urlencode()}"


@dataclass(frozen=True)
class Chip:
    """One selected value. `count` is the number of entries without it, or None if that was not counted."""

    name: str
    value: str
    heading: StrOrPromise
    label: StrOrPromise
    addresses: Addresses
    count: int | None = None

    @property
    def address(self) -> str:
        """The address without it."""
        return self.addresses.without(self.name, self.value if self.name in FACETS else "")

    @property
    def excluding(self) -> str:
        """The address that excludes it instead; "" if there is none."""
        return self.addresses.excluding(self.name, self.value) if self.name in FACETS else ""


def chips_of(catalog: EntryFilter, groups: Iterable[FacetGroup], addresses: Addresses) -> list[Chip]:
    """A chip for every parameter that narrows the list, in the order of the form."""
    labels = {
        (group.name, value.value): value.label for group in groups for value in (*group.shown, *group.cut)
    }
    return [Chip(*one, addresses) for one in _chosen(catalog, labels)]


def _chosen(
    catalog: EntryFilter, labels: Mapping[tuple[str, str], StrOrPromise]
) -> Iterator[tuple[str, str, StrOrPromise, StrOrPromise]]:
    chosen = catalog.chosen
    for name in (*TYPED[:1], *FACETS, *TYPED[1:]):
        heading = catalog.filters[name].label
        if name in FACETS:
            for value in chosen.get(name, []):
                yield name, value, heading, labels.get((name, value), value)
        elif name in chosen:
            typed = catalog.data[name].strip()
            yield name, typed, heading, typed
    if chosen.get("certainty") == "certain":
        yield "certainty", "certain", _("Ranges"), _("certainly in the range")
    if chosen.get(SUBSIDIARIES):
        yield SUBSIDIARIES, "1", _("Subsidiaries"), _("included")
    if chosen.get("include_unstated"):
        yield "include_unstated", "1", _("Not stated"), _("included")


@dataclass(frozen=True)
class SortHeading:
    """Heading of a sortable column: its address, and the direction in which the list is sorted by it now."""

    name: str
    heading: StrOrPromise
    address: str
    direction: Literal["", "ascending", "descending"]


LARGEST_FIRST = (*RANGES, "stage")


def sort_headings(catalog: EntryFilter, addresses: Addresses) -> dict[str, SortHeading]:
    """A heading for every sort. Following it sorts by its column; following it again reverses the order."""
    default = "" if catalog.chosen.get("q") else "name"
    now = catalog.chosen.get("sort") or default
    headings = {}
    for name in SORTS:
        first, second = (f"-{name}", name) if name in LARGEST_FIRST else (name, f"-{name}")
        direction: Literal["", "ascending", "descending"] = ""
        if now.removeprefix("-") == name:
            direction = "descending" if now.startswith("-") else "ascending"
        address = addresses.with_value("sort", second if now == first else first)
        headings[name] = SortHeading(name, str(SORT_LABELS[name]), address, direction)
    return headings


def sort_choices() -> list[tuple[str, str]]:
    """Every sort but the default as (value, label), for a select."""
    rising, falling = _("%(column)s, ascending"), _("%(column)s, falling")
    return [
        (f"{sign}{name}", words % {"column": label})
        for name, label in SORT_LABELS.items()
        for sign, words in (("", rising), ("-", falling))
    ]


@dataclass(frozen=True)
class PageAddresses:
    """Addresses of the pages around the current one. `near` is (page number, address), None for a gap."""

    previous: str
    next: str
    near: list[tuple[int | None, str]]


def page_addresses(page: PagePlace, addresses: Addresses) -> PageAddresses:
    def address(number: int) -> str:
        return addresses.with_value("page", number) if number > 1 else addresses.without("page")

    return PageAddresses(
        address(page.number - 1),
        address(page.number + 1),
        [(number, address(number) if number else "") for number in page.near],
    )
