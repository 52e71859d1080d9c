"""Error reports from readers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.models.addresses import address
from models_catalog.models.entry import Entry
from models_catalog.models.vocabulary import Field
from models_catalog.models.words import ArePlain, AreQuotable, Quoted, Words

MAX_STATEMENT_CHARS = 1_000
MAX_REASON_CHARS = 300


class ReportStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a curator")
    HANDLED = "handled", _("Handled")
    DISMISSED = "dismissed", _("Not accepted")


def reported_label(field: Field) -> str:
    """The label of a field in the report form, where an event is a release date."""
    return gettext("Release date") if field == Field.EVENT else str(field.label)


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> ReportQuerySet:
        """Open reports, oldest first."""
        return self.filter(status=ReportStatus.PROPOSED).order_by("created_at", "pk")


class Report(models.Model):
    """A reader's report, with a source, that a field of an entry is wrong. Curators review it in their queue.

    It changes nothing by itself. The sender is not recorded.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="reports", verbose_name=_("entry")
    )
    field = models.CharField(_("field"), max_length=20, choices=Field.choices)
    statement = Quoted(_("correction"), max_length=MAX_STATEMENT_CHARS)
    source_url = models.URLField(_("address of the source"), max_length=500)
    status = models.CharField(
        _("status"), max_length=20, choices=ReportStatus.choices, default=ReportStatus.PROPOSED
    )
    handled_by = models.CharField(_("handled by"), max_length=150, blank=True)
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True)
    reason = Words(_("reason"), max_length=MAX_REASON_CHARS, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index("status", "created_at", name="report_queue")]
        constraints = [
            models.CheckConstraint(condition=~Q(statement=""), name="report_says_something"),
            models.CheckConstraint(
                condition=Q(source_url__startswith="https://") | Q(source_url__startswith="http://"),
                name="report_source_is_on_the_web",
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="report_field_is_known"),
            models.CheckConstraint(condition=ArePlain("reason"), name="report_words_are_plain"),
            models.CheckConstraint(
                condition=AreQuotable("statement", "source_url"), name="report_statement_is_quotable"
            ),
            models.CheckConstraint(
                condition=Q(status=ReportStatus.PROPOSED) | (~Q(handled_by="") & Q(handled_at__isnull=False)),
                name="report_handled_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ReportStatus.values), name="report_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.field_label}"

    def get_absolute_url(self) -> str:
        return address("entry", self.entry.slug)

    @property
    def field_label(self) -> str:
        return reported_label(Field(self.field))

    @property
    def is_waiting(self) -> bool:
        return self.status == ReportStatus.PROPOSED
