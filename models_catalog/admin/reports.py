"""Reports: what readers say is wrong, waiting for a curator."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from models_catalog.actions.reports import settle_report
from models_catalog.admin import filters, sheets
from models_catalog.admin.lists import ListAdmin
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
    list_display = ("entry", "field", "statement", "source_url", "status", "created_at", "handled_by")
    list_filter = (filters.REPORT_STATUS,)
    list_select_related = ("entry",)
    find = reports_like
    actions = (*ListAdmin.actions, "mark_handled", "mark_dismissed")  # type: ignore[assignment]  # more of them

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Report._meta.fields if field.name != "id"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(permissions=["change"], description=_("Mark as handled"))
    def mark_handled(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.HANDLED)

    @admin.action(permissions=["change"], description=_("Dismiss"))
    def mark_dismissed(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        self._settle(request, queryset, ReportStatus.DISMISSED)

    def _settle(self, request: HttpRequest, queryset: QuerySet[Report], status: ReportStatus) -> None:
        settled = [
            settle_report(report=report, by=request.user.get_username(), status=status) for report in queryset
        ]
        count = len(settled)
        told = ngettext("%(count)d report settled.", "%(count)d reports settled.", count) % {"count": count}
        self.message_user(request, told, messages.SUCCESS)
