"""Reading many tables as they stand at one moment, while others write."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections, transaction


@contextmanager
def one_moment(alias: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """All queries within see the registry of the moment of the first of them, unless a transaction runs already."""
    connection = connections[alias]
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
