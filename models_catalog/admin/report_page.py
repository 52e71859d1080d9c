"""One report of a reader: its words beside the claims that it disputes, and what becomes of it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.actions.reports import SettledAlready, settle_report
from models_catalog.admin.claim_forms import ReasonField
from models_catalog.admin.labels import SentenceCase
from models_catalog.admin.pages import back, may, page, who
from models_catalog.models import Report
from models_catalog.models.report import MAX_REASON_CHARS, ReportStatus
from models_catalog.queries.reports import beside_claims


class Settlement(SentenceCase, forms.Form):
    """What becomes of a report, and why it is dismissed."""

    status = forms.ChoiceField(choices=ReportStatus.choices)
    reason = ReasonField(label=gettext_lazy("reason"), required=False, max_length=MAX_REASON_CHARS)

    def clean(self) -> None:
        if self.cleaned_data.get("status") == ReportStatus.DISMISSED and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why."))


def report_page(request: HttpRequest, report: Report) -> HttpResponse:
    """Shows the report; a post settles it, or lets it wait again."""
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
