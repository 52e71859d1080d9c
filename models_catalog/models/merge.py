"""Merges of duplicates, with the data to undo them."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from models_catalog.models.entry import Entry


def protect_standing(collector: Any, field: Any, merges: Any, using: str) -> None:
    """Forbid deleting an entry of a merge in force. After an undo it may be deleted; the merge keeps its slug."""
    standing = merges.filter(undone_at=None)
    if standing:
        models.PROTECT(collector, field, standing, using)
    models.SET_NULL(collector, field, merges, using)


class Merge(models.Model):
    """One entry or developer merged into another, and what moved, so that the merge can be undone.

    A merged entry stays as a row. A merged developer's row is deleted, and kept in `moved` with the id of the kept one.
    """

    class Of(models.TextChoices):
        ENTRY = "entry", _("Entry")
        DEVELOPER = "developer", _("Developer")

    of = models.CharField(_("kind"), max_length=10, choices=Of.choices, default=Of.ENTRY)
    kept = models.ForeignKey(
        Entry, on_delete=protect_standing, null=True, related_name="merges", verbose_name=_("kept")
    )
    merged = models.ForeignKey(
        Entry, on_delete=protect_standing, null=True, related_name="merged_by", verbose_name=_("merged")
    )
    kept_slug = models.SlugField(_("address of the kept entry"), max_length=80, db_index=False)
    merged_slug = models.SlugField(_("address of the merged entry"), max_length=80, db_index=False)
    merged_name = models.CharField(_("name of the merged entry"), max_length=160, blank=True)
    moved = models.JSONField(
        _("moved"),
        help_text=_(
            "Claim id → entry, key, position and preference before the merge; rows of links that it removed."
        ),
    )
    done_by = models.CharField(_("done by"), max_length=150)
    done_at = models.DateTimeField(_("done at"), auto_now_add=True)
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-done_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_joins_two"),
            models.CheckConstraint(
                condition=Q(undone_by="", undone_at=None) | (~Q(undone_by="") & Q(undone_at__isnull=False)),
                name="merge_undone_says_by_whom",
            ),
            models.CheckConstraint(
                condition=(
                    Q(of="entry") & (Q(undone_at__isnull=False) | Q(kept__isnull=False, merged__isnull=False))
                )
                | Q(of="developer", kept=None, merged=None),
                name="merge_standing_has_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_name or self.merged_slug} → {self.kept_name}"

    @property
    def kept_name(self) -> str:
        return str(self.kept or self.moved.get("kept_name") or self.kept_slug)
