"""A transaction that a request left open ends with it, whatever went wrong."""

import pytest
from django.db import connection, transaction

from registry.serving.worker import drop_unfinished


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_was_left_open_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    transaction.atomic().__enter__()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('search_path', 'pg_catalog', true)")
    drop_unfinished()
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        assert "public" in cursor.fetchone()[0]
    assert not connection.in_atomic_block
    assert "left a transaction open" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_connection_at_rest_is_kept() -> None:
    connection.ensure_connection()
    kept = connection.connection
    drop_unfinished()
    assert connection.connection is kept
