"""The provenance of entries' values as columns: for each claim the words, the source and place, the basis, the status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connections

from models_catalog.models import Claim, FigureEvidence
from models_catalog.models.vocabulary import Field, Status

HEADINGS = {field.value: f"{field.value}_evidence" for field in Field}
"""Field → the column that holds its claims."""


class Evidence(NamedTuple):
    """One claim: `words` are the quotation, or what is claimed where no article is quoted.

    Of a market figure one article's words, which have no status: they are not decided on.
    """

    words: str
    source: str | None
    line: int | None
    start: int | None
    end: int | None
    basis: str
    status: str | None = None

    def __str__(self) -> str:
        """`2600亿 [xinghai-2023 12:3-9, stated, accepted]`; without a place where no source says it."""
        place = f"{self.source} {self.line}:{self.start}-{self.end}, " if self.source else ""
        status = f", {self.status}" if self.status else ""
        return f"{self.words} [{place}{self.basis}{status}]"

    def as_json(self) -> dict[str, Any]:
        return self._asdict()


_SAID = """
SELECT claim.entry_id, claim.field,
    coalesce(nullif(claim.quotation, ''), nullif(claim.text, ''), nullif(claim.token, ''), developer.slug, sector.slug,
        parent.slug, nullif(claim.event, ''), claim.number::text, ''),
    source.slug, claim.line, claim.start, claim."end", claim.basis, claim.status
FROM models_catalog_claim claim
LEFT JOIN models_catalog_source source ON source.id = claim.source_id
LEFT JOIN models_catalog_developer developer ON developer.id = claim.developer_id
LEFT JOIN models_catalog_sector sector ON sector.id = claim.sector_id
LEFT JOIN models_catalog_entry parent ON parent.id = claim.parent_id
WHERE claim.entry_id = ANY(%s) AND claim.status = ANY(%s)
ORDER BY claim.entry_id, claim.field, claim.position, claim.id
"""
"""As text, like `queries.rows`: half a million claims by way of objects take minutes."""


def evidence_of(entries: Sequence[int]) -> dict[int, dict[str, list[Evidence]]]:
    """Entry → field → what readers see of its claims, in their order."""
    found: dict[int, dict[str, list[Evidence]]] = {}
    with connections[Claim.objects.db].cursor() as cursor:
        cursor.execute(_SAID, [list(entries), [Status.ACCEPTED.value, Status.DISPUTED.value]])
        for entry, field, *said in cursor.fetchall():
            found.setdefault(entry, {}).setdefault(field, []).append(Evidence(*said))
    return found


def evidence_of_figures(slugs: Sequence[str]) -> dict[str, list[Evidence]]:
    """Slug of a market figure → the words of the articles that state it."""
    found: dict[str, list[Evidence]] = {}
    said = FigureEvidence.objects.filter(figure__slug__in=slugs)
    columns = ("figure__slug", "quotation", "source__slug", "line", "start", "end", "basis")
    for slug, *place in said.order_by("source__slug", "line", "start").values_list(*columns):
        found.setdefault(slug, []).append(Evidence(*place))
    return found
