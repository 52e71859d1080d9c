"""The review queue: readers' reports, then the proposed claims, each with the effect of accepting it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import Prospect, prospects
from models_catalog.claims.reports import first_waiting
from models_catalog.curation.exports import FORMS
from models_catalog.curation.filters import entries_like
from models_catalog.curation.forms import call_by_label
from models_catalog.curation.pages import (
    has_just_acted,
    may,
    no_such_page,
    page,
    page_number,
    refuse_unknown,
    require,
)
from models_catalog.curation.saved_views import views_of
from models_catalog.history.versions import versions_of_claims
from models_catalog.intake.articles.places import Surroundings, surroundings
from models_catalog.intake.tables.accept import Concern
from models_catalog.models import Claim, Developer, Entry, ImportBatch, Report, Source
from models_catalog.models.vocabulary import Basis, Field, Ruling

ALL: list[tuple[str, Any]] = [("", _("All"))]


class Age(TextChoices):
    """How long something has been waiting for review."""

    DAY = "day", _("Less than a day")
    WEEK = "week", _("Less than a week")
    OVER_WEEK = "over-week", _("More than a week")
    OVER_MONTH = "over-month", _("More than a month")

    def condition(self) -> Q:
        """Return the filter for rows of this age."""
        days = {Age.DAY: 1, Age.OVER_MONTH: 30}.get(self, 7)
        since = timezone.now() - timedelta(days=days)
        is_younger = self in (Age.DAY, Age.WEEK)
        return Q(created_at__gt=since) if is_younger else Q(created_at__lte=since)


class QueueFilter(forms.Form):
    """The filters of the queue; an invalid choice is an error and shows no claims."""

    q = forms.CharField(label=_("Model or developer"), required=False, max_length=100)
    entry = forms.ModelChoiceField(
        label=_("Address of one model"), required=False, to_field_name="slug", widget=forms.TextInput,
        queryset=Entry.objects.filter(merged_into=None).only("slug"),
        error_messages={"invalid_choice": _("There is no model with this address.")},
    )  # fmt: skip
    field = forms.ChoiceField(label=_("Field"), required=False, choices=[*ALL, *Field.choices])
    source = forms.ModelChoiceField(
        label=_("Source"), required=False, to_field_name="slug", empty_label=_("All"),
        queryset=Source.objects.all(),
    )  # fmt: skip
    developer = forms.ModelChoiceField(
        label=_("Developer"), required=False, to_field_name="slug", empty_label=_("All"),
        queryset=Developer.objects.filter(entries__isnull=False).distinct(),
    )  # fmt: skip
    basis = forms.ChoiceField(label=_("Basis"), required=False, choices=[*ALL, *Basis.choices])
    batch = forms.ModelChoiceField(
        label=_("Import"), required=False, empty_label=_("All"),
        queryset=ImportBatch.objects.filter(state=ImportBatch.State.APPLIED).only("file_name", "made"),
    )  # fmt: skip
    concern = forms.ChoiceField(
        label=_("To look at, of an import"), required=False, choices=[*ALL, *Concern.choices]
    )
    age = forms.ChoiceField(label=_("Waiting"), required=False, choices=[*ALL, *Age.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            call_by_label(field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("concern") and not cleaned.get("batch"):
            self.add_error("concern", gettext("Choose the import first."))
        return cleaned

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.errors) or any(self.cleaned_data.values())

    def claims(self) -> QuerySet[Claim]:
        """Return the filtered proposed claims, in reading order."""
        waiting = Claim.objects.proposed().in_reading_order()
        if not self.is_valid():
            return waiting.none()
        chosen = self.cleaned_data
        if batch := chosen["batch"]:
            waiting = waiting.filter(pk__in=batch.made.get("claims", []))
            if chosen["concern"]:
                waiting = waiting.filter(Concern(chosen["concern"]).condition(batch))
        if source := chosen["source"]:
            waiting = waiting.filter(Q(source=source) | _added_to_entries_of(source))
        own = {"basis": chosen["basis"]} if chosen["basis"] else {}
        return waiting.filter(self._about(), **own)

    def reports(self) -> QuerySet[Report]:
        """Return the filtered waiting reports; they have no source, basis or import."""
        waiting = Report.objects.waiting()
        if not self.is_valid() or any(
            self.cleaned_data[name] for name in ("source", "basis", "batch", "concern")
        ):
            return waiting.none()
        return waiting.filter(self._about())

    def _about(self) -> Q:
        """Return the filters common to claims and reports: field, developer, entry and age."""
        chosen = self.cleaned_data
        about = Q(field=chosen["field"]) if chosen["field"] else Q()
        if developer := chosen["developer"]:
            about &= Q(entry__in=developer.entries.order_by().values("pk"))
        if chosen["entry"]:
            about &= Q(entry=chosen["entry"])
        if term := chosen["q"].strip():
            about &= Q(entry__in=entries_like(Entry.objects.all(), term).order_by().values("pk"))
        return about & Age(chosen["age"]).condition() if chosen["age"] else about


def _added_to_entries_of(source: Source) -> Q:
    """Return the filter for what curators added to the entries of a source: “a new member of” is proposed with it, and has no source."""
    entries = Claim.objects.filter(source=source).order_by().values("entry")
    return Q(source=None, entry__in=entries)


CLAIMS_A_PAGE = 100


@dataclass(frozen=True)
class Row:
    """A proposed claim with the effect of accepting it, its words in context, and the next focus."""

    claim: Claim
    version: int
    prospect: Prospect
    line: Surroundings | None
    goes_on: str
    """The id of the element to focus after the decision."""


def queue_page(request: HttpRequest, filters: QueueFilter) -> HttpResponse:
    """Show the claims in reading order, paginated; reports come before the first page."""
    require(request, "view_claim")
    refuse_unknown(request.GET, {*filters.fields, "p", "all"})
    number = page_number(request.GET)
    pages = Paginator(filters.claims().values_list("pk", "entry_id"), CLAIMS_A_PAGE)
    if number > pages.num_pages and not has_just_acted(request):
        raise no_such_page(number)
    shown = pages.get_page(number)
    reports = filters.reports()
    context = {
        "title": gettext("Review queue"),
        "shown": shown,
        "rows": _rows(shown),
        "all_ticked": "all" in request.GET,
        "rulings": Ruling.choices,
        "waiting": reports.count(),
        "reports": first_waiting(reports) if shown.number == 1 else [],
        "may_curate": may(request, "change_claim", "change_report"),
        "filters": filters,
        "export_forms": FORMS,
        "here": request.get_full_path(),
        "opts": Claim._meta,
        **views_of(request, "models_catalog_claim_queue"),
    }
    return page(request, "admin/claims/queue.html", context, status=400 if filters.errors else 200)


def _rows(shown: Page[Any]) -> list[Row]:
    """Return the claims of a page; versions are read first, so that none is newer than what is shown."""
    end = shown.start_index() - 1 + CLAIMS_A_PAGE
    places = list(shown.object_list)
    following = [pk for pk, _entry in shown.paginator.object_list[end : end + 1]] if shown.has_next() else []
    versions = versions_of_claims({entry for _pk, entry in places})
    found = Claim.objects.proposed().with_related().select_related("entry").in_bulk([pk for pk, _e in places])
    claims = [found[pk] for pk, _entry in places if pk in found]
    effects, lines = prospects(claims), surroundings(claims)
    after = _what_follows([claim.pk for claim in claims], following)
    call_by_waiting_names(claim.entry for claim in claims)
    return [
        Row(
            claim,
            versions[claim.entry_id],
            effects[claim.pk],
            lines.get(claim.pk),
            after[claim.pk],
        )
        for claim in claims
        if claim.entry_id in versions
    ]


def _what_follows(claims: Sequence[int], following: Sequence[int]) -> dict[int, str]:
    """Return each claim's successor as an anchor; for the last one its predecessor, or the list if none is left."""
    order = [*claims, *following]
    after = dict(pairwise(order))
    if not following and len(claims) > 1:
        after[claims[-1]] = claims[-2]
    return {pk: f"claim-{after[pk]}" if pk in after else "claims" for pk in claims}
