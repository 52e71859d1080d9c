"""What each fixture file holds, parsed into columns of its table (related rows still by slug)."""

from dataclasses import dataclass
from pathlib import Path

from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.audits import read_audits
from models_catalog.ingest.fixture_checks import check_categories, check_references, choose_preferred
from models_catalog.ingest.fixture_claims import ClaimRows
from models_catalog.ingest.fixture_developers import developer_row
from models_catalog.ingest.fixture_files import FixtureError, Reader, Row
from models_catalog.models.sector import current_slug
from models_catalog.models.vocabulary import (
    Basis,
    FigureUnit,
    OmissionReason,
)


@dataclass(frozen=True)
class Fixtures:
    """All rows of the folder, checked one by one and against each other."""

    sources: list[Row]
    sectors: list[Row]
    developers: list[Row]
    statements: list[Row]
    """About developers."""
    entries: list[Row]
    claims: list[Row]
    figures: list[Row]
    evidence: list[Row]
    omissions: list[Row]


def read_fixtures(folder: Path) -> Fixtures:
    """Every file of `folder`, checked. Raises `FixtureError` with all the mistakes that it holds."""
    reader = Reader(folder)
    sources = reader.rows("sources.yaml", reader.listed("sources.yaml"), _source)
    dated = {row["slug"]: row["published"] for row in sources}
    claims = ClaimRows(dated)
    statements: list[Row] = []
    evidence: list[Row] = []
    fixtures = Fixtures(
        sources=_numbered(sources),
        sectors=_numbered(reader.rows("sectors.yaml", reader.listed("sectors.yaml"), _sector)),
        developers=reader.rows(
            "developers.yaml", reader.listed("developers.yaml"), lambda raw: developer_row(raw, statements)
        ),
        statements=statements,
        entries=reader.rows("entries.yaml", reader.listed("entries.yaml"), _entry),
        claims=reader.rows("claims.yaml", reader.grouped("claims.yaml"), claims.parse),
        figures=_numbered(
            reader.rows("figures.yaml", reader.listed("figures.yaml"), lambda raw: _figure(raw, evidence))
        ),
        evidence=evidence,
        omissions=reader.rows("omissions.yaml", reader.grouped("omissions.yaml"), _omission),
    )
    check_references(reader, fixtures)
    try:
        read_audits(folder)
    except FixtureError as error:
        reader.problems += error.problems
    choose_preferred(reader, fixtures.claims)
    check_categories(reader, fixtures.claims)
    if reader.problems:
        raise FixtureError(reader.problems)
    return fixtures


def _numbered(rows: list[Row]) -> list[Row]:
    return [{**row, "position": number} for number, row in enumerate(rows, start=1)]


def _source(raw: Row) -> Row:
    row = read.take(
        raw,
        "slug file_name sha256 name_zh name_en publisher_zh publisher_en published condition_zh condition_en",
        "author_zh author_en found_at_zh found_at_en published_note_zh published_note_en is_reworded",
    )
    return {
        **row,
        "published": read.days(row["published"], "published"),
        "is_reworded": bool(row["is_reworded"]),
    }


def _sector(raw: Row) -> Row:
    row = read.take(raw, "slug name_zh name_en")
    return {**row, "slug": current_slug(str(row["slug"]))}


def _entry(raw: Row) -> Row:
    return {"slug": read.take(raw, "slug name")["slug"]}


def _figure(raw: Row, evidence: list[Row]) -> Row:
    row = read.take(
        raw,
        "slug name_zh name_en unit counted_by_zh counted_by_en evidence",
        "low high scope_zh scope_en as_of",
    )
    for quoted in row.pop("evidence"):
        found = read.take(quoted, "at quotation", "stated gloss_en basis")
        basis = read.choice(found["basis"] or Basis.STATED, "basis", [Basis.STATED, Basis.INFERRED])
        evidence.append({"figure": row["slug"], "basis": basis, **read.place(found)})
    return {
        **{column: row[column] for column in row if column not in ("low", "high")},
        "unit": read.choice(row["unit"], "unit", FigureUnit.values),
        "value": read.decimal_range(row["low"], row["high"]),
        "as_of": read.days(row["as_of"], "as_of") if row["as_of"] else None,
    }


def _omission(raw: Row) -> Row:
    row = read.take(raw, "of at quotation reason", "gloss_en note_zh note_en")
    found = read.place({**row, "at": f"{row['of']} {row['at']}"})
    reason = read.choice(row["reason"], "reason", OmissionReason.values)
    return {**found, "reason": reason, "note_zh": row["note_zh"], "note_en": row["note_en"]}
