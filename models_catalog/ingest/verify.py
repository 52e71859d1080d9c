"""Checking the registry against the articles that it was read from."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from models_catalog.actions.settle import settled_values
from models_catalog.ingest.article_file import text_of
from models_catalog.ingest.values import NotStated, parse_event_days, parse_number
from models_catalog.models import (
    Claim,
    DeveloperClaim,
    Entry,
    FigureEvidence,
    ImportBatch,
    Located,
    Omission,
    Source,
)
from models_catalog.models.vocabulary import NUMBERS, Answer, Basis, EventKind, Field, Status
from models_catalog.text.repair import repair


@dataclass
class Report:
    """What was checked, how often, and what did not hold."""

    checked: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    unglossed: list[str] = field(default_factory=list)
    """Quotations that nobody has translated yet."""

    def check(self, what: str, holds: bool, miss: str) -> None:
        self.checked[what] += 1
        if not holds:
            self.misses.append(miss)

    def check_gloss(self, gloss: str, miss: str) -> None:
        """The database holds a gloss to one line of English; here is seen whether there is one."""
        self.checked["glosses"] += bool(gloss)
        if not gloss:
            self.unglossed.append(miss)

    def lines(self) -> list[str]:
        return [f"{count:6} {what} checked" for what, count in self.checked.items()]


def verify_evidence(folder: Path) -> Report:
    """Compare every source, quotation, parsed value and entry column with the articles in `folder`."""
    report = Report()
    articles = {source.pk: _lines(source, folder, report) for source in Source.objects.all()}
    claims = list(Claim.objects.select_related("source", "entry"))
    for claim in claims:
        _check_place(claim, f"{claim.entry.slug}/{claim.key}", "claim quotations", articles, report)
        _check_value(claim, report)
    for evidence in FigureEvidence.objects.select_related("figure"):
        _check_place(evidence, evidence.figure.slug, "market figure quotations", articles, report)
    for omission in Omission.objects.all():
        _check_place(omission, f"omission {omission.quotation}", "omission quotations", articles, report)
    for told in DeveloperClaim.objects.select_related("developer"):
        name = f"{told.developer.slug}/{told.key}"
        _check_place(told, name, "statements about developers", articles, report)
        _check_statement(told, name, report)
    _check_columns(report)
    return report


def _lines(source: Source, folder: Path, report: Report) -> list[str]:
    """The article's raw lines; none where the file is missing or another one."""
    path = folder / source.file_name
    raw = path.read_bytes() if path.is_file() else _imported_text(source)
    found = hashlib.sha256(raw).hexdigest()
    report.check(
        "article hashes", found == source.sha256, f"{source.slug}: {source.file_name} is not the text read"
    )
    return text_of(raw).split("\n")


def _imported_text(source: Source) -> bytes:
    """The text of a source that is an imported table; nothing for an article that is not there."""
    batch = ImportBatch.objects.filter(source=source).first()
    return batch.text.encode() if batch else b""


def _check_place(row: Located, name: str, what: str, articles: dict[int, list[str]], report: Report) -> None:
    if row.source_id is None:
        return
    lines = articles[row.source_id]
    raw = lines[row.line - 1] if row.line and row.line <= len(lines) else ""
    found = repair(raw[row.start : row.end]).text
    report.check(
        what, found == row.quotation, f"{name}: at {row.place} stands {found!r}, not {row.quotation!r}"
    )
    report.check_gloss(row.gloss_en, f"{name}: {row.quotation!r} has no gloss")
    report.check(
        "stated words", row.stated in row.quotation, f"{name}: {row.stated!r} is not within {row.quotation!r}"
    )


def _check_statement(told: DeveloperClaim, name: str, report: Report) -> None:
    """That an accepted statement about a developer says what the developer's row holds."""
    row = told.developer
    held = [row.kind, row.parent_id, *row.aliases]
    report.check(
        "developers' columns",
        told.status != Status.ACCEPTED or told.value in held,
        f"{name}: {told.value!r} is not what the developer's row holds",
    )


def _check_value(claim: Claim, report: Report) -> None:
    """That parsing a claim's words still gives its value; an inferred or undated one has no such words."""
    if claim.basis != Basis.STATED or claim.answer != Answer.VALUE or claim.source is None:
        return
    name = f"{claim.entry.slug}/{claim.key}"
    try:
        if claim.field in NUMBERS:
            number = parse_number(claim.field, claim.stated)
            report.check(
                "parsed sizes", number == claim.number, f"{name}: {claim.stated!r} reads as {number}"
            )
        elif claim.field == Field.EVENT and claim.days:
            event = EventKind(claim.event)
            days = parse_event_days(claim.stated, event=event, published=claim.source.published)
            report.check("parsed dates", days == claim.days, f"{name}: {claim.stated!r} reads as {days}")
    except NotStated as error:
        report.check("parsed values", False, f"{name}: {error}")


def _check_columns(report: Report) -> None:
    """That every entry's columns are what its accepted claims add up to."""
    accepted: dict[int, list[Claim]] = {}
    for claim in (
        Claim.objects.accepted()
        .select_related("developer", "sector")
        .order_by("entry", "field", "position", "pk")
    ):
        accepted.setdefault(claim.entry_id, []).append(claim)
    for entry in Entry.objects.all():
        columns = settled_values(entry, accepted.get(entry.pk, [])).columns
        wrong = sorted(column for column, value in columns.items() if getattr(entry, column) != value)
        report.check(
            "entries' columns", not wrong, f"{entry.slug}: {', '.join(wrong)} hold what no claim says"
        )
