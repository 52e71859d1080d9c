"""Pages for working on claims: an entry's claims, and the form of one claim with a preview of its effect."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from models_catalog.claims.decide import decide
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import effect_of
from models_catalog.claims.propose import propose_claim, revise_claim
from models_catalog.claims.reports import beside_claims
from models_catalog.curation.pages import VERSION, back, may, page, require, tell_changed, version_seen, who
from models_catalog.curation.review.claim_forms import ClaimForm, EntryForm, NamingForm
from models_catalog.curation.review.reports import handed_over, report_of
from models_catalog.fields.describe import called
from models_catalog.history.versions import ChangedMeanwhile, version_of_claims
from models_catalog.models import Claim, Entry
from models_catalog.models.claim import by_field
from models_catalog.models.vocabulary import Field, NameKind, Verdict
from models_catalog.text.names import slugify_name

MAX_REPORTS_SHOWN = 25
PREVIEW = "_preview"


def address_of(entry: Entry) -> str:
    return reverse("admin:models_catalog_entry_change", args=[entry.pk])


def entry_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Show every field of an entry with its claims and their actions."""
    claims = entry.claims.with_related().order_by("field", "position", "pk")
    call_by_waiting_names([entry])
    context = {
        "title": str(entry),
        "entry": entry,
        "fields": list(by_field(claims).items()),
        "reports": beside_claims(entry.reports.waiting().select_related("entry")[:MAX_REPORTS_SHOWN]),
        "here": request.get_full_path(),
        "may_curate": may(request, "change_claim"),
        "may_merge": may(request, "add_merge"),
        "opts": Entry._meta,
    }
    return page(request, "admin/claims/entry.html", context)


def claim_and_version(pk: int) -> tuple[Claim, int]:
    """Return a claim, and its entry's version, read first so that no change in between is missed."""
    version = version_of_claims(get_object_or_404(Entry, claims=pk))
    return get_object_or_404(Claim.objects.with_related().select_related("entry"), pk=pk), version


def add_claim(request: HttpRequest) -> HttpResponse:
    """Propose a claim about the entry and field in the query; optionally accept it at once."""
    require(request, "add_claim")
    words = request.GET.get("entry", "")
    if not (words.isascii() and words.isdigit() and len(words) < 19):
        return page(request, "admin/claims/choose.html", {"title": _("Propose a claim"), "opts": Claim._meta})
    entry = get_object_or_404(Entry, pk=int(words))
    if request.GET.get("field") not in Field.values:
        raise BadRequest("there is no such field")
    claim, asked = Claim(entry=entry, field=request.GET["field"]), _asked(request)

    @transaction.atomic  # a claim that cannot be accepted is not proposed either
    def save(revised: Claim) -> None:
        propose_claim(claim=revised, proposer=who(request))
        if "_accept" in asked or PREVIEW in asked:
            decide(claims={revised.pk}, verdict=Verdict.ACCEPT, by=who(request))

    return _claim_page(request, claim, save, title=_("Propose a claim"))


def change_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a claim's words, place or value; read-only for users who may only view."""
    require(request, "change_claim" if request.method == "POST" or _asked(request) else "view_claim")
    claim, seen = claim_and_version(pk)

    def save(revised: Claim, version: int | None = None) -> None:
        revise_claim(claim=revised, reviewer=who(request), version=version)

    return _claim_page(request, claim, save, title=_("Correct a claim"), seen=seen)


def _asked(request: HttpRequest) -> QueryDict:
    """Return the input: a preview uses GET, so that the browser can go back to it without resubmitting."""
    return request.GET if request.method != "POST" and PREVIEW in request.GET else request.POST


def _claim_page(
    request: HttpRequest, claim: Claim, save: Callable[..., None], *, title: str, seen: int = 0
) -> HttpResponse:
    asked, report = _asked(request), report_of(request, claim)
    form = ClaimForm(
        asked or None, instance=claim, initial=handed_over(report) if report and not claim.pk else None
    )
    call_by_waiting_names([claim.entry])
    effects = None
    if claim.pk and (request.method == "POST" or VERSION in asked):
        seen = version_seen(asked)  # the version that the curator saw, until a conflict is reported
    if asked and form.is_valid():
        try:
            if PREVIEW in asked:
                effects = effect_of(claim.entry, lambda: save(copy(form.instance)))
            else:
                save(form.instance, **({"version": seen} if claim.pk else {}))
                told = f"{claim.entry} · {called(form.instance)}"
                messages.success(request, _("Saved: %(claim)s.") % {"claim": told})
                return back(request, address_of(claim.entry))
        except ChangedMeanwhile as changed:
            seen = changed.version
            tell_changed(request, changed, form.typed)
        except NotAllowed as error:
            form.add_error(None, str(error))
    context = {
        "title": title, "claim": claim, "entry": claim.entry, "form": form, "effects": effects,
        "version": seen, "may_curate": may(request, "change_claim"),
        "report": report,
        "field": Field(claim.field), "is_new": claim.pk is None, "opts": Claim._meta,
    }  # fmt: skip
    return page(request, "admin/claims/form.html", context)


def add_entry(request: HttpRequest) -> HttpResponse:
    """Add an entry: its slug, and the claim of its name."""
    require(request, "add_entry", "add_claim")
    naming = Claim(entry=Entry(), field=Field.NAME, token=NameKind.ZH)
    entry_form, form = EntryForm(request.POST or None), NamingForm(request.POST or None, instance=naming)
    if request.method == "POST" and entry_form.is_valid() and form.is_valid():
        slug = entry_form.cleaned_data["slug"] or slugify_name(form.cleaned_data["text"])
        if not slug or Entry.objects.filter(slug=slug).exists():
            entry_form.add_error("slug", _("Give an address that no entry has yet."))
        else:
            entry = _make_entry(request, slug, form.instance)
            messages.success(request, _("Saved: %(claim)s.") % {"claim": entry})
            return back(request, address_of(entry))
    context = {
        "title": _("Add an entry"), "form": form, "entry_form": entry_form, "field": Field.NAME, "is_new": True,
        "may_curate": True, "opts": Entry._meta,
    }  # fmt: skip
    return page(request, "admin/claims/form.html", context)


@transaction.atomic
def _make_entry(request: HttpRequest, slug: str, naming: Claim) -> Entry:
    entry = Entry.objects.create(slug=slug)
    naming.entry = entry
    propose_claim(claim=naming, proposer=who(request))
    if "_accept" in request.POST:
        decide(claims={naming.pk}, verdict=Verdict.ACCEPT, by=who(request))
    return entry
