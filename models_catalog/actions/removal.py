"""Taking rows away for good: recorded with a name, and the entries follow."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from models_catalog.actions.recording import recorded
from models_catalog.actions.settle import settle
from models_catalog.models import Claim, Entry


@transaction.atomic
def delete_claims(*, claims: QuerySet[Claim], by: str) -> None:
    """Delete `claims`, and bring the columns of their entries in line with those that stay."""
    with recorded("delete", who=by):
        ids = list(claims.values_list("pk", flat=True))
        entries = list(Entry.objects.filter(claims__in=ids).distinct())
        Claim.objects.filter(pk__in=ids).delete()
        settle(entries)


@transaction.atomic
def delete_rows(*, rows: QuerySet[Any], by: str) -> None:
    """Delete `rows` and what belongs to them; their history stays, and says who did it."""
    with recorded("delete", who=by):
        rows.delete()
