"""What was taken from an article, and what was left out, in the order in which the words stand there."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value

from models_catalog.models import Claim, DeveloperClaim, FigureEvidence, Located, Omission, Source
from models_catalog.models.vocabulary import Status

PAGE = 600
"""Findings on one page: more than an article of a newspaper yields."""

_PUBLIC = Q(claims__status__in=[Status.ACCEPTED, Status.DISPUTED], claims__entry__is_listed=True)


@dataclass
class Finding:
    """Some words of the article, with everything that was taken from just these words."""

    words: Located
    claims: list[Claim] = field(default_factory=list)
    figures: list[FigureEvidence] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    statements: list[DeveloperClaim] = field(default_factory=list)
    """About developers."""


def sources() -> QuerySet[Source]:
    """The articles in their order, with what was taken from each as `claim_count`, `entry_count` and left out."""
    return Source.objects.cited().annotate(
        claim_count=Count("claims", filter=_PUBLIC, distinct=True),
        entry_count=Count("claims__entry", filter=_PUBLIC, distinct=True),
        figure_count=Count("figureevidences__figure", distinct=True),
        omission_count=Count("omissions", distinct=True),
    )


def places(source: Source) -> "QuerySet[Claim, tuple[int, int, str, int]]":
    """(line, start, table, id) of all that is shown of the article, in order of appearance."""
    claims = Claim.objects.public().filter(source=source, entry__is_listed=True)
    tables = {
        "claim": claims,
        "figure": FigureEvidence.objects.filter(source=source),
        "statement": DeveloperClaim.objects.public().filter(source=source),
    }
    rows = [_place(found, table) for table, found in tables.items()]
    omissions = _place(Omission.objects.filter(source=source), "omission")
    return omissions.union(*rows, all=True).order_by("line", "start", "table", "row")


def _place(found: "QuerySet[Any]", table: str) -> "QuerySet[Any, tuple[int, int, str, int]]":
    named = found.order_by().annotate(table=Value(table, CharField()), row=F("pk"))
    rows: QuerySet[Any, tuple[int, int, str, int]] = named.values_list("line", "start", "table", "row")
    return rows


def findings(rows: Iterable[tuple[int, int, str, int]]) -> list[Finding]:
    """The rows of `places` with what they point at, gathered by the words."""
    ids: dict[str, list[int]] = defaultdict(list)
    places = list(rows)
    for _line, _start, table, pk in places:
        ids[table].append(pk)
    found: dict[str, dict[int, Any]] = {
        "claim": Claim.objects.with_related().select_related("entry").in_bulk(ids["claim"]),
        "figure": FigureEvidence.objects.select_related("figure").in_bulk(ids["figure"]),
        "omission": Omission.objects.in_bulk(ids["omission"]),
        "statement": DeveloperClaim.objects.select_related("developer", "parent").in_bulk(ids["statement"]),
    }
    gathered: dict[tuple[int, int, str], Finding] = {}
    for line, start, table, pk in places:
        row = found[table][pk]
        finding = gathered.setdefault((line, start, row.quotation), Finding(row))
        getattr(finding, f"{table}s").append(row)
    return list(gathered.values())
