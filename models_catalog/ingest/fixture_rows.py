"""What each fixture file holds, parsed into columns of its table (related rows still by slug)."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.dateparse import parse_date

from models_catalog.actions.claims import can_be_preferred
from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.fixture_files import FixtureError, Problem, Reader, Refused, Row
from models_catalog.ingest.values import NotStated, parse_event_days, parse_parameters
from models_catalog.models import Claim
from models_catalog.models.claim import TOKENS
from models_catalog.models.vocabulary import (
    Answer,
    Basis,
    DeveloperKind,
    EventKind,
    Field,
    FigureUnit,
    NameKind,
    OmissionReason,
    Ruling,
    Status,
)
from models_catalog.text.names import sort_key


@dataclass(frozen=True)
class Fixtures:
    """All rows of the folder, checked one by one and against each other."""

    sources: list[Row]
    sectors: list[Row]
    developers: list[Row]
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
    claims = _Claims(dated)
    evidence: list[Row] = []
    fixtures = Fixtures(
        sources=_numbered(sources),
        sectors=_numbered(reader.rows("sectors.yaml", reader.listed("sectors.yaml"), _sector)),
        developers=reader.rows("developers.yaml", reader.listed("developers.yaml"), _developer),
        entries=reader.rows("entries.yaml", reader.listed("entries.yaml"), _entry),
        claims=reader.rows("claims.yaml", reader.grouped("claims.yaml"), claims.parse),
        figures=_numbered(
            reader.rows("figures.yaml", reader.listed("figures.yaml"), lambda raw: _figure(raw, evidence))
        ),
        evidence=evidence,
        omissions=reader.rows("omissions.yaml", reader.grouped("omissions.yaml"), _omission),
    )
    _check_references(reader, fixtures)
    _choose_preferred(reader, fixtures.claims)
    if reader.problems:
        raise FixtureError(reader.problems)
    return fixtures


def _numbered(rows: list[Row]) -> list[Row]:
    return [{**row, "position": number} for number, row in enumerate(rows, start=1)]


def _source(raw: Row) -> Row:
    row = read.take(
        raw,
        "slug file_name sha256 name_zh name_en publisher_zh publisher_en published condition_zh condition_en",
        "found_at_zh found_at_en published_note_zh published_note_en is_reworded",
    )
    return {
        **row,
        "published": read.days(row["published"], "published"),
        "is_reworded": bool(row["is_reworded"]),
    }


def _sector(raw: Row) -> Row:
    return read.take(raw, "slug name_zh name_en")


def _developer(raw: Row) -> Row:
    row = read.take(raw, "slug name_zh kind", "name_en parent aliases")
    row["kind"] = read.choice(row["kind"], "kind", DeveloperKind.values)
    row["aliases"] = [read.text(alias, "alias", 120) for alias in row["aliases"] or []]
    return {**row, "parent": row["parent"] or None, "sort_key": sort_key(str(row["name_zh"]))}


def _entry(raw: Row) -> Row:
    return {"slug": read.take(raw, "slug name")["slug"]}


def _figure(raw: Row, evidence: list[Row]) -> Row:
    row = read.take(
        raw,
        "slug name_zh name_en unit counted_by_zh counted_by_en evidence",
        "low high scope_zh scope_en as_of",
    )
    for quoted in row.pop("evidence"):
        found = read.take(quoted, "at quotation", "stated basis")
        basis = read.choice(found["basis"] or Basis.STATED, "basis", [Basis.STATED, Basis.INFERRED])
        evidence.append({"figure": row["slug"], "basis": basis, **read.place(found)})
    return {
        **{column: row[column] for column in row if column not in ("low", "high")},
        "unit": read.choice(row["unit"], "unit", FigureUnit.values),
        "value": read.decimal_range(row["low"], row["high"]),
        "as_of": read.days(row["as_of"], "as_of") if row["as_of"] else None,
    }


def _omission(raw: Row) -> Row:
    row = read.take(raw, "of at quotation reason", "note_zh note_en")
    found = read.place({"at": f"{row['of']} {row['at']}", "quotation": row["quotation"]})
    reason = read.choice(row["reason"], "reason", OmissionReason.values)
    return {**found, "reason": reason, "note_zh": row["note_zh"], "note_en": row["note_en"]}


@dataclass
class _Claims:
    """Parses claim rows; knows when each article appeared, which dates in it are relative to."""

    published: dict[str, DateRange]

    def parse(self, raw: Row) -> Row:
        row = read.take(
            raw,
            "of key field",
            "value form name event days at quotation stated said_by_zh said_by_en basis reason_zh reason_en "
            "status preferred ruling answer reviewed_by reviewed_at",
        )
        field = Field(read.choice(row["field"], "field", Field.values))
        placed = read.place(row)
        basis = Basis(read.choice(row["basis"] or Basis.STATED, "basis", Basis.values))
        answer = Answer(read.choice(row["answer"] or Answer.VALUE, "answer", Answer.values))
        claim = {
            "entry": row["of"], "key": row["key"], "field": field, "answer": answer, "basis": basis, **placed,
            **dict.fromkeys(("text", "token", "event"), ""),
            **dict.fromkeys(("number", "days", "developer", "sector", "parent")),
            **self._value(row, field, basis, placed, answer), **_review(row),
            **{column: read.text(row[column], column, 300) for column in (
                "said_by_zh", "said_by_en", "reason_zh", "reason_en")},
        }  # fmt: skip
        if (basis == Basis.CURATOR) != (placed["source"] is None):
            raise Refused("curator's knowledge has no source, everything else has one")
        if basis != Basis.STATED and not (claim["reason_zh"] and claim["reason_en"]):
            raise Refused(f"{basis} needs reason_zh and reason_en")
        return claim

    def _value(self, row: Row, field: Field, basis: Basis, placed: Row, answer: Answer) -> Row:
        if answer != Answer.VALUE:
            return {}
        if field == Field.NAME:
            return {
                "text": read.text(row["name"], "name", 160),
                "token": read.choice(row["form"], "form", NameKind.values),
            }
        if field in TOKENS:
            return {"token": read.choice(row["value"], "value", TOKENS[field].values)}
        if field == Field.PARAMETERS:
            return {"number": self._number(row, basis, placed)}
        if field == Field.EVENT:
            event = read.choice(row["event"], "event", EventKind.values)
            return {"event": event, "days": self._days(row, EventKind(event), basis, placed)}
        if not row["value"]:
            raise Refused("no value")
        return {field.value: row["value"]}

    def _number(self, row: Row, basis: Basis, placed: Row) -> Any:
        if row["value"]:
            if basis == Basis.STATED:
                raise Refused(
                    "a stated size is parsed from its words; set by hand it is inferred, with a reason"
                )
            return read.by_hand(row["value"])
        try:
            return parse_parameters(placed["stated"])
        except NotStated as error:
            raise Refused(str(error)) from error

    def _days(self, row: Row, event: EventKind, basis: Basis, placed: Row) -> DateRange | None:
        if row["days"] == "none":
            return None
        if basis != Basis.STATED and row["days"]:
            return read.days(row["days"], "days")
        if (published := self.published.get(placed["source"])) is None:
            raise Refused(f"there is no source {placed['source']!r} to date it by")
        try:
            found = parse_event_days(placed["stated"], event=event, published=published)
        except NotStated as error:
            raise Refused(str(error)) from error
        if row["days"] and read.days(row["days"], "days") != found:
            raise Refused(f"{placed['stated']!r} reads as {found}, not as {row['days']}")
        return found


def _review(row: Row) -> Row:
    status = Status(read.choice(row["status"] or Status.ACCEPTED, "status", Status.values))
    ruling = read.choice(row["ruling"], "ruling", Ruling.values) if row["ruling"] else ""
    if status == Status.DISPUTED and not ruling:
        raise Refused("a disputed claim names the ruling")
    day = parse_date(str(row["reviewed_at"] or "2026-11-22"))
    if day is None:
        raise Refused(f"reviewed_at {row['reviewed_at']!r} is no day")
    return {
        "status": status,
        "ruling": ruling,
        "preferred": row["preferred"] if row["preferred"] != "" else None,
        "reviewed_by": row["reviewed_by"] or "editors",
        "reviewed_at": datetime.combine(day, time.min, tzinfo=UTC),
    }


def _check_references(reader: Reader, fixtures: Fixtures) -> None:
    """That each slug and place is unique and that each slug pointed at exists."""
    tables = {
        "source": fixtures.sources, "sector": fixtures.sectors, "developer": fixtures.developers,
        "entry": fixtures.entries, "figure": fixtures.figures,
    }  # fmt: skip
    known = {table: {row["slug"] for row in rows} for table, rows in tables.items()}
    for table, rows in tables.items():
        _refuse_twice(
            reader,
            f"{table.removesuffix('y')}{'ies' if table == 'entry' else 's'}.yaml",
            [(r["slug"],) for r in rows],
        )
    _refuse_twice(reader, "claims.yaml", [(row["entry"], row["key"]) for row in fixtures.claims])
    pointing = {
        "entry": "entry",
        "parent": "entry",
        "source": "source",
        "developer": "developer",
        "sector": "sector",
    }
    for row in fixtures.claims:
        for column, table in pointing.items():
            if row[column] is not None and row[column] not in known[table]:
                reader.problems.append(
                    Problem(
                        "claims.yaml", f"{row['entry']}/{row['key']}", f"there is no {table} {row[column]!r}"
                    )
                )
    for row in fixtures.developers:
        if row["parent"] and row["parent"] not in known["developer"]:
            reader.problems.append(
                Problem("developers.yaml", row["slug"], f"there is no developer {row['parent']!r}")
            )
    for file, rows in (("figures.yaml", fixtures.evidence), ("omissions.yaml", fixtures.omissions)):
        for row in rows:
            if row["source"] not in known["source"]:
                reader.problems.append(
                    Problem(file, row["quotation"], f"there is no source {row['source']!r}")
                )
    named = {row["entry"] for row in fixtures.claims if row["token"] == NameKind.ZH}
    for slug in sorted(known["entry"] - named):
        reader.problems.append(Problem("entries.yaml", slug, "no claim in claims.yaml names it"))


def _refuse_twice(reader: Reader, file: str, keys: list[tuple[str, ...]]) -> None:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reader.problems.append(Problem(file, "/".join(key), "stands twice"))


def _choose_preferred(reader: Reader, claims: list[Row]) -> None:
    """A lone accepted claim of a field with one value fills it; where there are more, the file says which."""
    rivals: dict[tuple[str, str, str], list[Row]] = {}
    for row in claims:
        probe = Claim(field=row["field"], event=row["event"], token=row["token"])
        if row["status"] == Status.ACCEPTED and can_be_preferred(probe):
            form = row["token"] if row["field"] == Field.NAME else ""
            rivals.setdefault((row["entry"], row["field"], form), []).append(row)
        elif row["preferred"]:
            reader.problems.append(
                Problem(
                    "claims.yaml",
                    f"{row['entry']}/{row['key']}",
                    "cannot be the preferred claim of its field",
                )
            )
        row["position"] = 1
        row["preferred"] = bool(row["preferred"])
    for (entry, field, _form), rows in rivals.items():
        if len(rows) == 1:
            rows[0]["preferred"] = True
        if sum(row["preferred"] for row in rows) != 1:
            reader.problems.append(
                Problem(
                    "claims.yaml", entry, f"{len(rows)} accepted claims of {field}: mark one as preferred"
                )
            )
    places: dict[tuple[str, str], int] = {}
    for row in claims:
        key = (row["entry"], row["field"])
        row["position"] = places[key] = places.get(key, 0) + 1
