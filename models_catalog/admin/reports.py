"""Reports: what readers say is wrong. They wait in the review queue; here are all of them, and one by itself."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from models_catalog.actions.reports import SettledAlready, settle_report
from models_catalog.admin import filters, sheets
from models_catalog.admin.lists import ListAdmin
from models_catalog.admin.report_page import report_page
from models_catalog.admin.search import entries_like
from models_catalog.models import Entry, Report
from models_catalog.models.report import ReportStatus


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
    actions = (*ListAdmin.actions, "mark_handled", "mark_dismissed")  # type: ignore[assignment]  # more of them

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

    @admin.display(description=_("field"), ordering="field")
    def field_label(self, report: Report) -> str:
        return report.field_label

    @admin.display(description=_("address of the source"), ordering="source_url")
    def link(self, report: Report) -> SafeString:
        """A stranger's link: followed by nobody unasked, and told nothing of where it was clicked."""
        return format_html('<a href="{0}" rel="nofollow noopener noreferrer ugc">{0}</a>', report.source_url)

    @admin.action(permissions=["change"], description=_("Mark as handled"))
    def mark_handled(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.HANDLED)

    @admin.action(permissions=["change"], description=_("Dismiss"))
    def mark_dismissed(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.DISMISSED)

    def _settle(self, request: HttpRequest, queryset: QuerySet[Report], status: ReportStatus) -> None:
        """Settle those that still wait."""
        count = 0
        for report in queryset:
            try:
                settle_report(report=report, by=request.user.get_username(), status=status)
            except SettledAlready:
                continue
            count += 1
        told = ngettext("%(count)d report settled.", "%(count)d reports settled.", count) % {"count": count}
        self.message_user(request, told, messages.SUCCESS)
