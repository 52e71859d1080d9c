"""All rows of the table of actions, and where each is found."""

import re

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
    """Who may press that button at that address, by the table; a button of one model, whatever the model."""
    rows = (act for act in ACTS if act.at == at and _OF_ONE.sub("", act.press) == _OF_ONE.sub("", press))
    return frozenset[Who]().union(*(act.by for act in rows))


_OF_ONE = re.compile("(?<==)[0-9a-f]{12}$")
"""The key of a model on the reading page."""
