"""Deciding on one claim: a preview of the effect, the decision, and its undo."""

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
    """Accept, prefer, dispute, reject or reopen a claim, after a preview of the effect."""
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
            can_undo = was_waiting and not report
            tell_decided(
                request,
                [claim.pk],
                can_undo=can_undo,
                is_preferred=form.cleaned_data["decision"] == Verdict.PREFER,
            )
            return back(request, address_of(claim.entry))
    call_by_waiting_names([claim.entry])
    context = {
        "title": _("Review a claim"),
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
    """Drop the errors about inputs that are still empty when the page is first shown."""
    for name in ("ruling", "reason"):
        form.errors.pop(name, None)


def tell_decided(
    request: HttpRequest, claims: list[int], *, can_undo: bool, is_preferred: bool = False
) -> None:
    """Report the claims' new status, with a link to undo it, which previews the effect first."""
    rows = list(Claim.objects.filter(pk__in=claims).select_related("entry").order_by("pk"))
    first = rows[0]
    told = f"{first.get_status_display()}{_(': ')}{first.entry.label} · {called(first)}"
    if len(rows) > 1:
        told = _("%(status)s: %(count)d claims.") % {
            "status": first.get_status_display(), "count": len(rows)
        }  # fmt: skip
    if is_preferred:
        exact = reverse("admin:models_catalog_claim_undo", args=[first.pk])
        messages.success(request, format_html('{} <a href="{}" data-undo>{}</a>', told, exact, _("Undo")))
        return
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
    """Decide; if the page was opened from a report and the claim is disputed or rejected, settle the report too."""

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
    """Return the effect of the chosen decision, whatever its reason; None if none is chosen or it is impossible."""
    chosen = form.cleaned_data.get("decision") if form.is_bound else ""
    if not chosen:
        return None
    try:
        refuse_nonsense([claim], Verdict(chosen))
    except NotAllowed:
        return None
    return foresee([claim], Verdict(chosen))[0].effects
