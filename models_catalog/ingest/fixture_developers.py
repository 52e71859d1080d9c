"""The rows of `developers.yaml`: organisations, and the statements that back their kinds, parents and other names."""

from typing import TYPE_CHECKING

from models_catalog.ingest import fixture_files as read
from models_catalog.ingest.fixture_files import Problem, Reader, Refused, Row
from models_catalog.models.developer_claim import VALUE_COLUMNS
from models_catalog.models.vocabulary import Basis, DeveloperField, DeveloperKind, Status
from models_catalog.text.names import sort_keys

if TYPE_CHECKING:
    from models_catalog.ingest.fixture_rows import Fixtures


def developer_row(raw: Row, statements: list[Row]) -> Row:
    """A developer's columns; its statements are added to `statements`."""
    row = read.take(raw, "slug name_zh kind", "name_en parent aliases statements")
    row["kind"] = read.choice(row["kind"], "kind", DeveloperKind.values)
    row["aliases"] = [read.text(alias, "alias", 120) for alias in row["aliases"] or []]
    row["parent"] = row["parent"] or None
    for told in row.pop("statements") or []:
        statements.append(_statement(told, row))
    return {**row, **sort_keys(str(row["name_zh"]), str(row["name_en"] or ""))}


def _statement(raw: Row, developer: Row) -> Row:
    if not isinstance(raw, dict):
        raise Refused("a statement is a mapping of columns")
    told = read.take(raw, "key field", "value at quotation stated gloss_en basis reason_zh reason_en status")
    field = DeveloperField(read.choice(told["field"], "field", DeveloperField.values))
    placed = read.place(told)
    basis = Basis(read.choice(told["basis"] or Basis.STATED, "basis", Basis.values))
    reasons = {column: read.text(told[column], column, 300) for column in ("reason_zh", "reason_en")}
    if (basis == Basis.CURATOR) != (placed["source"] is None):
        raise Refused(f"{told['key']}: curator's knowledge has no source, everything else has one")
    if basis != Basis.STATED and not all(reasons.values()):
        raise Refused(f"{told['key']}: {basis} needs reason_zh and reason_en")
    status = read.choice(told["status"] or Status.ACCEPTED, "status", Status.values)
    return {
        "developer": developer["slug"], "key": told["key"], "field": field, "basis": basis, "status": status,
        **placed, **reasons, **_value(told, field, developer, status),
    }  # fmt: skip


def _value(told: Row, field: DeveloperField, developer: Row, status: str) -> Row:
    """The value in the column of its field. Left out it is the developer's own kind or parent."""
    is_alias = field == DeveloperField.ALIAS
    held = developer["aliases"] if is_alias else [developer[field.value]]
    value = told["value"] or (None if is_alias else held[0])
    if not value:
        raise Refused(f"{told['key']}: no value")
    if status == Status.ACCEPTED and value not in held:
        raise Refused(f"{told['key']}: {value!r} is not the {field} of this row")
    return {"token": "", "text": "", "parent": None, VALUE_COLUMNS[field]: value}


def check_statements(reader: Reader, fixtures: "Fixtures") -> None:
    """That each key is unique in its developer, and that each article and parent exists."""
    keys = [(row["developer"], row["key"]) for row in fixtures.statements]
    known = {
        "source": {row["slug"] for row in fixtures.sources},
        "parent": {row["slug"] for row in fixtures.developers},
    }
    for developer, key in sorted({key for key in keys if keys.count(key) > 1}):
        reader.problems.append(Problem("developers.yaml", f"{developer}/{key}", "stands twice"))
    for row in fixtures.statements:
        for column, slugs in known.items():
            if row[column] is not None and row[column] not in slugs:
                place = f"{row['developer']}/{row['key']}"
                reader.problems.append(
                    Problem("developers.yaml", place, f"there is no {column} {row[column]!r}")
                )
