"""Queries that hold nothing of a request."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def ids_of(rows: QuerySet[Any]) -> RawSQL:
    """The ids of `rows` as SQL, to be kept: putting together a query of many conditions takes longer than answering it."""
    return RawSQL(*rows.order_by().values("pk").query.sql_with_params())  # noqa: S611 - Django's own SQL
