"""Names of the API's routes, and functions from rows to the addresses of their pages."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from models_catalog.publish.tables import (
    CLAIMS,
    EVIDENCE,
    FIGURES,
    MODELS,
    OMISSIONS,
    SECTORS,
    STATEMENTS,
    Table,
)
from models_catalog.publish.tables.table import UrlOf

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOVES: dict[str, StrOrPromise] = {
    MODELS.name: _("The entry was merged into another: see `Location`."),
    CLAIMS.name: _("The claim's entry was merged into another: see `Location`."),
    SECTORS.name: _("The industry has another slug now: see `Location`."),
}
"""Tables whose rows may move to another address, and why."""

ROOT = "api/v1/"


def path_of(table: Table) -> str:
    """The path of a table, without leading slash."""
    return f"{ROOT}{table.name}/"


def has_rows(table: Table) -> bool:
    """Whether each of its rows has an address of its own."""
    return table.key in (("slug",), CLAIMS.key)


def list_name(table: Table) -> str:
    """Name of the route of a table."""
    return f"api_{table.name.replace('-', '_')}"


def detail_name(table: Table) -> str:
    """Name of the route of a row."""
    return f"{list_name(table)}_one"


def url_builder(request: HttpRequest, table: Table) -> UrlOf:
    """A function from a row to the full address of the page that shows it; routes are resolved only once."""
    here = request.build_absolute_uri
    if table is FIGURES or table is EVIDENCE:
        market = here(reverse("market"))
        slug_of = attrgetter("figure.slug" if table is EVIDENCE else "slug")
        return lambda row: f"{market}?figure={slug_of(row)}#{slug_of(row)}"
    if table is OMISSIONS:
        source = _pattern(here(reverse("source", args=["slug"])))
        return lambda row: source(row.source.slug)
    if table is STATEMENTS:
        developer = _pattern(here(reverse("developer", args=["slug"])))
        return lambda row: f"{developer(row.developer.slug)}#{row.key}"
    if table is CLAIMS:
        entry = _pattern(here(reverse("entry", args=["slug"])))
        return lambda row: f"{entry(row.entry.slug)}#{row.key}"
    one = {MODELS.name: "entry"}.get(table.name, table.name.removesuffix("s"))
    page = _pattern(here(reverse(one, args=["slug"])))
    return lambda row: page(row.slug)


def _pattern(address: str) -> Any:
    head, _slug, tail = address.rpartition("slug")
    return lambda slug: f"{head}{slug}{tail}"
