"""Readers' reports: the list, the page of one, and a report next to the claim that it disputes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from models_catalog.claims.reports import SettledAlready, beside_claims, settle_report
from models_catalog.curation import filters, sheets
from models_catalog.curation.filters import entries_like
from models_catalog.curation.forms import SentenceCase
from models_catalog.curation.lists import ListAdmin
from models_catalog.curation.pages import back, may, page, require, who
from models_catalog.curation.review.claim_forms import ReasonField
from models_catalog.models import Claim, Entry, Report, Source
from models_catalog.models.report import MAX_REASON_CHARS, ReportStatus
from models_catalog.models.source import QUOTATION_LENGTH
from models_catalog.models.vocabulary import Ruling, Verdict


def report_of(request: HttpRequest, claim: Claim) -> Report | None:
    """Return the report given as `report` in the query or form; 404 unless it is about the claim's entry and field."""
    words = request.POST.get("report") or request.GET.get("report", "")
    if not words:
        return None
    require(request, "view_report", *(["change_report"] if request.method == "POST" else []))
    known = words.isascii() and words.isdigit() and len(words) < 19
    reports = Report.objects.filter(entry=claim.entry_id, field=claim.field).select_related("entry")
    return get_object_or_404(reports, pk=int(words) if known else 0)


def disputing(report: Report) -> dict[str, Any]:
    """Return the initial values of the decision form when it is opened from a report."""
    reason = f"{report.source_url} {report.statement}"
    return {
        "decision": Verdict.DISPUTE,
        "ruling": Ruling.CURATOR,
        "reason": " ".join(reason.split())[:MAX_REASON_CHARS],
    }


def handed_over(report: Report) -> dict[str, Any]:
    """Return the initial values of a claim made from a report: the page that it names, if it is a source, and its words."""
    source = Source.objects.filter(web_address=report.source_url).first()
    words = " ".join(report.statement.split())
    return {"source": source, "quotation": words if len(words) <= QUOTATION_LENGTH else ""}


class Settlement(SentenceCase, forms.Form):
    """The new status of a report, with a reason if it is not accepted."""

    status = forms.ChoiceField(choices=ReportStatus.choices)
    reason = ReasonField(label=gettext_lazy("reason"), required=False, max_length=MAX_REASON_CHARS)

    def clean(self) -> None:
        if self.cleaned_data.get("status") == ReportStatus.DISMISSED and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why."))


def report_page(request: HttpRequest, report: Report) -> HttpResponse:
    """Show the report; a post settles or reopens it."""
    form = Settlement(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settle_report(
                report=report,
                by=who(request),
                status=ReportStatus(form.cleaned_data["status"]),
                reason=form.cleaned_data["reason"],
            )
        except SettledAlready:
            messages.warning(request, _("Another curator settled this report first: nothing was done."))
        else:
            messages.success(request, _("Done: %(claim)s.") % {"claim": report})
        return back(request, reverse("admin:models_catalog_report_change", args=[report.pk]))
    context = {
        "title": str(report),
        "row": beside_claims([report])[0],
        "form": form,
        "here": request.POST.get("next", ""),
        "may_curate": may(request, "change_claim", "change_report"),
        "opts": Report._meta,
    }
    return page(request, "admin/reports/report.html", context, status=400 if form.errors else 200)


def reports_like(queryset: QuerySet[Report], term: str) -> QuerySet[Report]:
    return queryset.filter(
        Q(entry__in=entries_like(Entry.objects.all(), term)) | Q(statement__icontains=term)
    )


@admin.register(Report)
class ReportAdmin(ListAdmin[Report]):
    exported_as = (sheets.REPORTS,)
    list_display = (
        "entry",
        "field_label",
        "statement",
        "link",
        "status",
        "created_at",
        "handled_by",
        "reason",
    )
    list_filter = (filters.REPORT_STATUS,)
    list_select_related = ("entry",)
    find = reports_like
    actions = (*ListAdmin.actions, "mark_handled", "mark_dismissed")  # type: ignore[assignment]  # extends the base

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        allowed = self.has_change_permission if request.method == "POST" else self.has_view_permission
        if not allowed(request):
            raise PermissionDenied
        report = self.get_object(request, object_id)
        if report is None:
            raise Http404
        return report_page(request, report)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=gettext_lazy("field"), ordering="field")
    def field_label(self, report: Report) -> str:
        return report.field_label

    @admin.display(description=gettext_lazy("address of the source"), ordering="source_url")
    def link(self, report: Report) -> SafeString:
        """A link from an anonymous reader: search engines do not follow it, and its site gets no referrer."""
        return format_html('<a href="{0}" rel="nofollow noopener noreferrer ugc">{0}</a>', report.source_url)

    @admin.action(permissions=["change"], description=gettext_lazy("Mark as handled"))
    def mark_handled(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.HANDLED)

    @admin.action(permissions=["change"], description=gettext_lazy("Do not accept"))
    def mark_dismissed(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.DISMISSED)

    def _settle(self, request: HttpRequest, queryset: QuerySet[Report], status: ReportStatus) -> None:
        """Settle the reports that are still waiting."""
        count = 0
        for report in queryset:
            try:
                settle_report(report=report, by=request.user.get_username(), status=status)
            except SettledAlready:
                continue
            count += 1
        told = ngettext("%(count)d report settled.", "%(count)d reports settled.", count) % {"count": count}
        self.message_user(request, told, messages.SUCCESS)
