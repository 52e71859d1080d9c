"""What changed in the registry, and when."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.db.models.functions import Greatest

from models_catalog.models import Claim


def last_changed() -> datetime | None:
    """When a claim was last made or decided on; None in an empty registry."""
    newest: datetime | None = Claim.objects.aggregate(at=Max(Greatest("created_at", "reviewed_at")))["at"]
    return newest
