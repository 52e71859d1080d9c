"""Bulk acceptance of an import: preview what becomes public, accept it, undo it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import foresee
from models_catalog.curation.pages import VERSION, page, require, who
from models_catalog.intake.tables.accept import Outlook, Scope, decide_on_import, outlook, waiting_claims
from models_catalog.intake.tables.apply import PlanChanged
from models_catalog.intake.tables.runs import start_run
from models_catalog.models import Claim, ImportBatch, ImportRun
from models_catalog.models.vocabulary import Status, Verdict

CLAIMS_AT_ONCE = 1_000
"""Maximum number of claims decided on within the request; above it a process is started."""
ENTRIES_SHOWN = 20
"""Number of models on a page of the preview."""


class ScopeForm(forms.Form):
    """Which claims of an import to decide on."""

    scope = forms.ChoiceField(
        label=gettext_lazy("Accept"), widget=forms.RadioSelect, choices=[*Scope.choices[:2]]
    )
    undo = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def chosen(self) -> Scope:
        """Return the requested scope; CLEAR if the form is invalid."""
        if not self.is_valid():
            return Scope.CLEAR
        return Scope.ACCEPTED if self.cleaned_data["undo"] else Scope(self.cleaned_data["scope"])


def accept_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview accepting an import, or undoing that; a post with the previewed version does it."""
    require(request, "change_importbatch", "change_claim")
    batch = get_object_or_404(ImportBatch, pk=pk)
    if batch.state != ImportBatch.State.APPLIED:
        return redirect("admin:models_catalog_importbatch_change", batch.pk)
    data = request.POST if request.method == "POST" else request.GET
    form = ScopeForm({"scope": Scope.CLEAR, **data.dict()})
    seen = outlook(batch, form.chosen())
    if request.method == "POST" and form.is_valid():
        if request.POST.get(VERSION, "") == seen.version and seen.claims and _decide(request, batch, seen):
            return redirect("admin:models_catalog_importbatch_change", batch.pk)
        messages.warning(request, _("What this does has changed since the page was shown: look again."))
    return _acceptance(request, batch, form, seen)


def _decide(request: HttpRequest, batch: ImportBatch, seen: Outlook) -> bool:
    """Decide, start a process, or report a refusal; return False only if the outcome would have changed."""
    try:
        if len(seen.claims) > CLAIMS_AT_ONCE:
            start_run(batch=batch, what=ImportRun.What.DECIDE, by=who(request), expected=seen.version)
        else:
            done = decide_on_import(batch=batch, by=who(request), seen=seen.version)
            _tell(request, batch, done)
    except PlanChanged:
        return False
    except NotAllowed as error:
        messages.error(request, str(error))
    return True


def _tell(request: HttpRequest, batch: ImportBatch, done: list[Claim]) -> None:
    """Report the claims' new status and, if accepted, a link to undo it."""
    told = f"{done[0].get_status_display()}{_(': ')}{counted(len(done))}"
    if done[0].status != Status.ACCEPTED:
        messages.success(request, told)
        return
    address = reverse("admin:models_catalog_importbatch_accept", args=[batch.pk])
    messages.success(
        request, format_html('{} <a href="{}?undo=1" data-undo>{}</a>', told, address, _("Undo"))
    )


def counted(number: int) -> str:
    return ngettext("%(count)d claim", "%(count)d claims", number) % {"count": number}


def tell_applied(request: HttpRequest, batch: ImportBatch) -> None:
    """Report what an import created, with its undo; if claims await review, say so, and link the queue."""
    waiting = waiting_claims(batch).count()
    told = _("Imported: %(file)s, %(claims)s.") % {
        "file": batch.file_name, "claims": counted(len(batch.made["claims"]))
    }  # fmt: skip
    undo = reverse("admin:models_catalog_importbatch_undo", args=[batch.pk])
    undoing = format_html('<a href="{}">{}</a>', undo, _("Undo this import"))
    if not waiting:
        messages.success(request, format_html("{} {}", told, undoing))
        return
    waits = ngettext(
        "%(count)d is to be reviewed and not public yet.",
        "%(count)d are to be reviewed and not public yet.",
        waiting,
    ) % {"count": waiting}
    queue = f"{reverse('admin:models_catalog_claim_queue')}?batch={batch.pk}"
    words = _("Review queue of this import")
    messages.success(
        request, format_html('{} {} <a href="{}">{}</a> · {}', told, waits, queue, words, undoing)
    )


def _acceptance(request: HttpRequest, batch: ImportBatch, form: ScopeForm, seen: Outlook) -> HttpResponse:
    shown = Paginator(seen.entries, ENTRIES_SHOWN).get_page(request.GET.get("p"))
    undoes = form.chosen() == Scope.ACCEPTED
    title = _("Put the import of %(file)s back to review") if undoes else _("Accept the import of %(file)s")
    context: dict[str, Any] = {
        "title": title % {"file": batch.file_name}, "batch": batch, "form": form, "seen": seen, "undoes": undoes,
        "shown": shown, "foreseen": _foreseen(seen, {*shown}, Verdict.REOPEN if undoes else Verdict.ACCEPT),
        "left": 0 if undoes else waiting_claims(batch).count() - len(seen.claims), "opts": ImportBatch._meta,
        "scope": form.chosen().value,
    }  # fmt: skip
    return page(request, "admin/imports/accept.html", context)


def _foreseen(seen: Outlook, entries: set[int], verdict: Verdict) -> list[Any]:
    """Return the columns of some of the models as they would become."""
    ids = [claim.pk for claim in seen.claims if claim.entry_id in entries]
    claims = list(Claim.objects.filter(pk__in=ids).with_related().select_related("entry"))
    call_by_waiting_names(claim.entry for claim in claims)
    return foresee(claims, verdict)
