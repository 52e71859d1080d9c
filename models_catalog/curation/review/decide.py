"""Deciding on one claim: the page that shows the effect, and what becomes of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from models_catalog.claims.decide import decide
from models_catalog.claims.judge import NotAllowed, refuse_nonsense
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import Effect, foresee
from models_catalog.claims.reports import SettledAlready, follow_report
from models_catalog.curation.pages import back, page, require, tell_changed, version_seen, who, within
from models_catalog.curation.review.claim_forms import Decision
from models_catalog.curation.review.claim_pages import address_of, claim_and_version
from models_catalog.curation.review.reports import disputing, report_of
from models_catalog.fields.describe import called
from models_catalog.history.versions import ChangedMeanwhile
from models_catalog.models import Claim, Report
from models_catalog.models.vocabulary import Status, Verdict


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept, prefer, dispute or reject a claim, or let it wait again; the effect is shown before it is saved."""
    require(request, "change_claim")
    claim, version = claim_and_version(pk)
    report = report_of(request, claim)
    data = request.POST or (request.GET if "decision" in request.GET else None)
    form = Decision(data, claim=claim, initial=disputing(report) if report else {"decision": Verdict.ACCEPT})
    if not form.is_valid() and request.method != "POST":
        forgive(form)
    if request.method == "POST" and form.is_valid():
        was_waiting = claim.status == Status.PROPOSED
        try:
            _carry_out_for(report, request, claim, form.cleaned_data)
        except ChangedMeanwhile as changed:
            version = changed.version
            tell_changed(request, changed)
        except NotAllowed as error:
            form.add_error("decision", str(error))
        except SettledAlready:
            form.add_error(None, _("Another curator settled this report first: nothing was done."))
        else:
            can_undo = was_waiting and not report and form.cleaned_data["decision"] != Verdict.PREFER
            tell_decided(request, [claim.pk], can_undo=can_undo)
            return back(request, address_of(claim.entry))
    call_by_waiting_names([claim.entry])
    context = {
        "title": _("Decide on a claim"),
        "claim": claim,
        "entry": claim.entry,
        "report": report,
        "form": form,
        "effects": _effects(claim, form),
        "version": version,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "opts": Claim._meta,
    }
    return page(request, "admin/claims/decide.html", context)


def forgive(form: Decision) -> None:
    """What is still to be typed is no error of whoever just comes to the page."""
    for name in ("ruling", "reason"):
        form.errors.pop(name, None)


def tell_decided(request: HttpRequest, claims: list[int], *, can_undo: bool) -> None:
    """Say what became of the claims with these ids, with a way to take it back, whose effect is shown first."""
    rows = list(Claim.objects.filter(pk__in=claims).select_related("entry").order_by("pk"))
    first = rows[0]
    told = f"{first.get_status_display()}{_(': ')}{first.entry.label} · {called(first)}"
    if len(rows) > 1:
        told = _("%(status)s: %(count)d claims.") % {
            "status": first.get_status_display(), "count": len(rows)
        }  # fmt: skip
    if not can_undo:
        messages.success(request, told)
        return
    one = reverse("admin:models_catalog_claim_decide", args=[first.pk])
    address = one if len(rows) == 1 else reverse("admin:models_catalog_claim_together")
    came_from = urlsplit(within(request.POST.get("next", ""), otherwise=""))
    query = urlencode(
        {
            "decision": Verdict.REOPEN,
            "next": came_from._replace(fragment=f"claim-{first.pk}").geturl(),
            "claim": claims if len(rows) > 1 else [],
        },
        doseq=True,
    )
    messages.success(
        request, format_html('{} <a href="{}?{}" data-undo>{}</a>', told, address, query, _("Undo"))
    )


def _carry_out_for(report: Report | None, request: HttpRequest, claim: Claim, chosen: dict[str, Any]) -> None:
    """Do it; if a report asks for it and the claim does not stand any more, the report is handled with it."""

    def act() -> None:
        decide(
            claims={claim.pk},
            verdict=Verdict(chosen["decision"]),
            by=who(request),
            seen=_seen(claim, version_seen(request.POST)),
            ruling=chosen["ruling"],
            reason=chosen["reason"],
        )

    if report and chosen["decision"] in (Verdict.DISPUTE, Verdict.REJECT):
        follow_report(report=report, by=who(request), act=act)
    else:
        act()


def _seen(claim: Claim, version: int | None) -> dict[int, int] | None:
    return None if version is None else {claim.entry_id: version}


def _effects(claim: Claim, form: Decision) -> list[Effect] | None:
    """What the chosen decision would do, whatever its grounds; None while none is chosen or it cannot be."""
    chosen = form.cleaned_data.get("decision") if form.is_bound else ""
    if not chosen:
        return None
    try:
        refuse_nonsense([claim], Verdict(chosen))
    except NotAllowed:
        return None
    return foresee([claim], Verdict(chosen))[0].effects
