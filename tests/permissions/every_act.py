"""All rows of the table of actions, and where each is found."""

from tests.permissions import rows_claims, rows_fields, rows_imports, rows_people, rows_tables
from tests.permissions.acts import Act
from tests.permissions.table import Who

ACTS: list[Act] = [
    *rows_claims.ACTS,
    *rows_fields.ACTS,
    *rows_imports.ACTS,
    *rows_tables.ACTS,
    *rows_people.ACTS,
]

WHERE = "tests/permissions/rows_*.py: a row for each, with valid data, who may, and what it does"


def who_may(at: str, press: str) -> frozenset[Who]:
    """Who may press that button at that address, by the table."""
    return frozenset[Who]().union(*(act.by for act in ACTS if (act.at, act.press) == (at, press)))
