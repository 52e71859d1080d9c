"""Findings as JSON for programs: one object for each article."""

from __future__ import annotations

from typing import Any

from models_catalog.intake.articles.finding import CONTEXT_LENGTH, Finding
from models_catalog.intake.articles.lexicon import Lexicon
from models_catalog.intake.articles.text import Article
from models_catalog.models.ranges import days_of, interval_of
from models_catalog.models.vocabulary import Field

SPUN = "spun"
"""Warning: a synonym spinner reworded the article."""

UNREAD = "unread"
"""Warning: there are no findings because the article is in another language, which does not mean it states nothing."""


def as_json(article: Article, findings: list[Finding], lexicon: Lexicon) -> dict[str, Any]:
    """An object of `lines` (count), `repairs` (kind → count), `warnings` and `findings`."""
    slugs = {
        (what, known.pk): known.slug
        for what, names in ((Field.DEVELOPER, lexicon.developers), (Field.SECTOR, lexicon.sectors))
        for known in names.values()
    }
    is_unread = not article.is_chinese and not findings
    return {
        "lines": len(article.lines),
        "repairs": {kind.value: count for kind, count in sorted(article.repairs.items())},
        "warnings": [*([SPUN] if article.is_reworded else []), *([UNREAD] if is_unread else [])],
        "findings": [_finding(one, slugs) for one in findings],
    }


def _finding(one: Finding, slugs: dict[tuple[Field, int], str]) -> dict[str, Any]:
    mention = one.mention
    return {
        "field": str(one.field),
        "model": mention.label if mention else None,
        "entry": mention.entries[0].slug if mention and mention.entries else None,
        "value": _value(one, slugs),
        "words": one.stated,
        "quotation": one.quotation,
        "line": one.line,
        "start": one.start,
        "end": one.end,
        "doubts": [doubt.value for doubt in one.doubts],
        "ticked": not one.doubts,
    }


def _value(one: Finding, slugs: dict[tuple[Field, int], str]) -> Any:
    value = one.value
    match one.field:
        case Field.NAME:
            return value["text"]
        case Field.DEVELOPER:
            known = value.get("developer")
            return {"slug": slugs.get((Field.DEVELOPER, known)) if known else None, "label": value["label"]}
        case Field.SECTOR:
            return slugs.get((Field.SECTOR, value["sector"]))
        case Field.EVENT:
            days = days_of(value["days"]) if value["days"] else None
            first, last = (days.first.isoformat(), days.last.isoformat()) if days else (None, None)
            return {"event": str(value["event"]), "earliest": first, "latest": last}
    if "number" in value:
        interval = interval_of(value["number"])
        # 128K is the interval from 128,000 to 131,072; programs get 128,000.
        return [interval.low, interval.low if one.field == CONTEXT_LENGTH else interval.high]
    return value["token"]
