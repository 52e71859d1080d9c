"""The columns that each table of the admin exports."""

from datetime import date
from typing import Any

from models_catalog.admin.exports import ColumnSheet
from models_catalog.exports import SEPARATOR
from models_catalog.models import Claim
from models_catalog.models.ranges import days_of, interval_of


def _slug(row: Any) -> str:
    return str(row.slug) if row else ""


def _first(days: Any) -> date | None:
    return days_of(days).first if days else None


def _last(days: Any) -> date | None:
    return days_of(days).last if days else None


def _low(numbers: Any) -> int | None:
    return interval_of(numbers).low if numbers else None


def _high(numbers: Any) -> int | None:
    return interval_of(numbers).high if numbers else None


def claim_value(claim: Claim) -> str:
    """The value in one cell: a name, a word of a vocabulary, a slug; sizes and dates have columns of their own."""
    return claim.text or claim.event or claim.token or _slug(claim.developer or claim.sector or claim.parent)


CLAIMS = ColumnSheet(
    "claims",
    {
        "entry": lambda c: c.entry.slug,
        "key": lambda c: c.key,
        "field": lambda c: c.field,
        "answer": lambda c: c.answer,
        "value": claim_value,
        "form": lambda c: c.token if c.text else "",
        "parameters_low": lambda c: _low(c.number),
        "parameters_high": lambda c: _high(c.number),
        "days_first": lambda c: _first(c.days),
        "days_last": lambda c: _last(c.days),
        "status": lambda c: c.status,
        "preferred": lambda c: "yes" if c.preferred else "no",
        "ruling": lambda c: c.ruling,
        "basis": lambda c: c.basis,
        "reason_zh": lambda c: c.reason_zh,
        "reason_en": lambda c: c.reason_en,
        "said_by_zh": lambda c: c.said_by_zh,
        "said_by_en": lambda c: c.said_by_en,
        "source": lambda c: _slug(c.source),
        "line": lambda c: c.line,
        "start": lambda c: c.start,
        "end": lambda c: c.end,
        "quotation": lambda c: c.quotation,
        "stated": lambda c: c.stated,
        "reviewed_at": lambda c: c.reviewed_at.isoformat() if c.reviewed_at else "",
    },
    ("entry", "source", "developer", "sector", "parent"),
)
DEVELOPERS = ColumnSheet(
    "developers",
    {
        "slug": lambda d: d.slug,
        "name_zh": lambda d: d.name_zh,
        "name_en": lambda d: d.name_en,
        "aliases": lambda d: SEPARATOR.join(d.aliases),
        "kind": lambda d: d.kind,
        "parent": lambda d: _slug(d.parent),
    },
    ("parent",),
)
SECTORS = ColumnSheet(
    "sectors",
    {"slug": lambda s: s.slug, "name_zh": lambda s: s.name_zh, "name_en": lambda s: s.name_en},
)
SOURCES = ColumnSheet(
    "sources",
    {
        "slug": lambda s: s.slug,
        "name_zh": lambda s: s.name_zh,
        "name_en": lambda s: s.name_en,
        "publisher_zh": lambda s: s.publisher_zh,
        "publisher_en": lambda s: s.publisher_en,
        "published_first": lambda s: _first(s.published),
        "published_last": lambda s: _last(s.published),
        "file_name": lambda s: s.file_name,
        "sha256": lambda s: s.sha256,
        "is_reworded": lambda s: "yes" if s.is_reworded else "no",
        "condition_zh": lambda s: s.condition_zh,
        "condition_en": lambda s: s.condition_en,
    },
)
FIGURES = ColumnSheet(
    "market-figures",
    {
        "slug": lambda f: f.slug,
        "name_zh": lambda f: f.name_zh,
        "name_en": lambda f: f.name_en,
        "low": lambda f: "" if f.value.lower is None else f"{f.value.lower:f}",
        "high": lambda f: "" if f.value.upper is None else f"{f.value.upper:f}",
        "unit": lambda f: f.unit,
        "scope_zh": lambda f: f.scope_zh,
        "scope_en": lambda f: f.scope_en,
        "as_of_first": lambda f: _first(f.as_of),
        "as_of_last": lambda f: _last(f.as_of),
        "counted_by_zh": lambda f: f.counted_by_zh,
        "counted_by_en": lambda f: f.counted_by_en,
    },
)
OMISSIONS = ColumnSheet(
    "omissions",
    {
        "source": lambda o: _slug(o.source),
        "line": lambda o: o.line,
        "start": lambda o: o.start,
        "end": lambda o: o.end,
        "quotation": lambda o: o.quotation,
        "reason": lambda o: o.reason,
        "note_zh": lambda o: o.note_zh,
        "note_en": lambda o: o.note_en,
    },
    ("source",),
)
REPORTS = ColumnSheet(
    "reports",
    {
        "entry": lambda r: r.entry.slug,
        "field": lambda r: r.field,
        "statement": lambda r: r.statement,
        "source_url": lambda r: r.source_url,
        "status": lambda r: r.status,
        "created_at": lambda r: r.created_at.isoformat(),
        "handled_by": lambda r: r.handled_by,
        "handled_at": lambda r: r.handled_at.isoformat() if r.handled_at else "",
    },
    ("entry",),
)
USERS = ColumnSheet(
    "users",
    {
        "username": lambda u: u.username,
        "is_active": lambda u: "yes" if u.is_active else "no",
        "last_login": lambda u: u.last_login.isoformat() if u.last_login else "",
    },
)
ROLES = ColumnSheet("roles", {"name": lambda group: group.name})
MERGES = ColumnSheet(
    "merges",
    {
        "merged": lambda m: m.merged.slug,
        "kept": lambda m: m.kept.slug,
        "done_by": lambda m: m.done_by,
        "done_at": lambda m: m.done_at.isoformat(),
        "undone_by": lambda m: m.undone_by,
        "undone_at": lambda m: m.undone_at.isoformat() if m.undone_at else "",
    },
    ("merged", "kept"),
)
IMPORTS = ColumnSheet(
    "imports",
    {
        "file_name": lambda b: b.file_name,
        "file_sha256": lambda b: b.file_sha256,
        "encoding": lambda b: b.encoding,
        "contents": lambda b: b.contents,
        "state": lambda b: b.state,
        "uploaded_by": lambda b: b.uploaded_by,
        "uploaded_at": lambda b: b.uploaded_at.isoformat(),
        "applied_by": lambda b: b.applied_by,
        "undone_by": lambda b: b.undone_by,
    },
)
