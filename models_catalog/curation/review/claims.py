"""The admin list of claims, and the URLs for reviewing them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from models_catalog.claims.recording import delete_claims
from models_catalog.curation import filters, sheets
from models_catalog.curation.exports import FORMS, respond
from models_catalog.curation.filters import entries_like
from models_catalog.curation.lists import ListAdmin, found_at
from models_catalog.curation.pages import require, who
from models_catalog.curation.review import claim_pages, decide, replace
from models_catalog.curation.review.decide_many import together
from models_catalog.curation.review.queue import QueueFilter, queue_page
from models_catalog.models import Claim, Entry


def claims_like(queryset: QuerySet[Claim], term: str) -> QuerySet[Claim]:
    """Return claims about the entries that match `term`."""
    return queryset.filter(entry__in=entries_like(Entry.objects.all(), term))


@admin.register(Claim)
class ClaimAdmin(ListAdmin[Claim]):
    exported_as = (sheets.CLAIMS,)
    list_display = (
        "entry",
        "field",
        "words",
        "status",
        "fills_the_column",
        "basis",
        "source",
        found_at,
        "reviewed_at",
    )
    list_filter = (
        filters.STATUS, filters.FIELD, filters.BASIS, filters.ANSWER, filters.PreferredFilter, filters.SOURCE,
    )  # fmt: skip
    list_select_related = ("entry", "source", "developer", "sector", "parent")
    ordering = ("entry__sort_key", "entry__slug", "field", "position", "pk")
    search_help_text = _("Any name of the model that the claim is about, or of its developer.")
    find = claims_like

    change_list_template = "admin/claims/list.html"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        own = [
            path("queue/", wrap(self.queue_view), name="models_catalog_claim_queue"),
            path(
                "queue/claims.<slug:form>", wrap(self.queue_export), name="models_catalog_claim_queue_export"
            ),
            path("together/", wrap(together), name="models_catalog_claim_together"),
            path("<int:pk>/decide/", wrap(decide.decision), name="models_catalog_claim_decide"),
            path("<int:pk>/replace/", wrap(replace.replace), name="models_catalog_claim_replace"),
            path("<int:pk>/undo/", wrap(replace.undo), name="models_catalog_claim_undo"),
        ]
        return [*own, *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return claim_pages.add_claim(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        claim = self.get_object(request, object_id)
        if claim is None:
            raise Http404
        return claim_pages.change_claim(request, claim.pk)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> None:
        delete_claims(claims=queryset, by=who(request))

    @method_decorator(require_safe)
    def queue_view(self, request: HttpRequest) -> HttpResponse:
        return queue_page(request, QueueFilter(request.GET))

    @method_decorator(require_safe)
    def queue_export(self, request: HttpRequest, form: str) -> HttpResponseBase:
        """Export the filtered claims of the review queue, on every page, in its order."""
        require(request, "view_claim")
        if form not in FORMS:
            raise Http404
        return respond(request, sheets.CLAIMS, QueueFilter(request.GET).claims(), form)

    @admin.display(description=_("words"))
    def words(self, claim: Claim) -> str:
        return claim.quotation or claim.text or claim.token_label

    @admin.display(description=_("fills the column"), ordering="preferred")
    def fills_the_column(self, claim: Claim) -> str:
        return str(_("Yes")) if claim.preferred else ""
