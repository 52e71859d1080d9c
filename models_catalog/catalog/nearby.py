"""Entries that a reader of one may want next: by the same developer, of the same size class, for the same industry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import connections
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from models_catalog.catalog.index.current import shown_state
from models_catalog.catalog.results import NamedEntry, first_of, named
from models_catalog.models import Developer, Entry, Sector
from models_catalog.models.ranges import interval_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 5
"""Entries of a group that are shown; the others are in the catalog."""

Nearby = list[tuple["StrOrPromise", list[NamedEntry], str]]
"""Groups of entries: heading, the first few and one more if there are others, the query of the catalog for all; "" for none."""


_FAMILY = """
SELECT entry.id, ARRAY(
    SELECT id FROM models_catalog_entry WHERE parent_id = entry.id
    UNION SELECT id FROM models_catalog_entry WHERE parent_id = entry.parent_id
    UNION SELECT below.id FROM models_catalog_entry member JOIN models_catalog_entry below ON below.parent_id = member.id
          WHERE member.parent_id = entry.id
    UNION SELECT parent_id FROM models_catalog_claim
          WHERE entry_id = entry.id AND parent_id IS NOT NULL AND status IN ('accepted', 'disputed')
    ORDER BY 1
) FROM models_catalog_entry entry WHERE entry.slug = %s AND entry.is_listed
"""


def family_of(slug: str) -> tuple[int, tuple[int, ...]] | None:
    """The id of the listed entry with this slug, and those of the entries below and beside it and of those that it is
    said to be part of, listed or not; None if there is none.
    """
    with connections[Entry.objects.db].cursor() as cursor:
        cursor.execute(_FAMILY, [slug])
        row = cursor.fetchone()
    return (row[0], tuple(row[1])) if row else None


def alike(entry: Entry) -> tuple[str, str, str]:
    """What entries near this one share with it, as text: developers, the least of its power of ten ("" for none), sectors."""
    makers, sectors = (",".join(slugs) for slugs in _named_by(entry))
    return makers, _power_of_ten(entry), sectors


def _named_by(entry: Entry) -> list[list[str]]:
    """The slugs of its developers and of its sectors: of a page of the present from memory."""
    state = shown_state()
    row = int(np.searchsorted(state.ids, entry.pk)) if state else 0
    if (
        state is None or row == len(state.ids) or state.ids[row] != entry.pk
    ):  # another state, or it has just come in
        return [list(rows.values_list("slug", flat=True)) for rows in (entry.developers, entry.sectors)]
    known: list[tuple[str, Mapping[int, Developer | Sector]]] = [
        ("developer", state.references.developers),
        ("sector", state.references.sectors),
    ]
    held = {name: state.columns[name].values.parsed[state.columns[name].codes[row]] for name, _rows in known}
    return [[one.slug for pk, one in rows.items() if str(pk) in held[name]] for name, rows in known]


def nearby(pk: int, makers: str, least: str, sectors: str) -> Nearby:
    """The groups of entries that share something with the entry `pk` (`alike`), each as the catalog finds it."""
    shared = {"developer": makers, "sector": sectors}
    slugs = {name: text.split(",") for name, text in shared.items() if text}
    groups: list[tuple[StrOrPromise, dict[str, Any]]] = [
        (_("By the same developer"), {"developer": slugs.get("developer", [])}),
        (_("Of the same size class"), _size_class(least)),
        (_("For the same industry"), {"sector": slugs.get("sector", [])}),
    ]
    found = [(heading, _others(pk, chosen), chosen) for heading, chosen in groups if any(chosen.values())]
    names = named([one for _heading, ids, _chosen in found for one in ids])
    return [
        (heading, [names[one] for one in ids if one in names], _query(chosen))
        for heading, ids, chosen in found
        if ids
    ]


def _others(pk: int, chosen: dict[str, Any]) -> list[int]:
    return [one for one in first_of(chosen, MOST + 2) if one != pk][: MOST + 1]


def _query(chosen: dict[str, Any]) -> str:
    return "" if "certainty" in chosen else urlencode(chosen, doseq=True)


def _power_of_ten(entry: Entry) -> str:
    """The least number of as many digits as both ends of the entry's size; "" where they differ."""
    size = interval_of(entry.parameters) if entry.parameters else None
    if size is None or size.low is None or size.high is None or len(str(size.low)) != len(str(size.high)):
        return ""
    return str(10 ** (len(str(size.low)) - 1))


def _size_class(least: str) -> dict[str, Any]:
    """The filter for sizes that certainly have as many digits."""
    low = int(least or 0)
    return {"parameters_min": low, "parameters_max": low * 10 - 1, "certainty": "certain"} if low else {}
