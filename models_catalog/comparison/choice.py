"""Which entries are compared, in which order, and the address that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

MOST = 6
"""Entries side by side; more fit no screen."""


@dataclass(frozen=True)
class Choice:
    """Slugs in order, each once; `differences` shows only the rows that differ; `past` names another state of the registry."""

    slugs: tuple[str, ...]
    differences: bool = False
    past: tuple[tuple[str, str], ...] = ()
    """The parameter that names it (`as_of`, `release`) and its value as it was typed; () for the present."""

    @property
    def is_full(self) -> bool:
        return len(self.slugs) >= MOST

    @property
    def chosen(self) -> list[tuple[str, str]]:
        """The parameters that name the set and its state, without the switch."""
        return [*(("model", slug) for slug in self.slugs), *self.past]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """All parameters of the query string, in order."""
        return [*self.chosen, ("only", "differences")] if self.differences else self.chosen

    @property
    def query(self) -> str:
        """The query string; "" for nothing chosen."""
        return urlencode(self.parameters)

    def query_within(self, asked: QueryDict) -> str:
        """`asked` with these slugs, and everything else that it says."""
        query = asked.copy()
        query.setlist("model", list(self.slugs))
        return query.urlencode()

    @property
    def url(self) -> str:
        return self.address("compare")

    def address(self, page: str) -> str:
        """The address of one of the forms of this comparison: page, csv or json."""
        return f"{reverse(page)}?{self.query}" if self.query else reverse(page)

    def adding(self, slug: str) -> Choice:
        return self.of([*self.slugs, slug])

    def without(self, slug: str) -> Choice:
        return self.of([other for other in self.slugs if other != slug])

    def replacing(self, targets: dict[str, str]) -> Choice:
        """With each slug that `targets` names as another."""
        return self.of([targets.get(slug, slug) for slug in self.slugs])

    def moving(self, slug: str, places: int) -> Choice | None:
        """With `slug` that many places to the right; None if there is no such place."""
        at = self.slugs.index(slug) + places
        if not 0 <= at < len(self.slugs):
            return None
        others = [other for other in self.slugs if other != slug]
        return self.of([*others[:at], slug, *others[at:]])

    def of(self, slugs: list[str]) -> Choice:
        """The same with these slugs, each once."""
        return replace(self, slugs=tuple(dict.fromkeys(slugs)))
