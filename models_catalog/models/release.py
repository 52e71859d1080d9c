"""Data releases: frozen, numbered copies of the registry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from models_catalog.models.addresses import address


class Release(models.Model):
    """One data release, stored as the bytes of its data package. The database refuses to change it.

    `counts` has the number of rows by table; `changes` has by table what was `added`, `removed` and `changed` since the
    previous release (keys of rows; for changed ones the columns before and now), and is empty for the first.
    """

    number = models.PositiveIntegerField(unique=True)
    day = models.DateField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes.")
    counts = models.JSONField()
    changes = models.JSONField(default=dict)
    package = models.BinaryField()
    created_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When the registry here was as the release has it."
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="release_number_from_one"),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="release_sha256_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.day})"

    def get_absolute_url(self) -> str:
        return address("release", self.number)

    @property
    def name(self) -> str:
        return f"baimo-{self.number}-{self.day}"

    @property
    def file_name(self) -> str:
        return f"{self.name}.zip"
