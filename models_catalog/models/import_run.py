"""Background runs of imports that exceed a request's time, with their progress."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from models_catalog.models.import_batch import ImportBatch


class ImportRun(models.Model):
    """One process that applies or undoes an import in one transaction.

    The process writes this row outside of that transaction and holds a lock while it lives. A run that has neither
    ended nor holds the lock was interrupted, and nothing of it was written.
    """

    class What(models.TextChoices):
        APPLY = "apply", pgettext_lazy("import", "Apply")
        UNDO = "undo", _("Undo")
        DECIDE = "decide", _("Accept, or put back to review")

    class Stage(models.TextChoices):
        READING = "reading", _("reading")
        WRITING = "writing", _("writing")
        SETTLING = "settling", _("bringing the models in line")
        REMOVING = "removing", _("removing")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        CHANGED = "changed", _("The registry changed meanwhile")
        REFUSED = "refused", _("Refused")

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="runs", verbose_name=_("import")
    )
    what = models.CharField(_("what"), max_length=20, choices=What.choices)
    expected = models.CharField(_("fingerprint of the preview"), max_length=32, blank=True)
    started_by = models.CharField(_("started by"), max_length=150)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage.choices, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("run of an import")
        verbose_name_plural = _("runs of imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")),
                name="import_run_ended_somehow",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.pk}"

    @property
    def percent(self) -> int:
        """Progress over all stages, 0 to 100."""
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def rows(self) -> int:
        """Rows (when undoing, claims) that each stage processes; `total` counts them once per stage."""
        return self.total // self._stages

    @property
    def rows_done(self) -> int:
        """Rows that the current stage has processed; all of them at the end of a stage."""
        done = self.done % self.rows if self.rows else 0
        return done or (self.rows if self.done else 0)

    @property
    def _stages(self) -> int:
        return 3 if self.what == self.What.APPLY else 2
