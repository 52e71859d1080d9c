"""The fixtures' rows against each other: what points where, and which claim fills a column."""

from typing import TYPE_CHECKING

from models_catalog.actions.claims import can_be_preferred
from models_catalog.ingest.fixture_files import Problem, Reader, Row
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Field, NameKind, Status

if TYPE_CHECKING:
    from models_catalog.ingest.fixture_rows import Fixtures


def check_references(reader: Reader, fixtures: "Fixtures") -> None:
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


def choose_preferred(reader: Reader, claims: list[Row]) -> None:
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
