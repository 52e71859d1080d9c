"""The rows of `claims.yaml`: the words parsed into values, the standing checked."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.dateparse import parse_date

from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.fixture_files import Refused, Row
from models_catalog.ingest.values import NotStated, parse_event_days, parse_number
from models_catalog.models.claim import EARLIER, TOKENS
from models_catalog.models.sector import current_slug
from models_catalog.models.vocabulary import (
    NUMBERS,
    Answer,
    Basis,
    EventKind,
    Field,
    NameKind,
    Ruling,
    Status,
)

REVIEWED = "2026-11-30"
"""The day on which all claims of the fixtures were last read against the articles (audits.yaml)."""


@dataclass
class ClaimRows:
    """Parses claim rows; knows when each article appeared, which dates in it are relative to."""

    published: dict[str, DateRange]

    def parse(self, raw: Row) -> Row:
        row = read.take(
            raw,
            "of key field",
            "value form name event days earlier at quotation stated gloss_en said_by_zh said_by_en basis reason_zh reason_en "
            "status preferred ruling answer reviewed_by reviewed_at",
        )
        field = Field(read.choice(row["field"], "field", Field.values))
        placed = read.place(row)
        basis = Basis(read.choice(row["basis"] or Basis.STATED, "basis", Basis.values))
        answer = Answer(read.choice(row["answer"] or Answer.VALUE, "answer", Answer.values))
        claim = {
            "entry": row["of"], "key": row["key"], "field": field, "answer": answer, "basis": basis, **placed,
            "is_earlier": row["earlier"] is True,
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
        if row["earlier"] and (row["earlier"] is not True or field not in EARLIER):
            raise Refused(f"earlier is true, for a value of {', '.join(EARLIER)}")
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
        if field in NUMBERS:
            return {"number": self._number(row, field, basis, placed)}
        if field == Field.EVENT:
            event = read.choice(row["event"], "event", EventKind.values)
            return {"event": event, "days": self._days(row, EventKind(event), basis, placed)}
        if not row["value"]:
            raise Refused("no value")
        return {field.value: current_slug(row["value"]) if field == Field.SECTOR else row["value"]}

    def _number(self, row: Row, field: Field, basis: Basis, placed: Row) -> Any:
        if row["value"]:
            if basis == Basis.STATED:
                raise Refused(
                    "a stated size is parsed from its words; set by hand it is inferred, with a reason"
                )
            return read.by_hand(row["value"])
        try:
            return parse_number(field, placed["stated"])
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
    day = parse_date(str(row["reviewed_at"] or REVIEWED))
    if day is None:
        raise Refused(f"reviewed_at {row['reviewed_at']!r} is no day")
    return {
        "status": status,
        "ruling": ruling,
        "preferred": row["preferred"] if row["preferred"] != "" else None,
        "reviewed_by": row["reviewed_by"] or "editors",
        "reviewed_at": datetime.combine(day, time.min, tzinfo=UTC),
    }
