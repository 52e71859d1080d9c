"""The fixtures' rows against each other: what points where, and which claim fills a column."""

from typing import TYPE_CHECKING, Final

from models_catalog.claims.judge import column_of
from models_catalog.ingest.fixture_developers import check_statements
from models_catalog.ingest.fixture_files import Problem, Reader, Row
from models_catalog.models import Claim
from models_catalog.models.vocabulary import WITHOUT_CATEGORY, Field, NameKind, Status

if TYPE_CHECKING:
    from models_catalog.ingest.fixture_rows import Fixtures

_POINTING: Final = {
    "entry": "entry",
    "parent": "entry",
    "source": "source",
    "developer": "developer",
    "sector": "sector",
}
"""Column of a claim → the table whose slug it holds."""


def check_references(reader: Reader, fixtures: "Fixtures") -> None:
    """That each slug and place is unique and that each slug pointed at exists."""
    tables = {
        "source": fixtures.sources, "sector": fixtures.sectors, "developer": fixtures.developers,
        "entry": fixtures.entries, "figure": fixtures.figures,
    }  # fmt: skip
    for table, rows in tables.items():
        file = "entries.yaml" if table == "entry" else f"{table}s.yaml"
        _refuse_twice(reader, file, [(row["slug"],) for row in rows])
    _refuse_twice(reader, "claims.yaml", [(row["entry"], row["key"]) for row in fixtures.claims])
    known = {table: {row["slug"] for row in rows} for table, rows in tables.items()}
    _check_claims(reader, fixtures.claims, known)
    for row in fixtures.developers:
        if row["parent"] and row["parent"] not in known["developer"]:
            _refuse_pointer(reader, "developers.yaml", row["slug"], "developer", row["parent"])
    check_statements(reader, fixtures)
    for file, rows in (("figures.yaml", fixtures.evidence), ("omissions.yaml", fixtures.omissions)):
        for row in rows:
            if row["source"] not in known["source"]:
                _refuse_pointer(reader, file, row["quotation"], "source", row["source"])


def _check_claims(reader: Reader, claims: list[Row], known: dict[str, set[str]]) -> None:
    for row in claims:
        for column, table in _POINTING.items():
            if row[column] is not None and row[column] not in known[table]:
                _refuse_pointer(reader, "claims.yaml", _place(row), table, row[column])
    named = {row["entry"] for row in claims if row["token"] == NameKind.ZH}
    for slug in sorted(known["entry"] - named):
        reader.problems.append(Problem("entries.yaml", slug, "no claim in claims.yaml names it"))


def _refuse_pointer(reader: Reader, file: str, place: str, table: str, slug: str) -> None:
    reader.problems.append(Problem(file, place, f"there is no {table} {slug!r}"))


def _refuse_twice(reader: Reader, file: str, keys: list[tuple[str, ...]]) -> None:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reader.problems.append(Problem(file, "/".join(key), "stands twice"))


def choose_preferred(reader: Reader, claims: list[Row]) -> None:
    """A lone accepted claim of a field with one value fills it; where there are more, the file says which."""
    for (entry, field, _form), rows in _rivals(reader, claims).items():
        if len(rows) == 1:
            rows[0]["preferred"] = True
        if sum(row["preferred"] for row in rows) != 1:
            words = f"{len(rows)} accepted claims of {field}: mark one as preferred"
            reader.problems.append(Problem("claims.yaml", entry, words))
    places: dict[tuple[str, str], int] = {}
    for row in claims:
        key = (row["entry"], row["field"])
        row["position"] = places[key] = places.get(key, 0) + 1


def _rivals(reader: Reader, claims: list[Row]) -> dict[tuple[str, str, str], list[Row]]:
    """(entry, the column that it may fill) → its accepted claims, any of which may be preferred."""
    rivals: dict[tuple[str, str, str], list[Row]] = {}
    for row in claims:
        row["preferred"] = bool(row["preferred"])
        probe = Claim(**{column: row[column] for column in ("field", "event", "token", "is_earlier")})
        column = column_of(probe)
        if row["status"] == Status.ACCEPTED and column is not None:
            rivals.setdefault((row["entry"], *column), []).append(row)
        elif row["preferred"]:
            words = "cannot be the preferred claim of its field"
            reader.problems.append(Problem("claims.yaml", _place(row), words))
    return rivals


def check_categories(reader: Reader, claims: list[Row]) -> None:
    """That no application or platform has a category: the field does not apply to it."""
    accepted = [row for row in claims if row["status"] == Status.ACCEPTED and row["token"]]
    kinds = {
        row["entry"]: row["token"] for row in accepted if row["field"] == Field.KIND and row["preferred"]
    }
    for row in accepted:
        if row["field"] == Field.CATEGORY and kinds.get(row["entry"]) in WITHOUT_CATEGORY:
            words = f"an entry of kind {kinds[row['entry']]} has no category (answer: not-applicable)"
            reader.problems.append(Problem("claims.yaml", _place(row), words))


def _place(claim: Row) -> str:
    return f"{claim['entry']}/{claim['key']}"
