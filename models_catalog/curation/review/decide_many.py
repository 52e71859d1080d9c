"""Bulk decisions: preview the effect on all entries, then decide on all claims or none."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from models_catalog.claims.decide import MOST, decide
from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import foresee
from models_catalog.curation.pages import back, page, require, tell_changed, who, within
from models_catalog.curation.review.claim_forms import Decision
from models_catalog.curation.review.decide import forgive, tell_decided
from models_catalog.history.versions import ChangedMeanwhile, versions_of_claims
from models_catalog.models import Claim
from models_catalog.models.vocabulary import Status, Verdict

_ID = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_SEEN = re.compile(r"([1-9][0-9]{0,17}):([0-9]{1,18})", re.ASCII)


class NumbersField(forms.Field):
    """A limited list of distinct values that match `pattern`, as tuples of integers."""

    widget = forms.MultipleHiddenInput

    def __init__(self, pattern: re.Pattern[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pattern = pattern

    def to_python(self, value: Any) -> list[tuple[int, ...]]:
        words = list(dict.fromkeys(value or []))
        found = [self.pattern.fullmatch(word) for word in words[: MOST + 1]]
        if len(found) > MOST:
            raise ValidationError(_("At most %(count)d at once.") % {"count": MOST})
        if None in found:
            raise ValidationError(_("There is no such claim."))
        return [tuple(int(part) for part in match.groups() or [match[0]]) for match in found if match]


class Together(Decision):
    """A decision on the claims `claim`; `seen` has the versions of their entries' claims that were shown."""

    claim = NumbersField(_ID)
    seen = NumbersField(_SEEN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        undoes = self.data.get("decision") == Verdict.REOPEN
        self._offer([Verdict.REOPEN] if undoes else [Verdict.ACCEPT, Verdict.DISPUTE, Verdict.REJECT])

    def claims(self) -> list[Claim]:
        """Return the claims that the form names, even if it is otherwise invalid."""
        ids = [one for (one,) in self.cleaned_data.get("claim", [])]
        rows = Claim.objects.filter(pk__in=ids).with_related().select_related("entry")
        return list(rows.order_by("entry__sort_key", "entry__slug", "field", "position", "pk"))


def together(request: HttpRequest) -> HttpResponse:
    """GET previews the decision on the claims; POST carries it out."""
    require(request, "change_claim")
    data = request.POST if request.method == "POST" else request.GET
    form = Together(data)
    asked = form.is_valid() or request.method == "POST"
    if not asked:
        forgive(form)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, form)
        except ChangedMeanwhile as changed:
            tell_changed(request, changed)
        except NotAllowed as error:
            form.add_error("decision", str(error))
        else:
            return back(request, reverse("admin:models_catalog_claim_queue"))
    return _page(request, form, data.get("next", ""))


def _decide(request: HttpRequest, form: Together) -> None:
    chosen = form.cleaned_data
    done = decide(
        claims={one for (one,) in chosen["claim"]},
        verdict=Verdict(chosen["decision"]),
        by=who(request),
        seen=dict(chosen["seen"]),
        ruling=chosen["ruling"],
        reason=chosen["reason"],
    )
    can_undo = chosen["decision"] != Verdict.REOPEN
    tell_decided(request, [claim.pk for claim in done], can_undo=can_undo)


def _page(request: HttpRequest, form: Together, came_from: str) -> HttpResponse:
    """Show the claims that the decision applies to, and the others apart; versions are read before the claims."""
    versions = versions_of_claims({claim.entry_id for claim in form.claims()})
    verdict = form.cleaned_data.get("decision") or Verdict.ACCEPT
    chosen = form.claims()
    call_by_waiting_names(claim.entry for claim in chosen)
    fitting = [one for one in chosen if (one.status == Status.PROPOSED) == (verdict != Verdict.REOPEN)]
    context = {
        "title": ngettext("Review %(count)d claim", "Review %(count)d claims", len(fitting))
        % {"count": len(fitting)},
        "form": form,
        "claims": fitting,
        "unfit": [one for one in chosen if one not in fitting],
        "seen": [(pk, versions[pk]) for pk in {claim.entry_id: 0 for claim in fitting} if pk in versions],
        "foreseen": foresee(fitting, Verdict(verdict)),
        "next": came_from,
        "back_to": within(came_from, reverse("admin:models_catalog_claim_queue")),
        "opts": Claim._meta,
    }
    return page(request, "admin/claims/together.html", context, status=200 if fitting else 400)
