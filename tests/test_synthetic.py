"""The synthetic catalog of `make bench` fills every column that today's tables ask for."""

import pytest
from django.db import connection

from bench.synthetic import COLUMNS

ASKED = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AND is_generated = 'NEVER'
"""


@pytest.mark.django_db
@pytest.mark.parametrize("table", COLUMNS)
def test_every_column_that_must_hold_something_is_filled(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [f"models_catalog_{table}"])
        asked = {name for (name,) in cursor.fetchall()}
    assert asked - {name.strip(' "') for name in COLUMNS[table].split(",")} == set()
