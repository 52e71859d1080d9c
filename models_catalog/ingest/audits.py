"""Published readings of the claims against the articles, kept in `fixtures/audits.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.fixture_files import FixtureError, Reader, Refused, Row
from models_catalog.models.labels import in_english

FILE = "audits.yaml"
COUNTS = ("readers", "claims", "right", "arguable", "wrong")


@dataclass(frozen=True)
class Audit:
    """One reading: who read how much, in which way, what was found and what was mended."""

    day: date
    readers: int
    claims: int
    right: int
    arguable: int
    wrong: int
    way_zh: str
    way_en: str
    mended_zh: str
    mended_en: str

    @property
    def way(self) -> str:
        return self.way_en if in_english() else self.way_zh

    @property
    def mended(self) -> str:
        return self.mended_en if in_english() else self.mended_zh

    @property
    def share_wrong(self) -> float:
        """Wrong claims per hundred, to one place."""
        return round(100 * self.wrong / self.claims, 1)


def read_audits(folder: Path) -> list[Audit]:
    """The audits in the file's order, the newest first; none without a file. Raises `FixtureError`."""
    if not (folder / FILE).exists():
        return []
    reader = Reader(folder)
    rows = reader.rows(FILE, reader.listed(FILE), _audit)
    if reader.problems:
        raise FixtureError(reader.problems)
    return sorted((Audit(**row) for row in rows), key=lambda audit: audit.day, reverse=True)


def _audit(raw: Row) -> Row:
    row = read.take(raw, f"day {' '.join(COUNTS)} way_zh way_en", "mended_zh mended_en")
    for name in COUNTS:
        if type(row[name]) is not int or row[name] < 0:
            raise Refused(f"{name} is no count")
    if not row["claims"] or row["right"] + row["arguable"] + row["wrong"] != row["claims"]:
        raise Refused("right, arguable and wrong do not add up to claims")
    days = read.days(row["day"], "day")
    texts = {name: read.text(row[name], name, 1000) for name in row if name.endswith(("_zh", "_en"))}
    return {**row, **texts, "day": days.lower}
