"""Pairs of rows whose names are alike and of which a curator said that they are not the same."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from models_catalog.models.merge import Merge


class Apart(models.Model):
    """Two entries, or two developers, that are not asked about any more: who said so, and who took it back.

    They are named by their ids alone, so that it outlasts a merge of either that is undone.
    """

    of = models.CharField(max_length=10, choices=Merge.Of.choices)
    one = models.BigIntegerField()
    other = models.BigIntegerField()
    done_by = models.CharField(max_length=150)
    done_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.CharField(max_length=150, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-done_at", "-pk"]
        verbose_name = _("pair that is not the same")
        verbose_name_plural = _("pairs that are not the same")
        default_permissions: ClassVar[Any] = ()
        constraints = [
            models.UniqueConstraint(
                fields=["of", "one", "other"], condition=Q(undone_at=None), name="apart_once"
            ),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="apart_is_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by="", undone_at=None) | (~Q(undone_by="") & Q(undone_at__isnull=False)),
                name="apart_undone_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
