"""Imported tables: the file as read, the decisions about it, and the rows that it created."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from models_catalog.models.source import Source


class Contents(models.TextChoices):
    """The content of a row of an imported table."""

    MODELS = "models", _("a model")
    CLAIMS = "claims", _("a claim")


class ImportBatch(models.Model):
    """One imported file. Claims from a table of models have a source of their own, whose text is `text`.

    `text` has one line per row: a CSV file as it was, a spreadsheet converted to CSV.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Uploaded")
        APPLIED = "applied", _("Applied")
        UNDONE = "undone", _("Undone")

    file_name = models.CharField(_("file name"), max_length=120)
    file_sha256 = models.CharField(max_length=64)
    encoding = models.CharField(_("encoding"), max_length=60)
    text = models.TextField(_("name"))
    content = models.BinaryField(
        default=b"", help_text=_("The file, until it is applied, if it has several sheets to choose from.")
    )
    contents = models.CharField(
        _("a row is"), max_length=20, choices=Contents.choices, default=Contents.MODELS
    )
    mapping = models.JSONField(
        _("columns"), default=dict, help_text=_("Number of the column → what it holds.")
    )
    options = models.JSONField(_("options"), default=dict)
    decisions = models.JSONField(
        _("decisions"), default=dict, help_text=_("Line → the entry that the row speaks of, or “new”.")
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.UPLOADED)
    counts = models.JSONField(_("counts"), default=dict)
    made = models.JSONField(
        _("made"), default=dict, help_text=_("Ids of what it made, so that it can be undone.")
    )
    rows = models.JSONField(
        _("rows"), default=list, help_text=_("Result and reason for each row when it was applied.")
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("source"),
    )
    uploaded_by = models.CharField(_("uploaded by"), max_length=150)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    applied_by = models.CharField(_("applied by"), max_length=150, blank=True)
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=150, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="uploaded") | (~Q(applied_by="") & Q(applied_at__isnull=False)),
                name="import_applied_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"
