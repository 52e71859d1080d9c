"""Claims' words within their lines, where the articles are at hand, so that a curator sees what is said around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models_catalog.ingest.locate import article_lines
from models_catalog.models import Claim
from models_catalog.text.repair import repair

AROUND = 40
"""Characters shown before and after the words."""


@dataclass(frozen=True)
class Surroundings:
    """A quotation with what stands before and after it; `stated` is the part that states the value."""

    before: str
    quoted_before: str
    stated: str
    quoted_after: str
    after: str


def surroundings(claims: Iterable[Claim]) -> dict[int, Surroundings]:
    """Of each claim whose article is at hand and still holds its words, by its id; each article is read once."""
    articles: dict[int, list[str] | None] = {}
    found = {}
    for claim in claims:
        if claim.source is None:
            continue
        if claim.source.pk not in articles:
            articles[claim.source.pk] = article_lines(claim.source)
        lines = articles[claim.source.pk] or []
        if claim.line and claim.line <= len(lines):
            within = _within(lines[claim.line - 1], claim)
            if within:
                found[claim.pk] = within
    return found


def _within(raw: str, claim: Claim) -> Surroundings | None:
    """The words of `claim` in the repaired line, at the very place that the claim gives."""
    start, end = claim.start or 0, claim.end or 0
    before = repair(raw[max(0, start - 5 * AROUND) : start]).text
    after = repair(raw[end - 1 : end + 5 * AROUND]).text[1:]  # dirt is told by the character before it
    if repair(raw[start:end]).text != claim.quotation:
        return None
    quoted_before, stated, quoted_after = claim.quotation.partition(claim.stated)
    cut_before = "…" * (len(before) > AROUND)
    cut_after = "…" * (len(after) > AROUND)
    return Surroundings(
        cut_before + before[-AROUND:], quoted_before, stated, quoted_after, after[:AROUND] + cut_after
    )
