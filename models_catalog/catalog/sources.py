"""Claims, figures and omissions taken from an article, in the order of its words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from models_catalog.models import Claim, Developer, DeveloperClaim, FigureEvidence, Located, Omission, Source

PAGE = 600
"""Findings per page: more than a newspaper article yields."""


@dataclass
class TakenWords:
    """Words of an article, with everything taken from exactly these words."""

    words: Located
    claims: list[Claim] = field(default_factory=list)
    figures: list[FigureEvidence] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    statements: list[DeveloperClaim] = field(default_factory=list)
    """Claims about developers."""


def sources() -> QuerySet[Source]:
    """The articles in order, with `claim_count`, `entry_count`, `figure_count` and `omission_count`."""
    public = Claim.objects.public().filter(entry__is_listed=True)
    return Source.objects.cited().annotate(
        claim_count=_counted(public, "pk"),
        entry_count=_counted(public, "entry"),
        figure_count=_counted(FigureEvidence.objects.all(), "figure"),
        omission_count=_counted(Omission.objects.all(), "pk"),
    )


def _counted(rows: "QuerySet[Any]", of: str) -> Coalesce:
    """Number of distinct `of` among the rows of each source. A subquery, since joins would multiply the counts."""
    own = rows.filter(source=OuterRef("pk")).order_by().values("source")
    return Coalesce(Subquery(own.annotate(n=Count(of, distinct=True)).values("n")), 0)


def places(source: Source) -> "QuerySet[Claim, tuple[int, int, str, int]]":
    """(line, start, table, id) of everything shown of the article, in order of appearance."""
    claims = Claim.objects.public().filter(source=source, entry__is_listed=True)
    tables = {
        "claim": claims,
        "figure": FigureEvidence.objects.filter(source=source),
        "statement": DeveloperClaim.objects.public().filter(
            source=source, developer__in=Developer.objects.reviewed()
        ),
    }
    rows = [_place(found, table) for table, found in tables.items()]
    omissions = _place(Omission.objects.filter(source=source), "omission")
    return omissions.union(*rows, all=True).order_by("line", "start", "table", "row")


def _place(found: "QuerySet[Any]", table: str) -> "QuerySet[Any, tuple[int, int, str, int]]":
    named = found.order_by().annotate(table=Value(table, CharField()), row=F("pk"))
    rows: QuerySet[Any, tuple[int, int, str, int]] = named.values_list("line", "start", "table", "row")
    return rows


def findings(rows: Iterable[tuple[int, int, str, int]]) -> list[TakenWords]:
    """The rows of `places` with the objects they refer to, grouped by their words."""
    ids: dict[str, list[int]] = defaultdict(list)
    places = list(rows)
    for _line, _start, table, pk in places:
        ids[table].append(pk)
    found: dict[str, dict[int, Any]] = {
        "claim": Claim.objects.public().with_related().select_related("entry").in_bulk(ids["claim"]),
        "figure": FigureEvidence.objects.select_related("figure").in_bulk(ids["figure"]),
        "omission": Omission.objects.in_bulk(ids["omission"]),
        "statement": DeveloperClaim.objects.select_related("developer", "parent").in_bulk(ids["statement"]),
    }
    gathered: dict[tuple[int, int, str], TakenWords] = {}
    for line, start, table, pk in places:
        row = found[table].get(pk)
        if row is None:  # somebody has just deleted it, or let it wait again
            continue
        finding = gathered.setdefault((line, start, row.quotation), TakenWords(row))
        getattr(finding, f"{table}s").append(row)
    return list(gathered.values())
