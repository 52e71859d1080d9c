"""Correcting a value in one short form: the right value, and the words of a source or what the curator knows."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.claims.judge import NotAllowed
from models_catalog.claims.pending import call_by_waiting_names
from models_catalog.claims.preview import effect_of
from models_catalog.claims.replace import last_decision, replace_claim, undo_decision
from models_catalog.claims.reports import SettledAlready, follow_report
from models_catalog.curation.forms import DaysField, SentenceCase
from models_catalog.curation.pages import page, require, tell_changed, version_seen, who
from models_catalog.curation.review.claim_forms import SHOWN, ClaimForm, ReasonField
from models_catalog.curation.review.claim_pages import address_of, claim_and_version
from models_catalog.curation.review.reports import report_of
from models_catalog.fields.declared import number_of
from models_catalog.fields.describe import value_words
from models_catalog.history.versions import ChangedMeanwhile
from models_catalog.intake.articles.saying import Place, places_saying
from models_catalog.intake.values import NotStated, parse_event_days, parse_number
from models_catalog.models import Claim, Report
from models_catalog.models.claim_value import VALUES
from models_catalog.models.ranges import date_range, number_range
from models_catalog.models.report import MAX_REASON_CHARS
from models_catalog.models.vocabulary import NUMBERS, Answer, Basis, EventKind, Field
from models_catalog.text.dates import Days
from models_catalog.text.quantities import Interval

LOOK: Final = "_look"
KNOWN: Final = "known"
"""The choice of evidence for what the curator knows."""
_TYPED: Final = {"low", "high", "days", "undated"}
"""Inputs of the long form whose value is typed as words here."""
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


class ReplacementForm(SentenceCase, forms.Form):
    """The right value instead of that of `old`. Once valid, `new` is the claim to accept."""

    value = ReasonField(
        label=gettext_lazy("Value"), max_length=40, required=False,
        help_text=gettext_lazy("2023-04-16, 2023-04, 2023 or as written: 2023年4月; empty if no date is stated."),
    )  # fmt: skip
    evidence = forms.CharField(label=gettext_lazy("Based on"), required=False, widget=forms.RadioSelect)
    reason = ReasonField(
        label=gettext_lazy("Reason"), max_length=MAX_REASON_CHARS, required=False,
        help_text=gettext_lazy("In your language. Only for a curator's addition: how you know it."),
    )  # fmt: skip

    def __init__(self, data: Any, *, old: Claim, reason: str = "") -> None:
        super().__init__(data)
        self.old, self.of = old, Field(old.field)
        self.new = Claim(entry=old.entry, field=old.field)
        self.places: list[Place] = []
        long = ClaimForm(instance=self.new).fields
        own = {name: long[name] for name in SHOWN[self.of] if name not in _TYPED}
        words = {"value": self.fields["value"]} if _TYPED & set(SHOWN[self.of]) else {}
        last = {name: self.fields[name] for name in ("evidence", "reason")}
        self.fields = {**own, **words, **last}
        self.initial = {name: getattr(old, f"{name}_id", getattr(old, name, "")) for name in own}
        self.initial |= {"value": old.stated or value_words(old), "evidence": KNOWN, "reason": reason}
        if self.of in NUMBERS:
            self.fields["value"].help_text = number_of(self.of).invalid
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True
        self._offer()

    def _offer(self) -> None:
        """Offer the places found, and the curator's own knowledge."""
        places = [(one.key, self._told(one)) for one in self.places]
        choices = [*places, (KNOWN, Basis.CURATOR.label)]
        self.fields["evidence"].widget.choices = choices

    def _told(self, place: Place) -> str:
        around = place.within
        return format_html(
            '{}<mark>{}</mark>{} <span class="place">{}{}{}</span>', around.before, around.stated, around.after,
            place.source.label, _(", "), _("line %(number)d") % {"number": place.line},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._read(cleaned)
        if self.errors:
            return cleaned
        if (
            all(getattr(self.new, name) == getattr(self.old, name) for name in VALUES)
            and self.old.answer == Answer.VALUE
        ):
            raise ValidationError(_("This is the value already."))
        self.places = places_saying(self.new)
        self._offer()
        if LOOK not in self.data:
            self._hold(cleaned)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        """Set the value of `new` from what is typed."""
        for name in VALUES:
            if name in self.fields and not cleaned.get(name):
                self.add_error(name, _("Give a value."))
            elif name in self.fields:
                setattr(self.new, name, cleaned[name])
        try:
            if self.of in NUMBERS:
                self.new.number = _number(self.of, cleaned["value"])
            elif self.of == Field.EVENT and cleaned["value"]:
                self.new.days = _days(cleaned["value"], cleaned.get("event", ""))
        except NotStated as error:
            self.add_error("value", str(error))

    def _hold(self, cleaned: dict[str, Any]) -> None:
        """Check `new` by the rules of the long form, with the words of the chosen place."""
        place = next((one for one in self.places if one.key == cleaned["evidence"]), None)
        if cleaned["evidence"] not in ("", KNOWN) and place is None:
            self.add_error("evidence", _("These words do not state this value: choose again."))
            return
        form = ClaimForm(self._as_typed(cleaned, place), instance=Claim(entry=self.old.entry, field=self.of))
        if form.is_valid():
            self.new = form.instance
        for name, errors in form.errors.items():
            known = "value" if name in _TYPED else "reason" if name == "reason_zh" else name
            self.add_error(known if known in self.fields else None, list(errors))

    def _as_typed(self, cleaned: dict[str, Any], place: Place | None) -> dict[str, Any]:
        """The inputs of the long form."""
        new, number = self.new, self.new.number
        typed: dict[str, Any] = {name: cleaned[name] for name in VALUES if name in self.fields}
        typed = {name: getattr(value, "pk", value) for name, value in typed.items()}
        typed |= {"answer": Answer.VALUE, "basis": Basis.CURATOR, "is_earlier": self.old.is_earlier}
        typed |= {"reason_zh": cleaned["reason"], "reason_en": cleaned["reason"]}
        typed |= {"days": DaysField().prepare_value(new.days) or "", "undated": new.days is None}
        if number is not None:
            typed |= {"low": number.lower, "high": None if number.upper is None else number.upper - 1}
        if place is not None:
            words = place.within.stated
            typed |= {"reason_zh": "", "reason_en": ""}
            typed |= {"basis": Basis.STATED, "source": place.source.pk, "line": place.line}
            typed |= {"quotation": words, "stated": words}
        return typed


def _number(of: Field, words: str) -> Any:
    """The interval that a curator typed: as sources write it, or a plain number. Raises `NotStated`."""
    try:
        return parse_number(of, words)
    except NotStated:
        if not words.isdecimal() or not 0 < int(words) < 10**18:
            raise
        return number_range(Interval(int(words), int(words)))


def _days(words: str, event: str) -> Any:
    """The days that a curator typed, in the form of files or in words with the year. Raises `NotStated`."""
    try:
        return DaysField().to_python(words)
    except ValidationError as error:
        if not _YEAR.search(words):
            raise NotStated(_("“%(words)s” states no date with a year.") % {"words": words}) from error
    today = timezone.localdate()
    return parse_event_days(words, event=EventKind(event), published=date_range(Days(today, today)))


def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a claim's value; a post looks for the words, or makes the new value count.

    Opened from a reader's report, it settles the report too.
    """
    require(request, "add_claim", "change_claim")
    old, version = claim_and_version(pk)
    report = report_of(request, old)
    call_by_waiting_names([old.entry])
    form = ReplacementForm(
        request.POST or None, old=old, reason=report.source_url[:MAX_REASON_CHARS] if report else ""
    )
    if request.method == "POST":
        version = version_seen(request.POST)
        if form.is_valid() and LOOK not in request.POST:
            try:
                new = _replace(request, form, version, report)
            except ChangedMeanwhile as changed:
                version = changed.version
                tell_changed(request, changed)
            except NotAllowed as error:
                form.add_error(None, str(error))
            except SettledAlready:
                form.add_error(None, _("Another curator settled this report first: nothing was done."))
            else:
                _tell(request, old, new)
                return redirect(f"{address_of(old.entry)}#claim-{new.pk}")
    context = {
        "title": _("Correct a value"), "claim": old, "entry": old.entry, "form": form, "version": version,
        "report": report, "looked": form.is_bound and not form.places and not form.errors, "opts": Claim._meta,
    }  # fmt: skip
    return page(request, "admin/claims/replace.html", context)


def _replace(request: HttpRequest, form: ReplacementForm, version: int, report: Report | None) -> Claim:
    """Make the new value count; with a report, in one transaction with its settlement."""

    def act() -> None:
        reason = form.cleaned_data["reason"]
        replace_claim(old=form.old, new=form.new, by=who(request), version=version, reason=reason)

    if report:
        follow_report(report=report, by=who(request), act=act)
    else:
        act()
    return form.new


def _tell(request: HttpRequest, old: Claim, new: Claim) -> None:
    """Report the value before and after, with a link that undoes it."""
    told = _("%(entry)s, %(field)s: %(before)s → %(after)s.") % {
        "entry": old.entry, "field": Field(old.field).label, "before": value_words(old), "after": value_words(new),
    }  # fmt: skip
    address = reverse("admin:models_catalog_claim_undo", args=[new.pk])
    messages.success(request, format_html('{} <a href="{}" data-undo>{}</a>', told, address, _("Undo")))


def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what taking back the last decision on a claim does; a post does it."""
    require(request, "change_claim")
    claim, _version = claim_and_version(pk)
    if request.method == "POST":
        try:
            undo_decision(claim=claim, by=who(request))
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, _("Undone: %(claim)s.") % {"claim": f"{claim.entry} · {value_words(claim)}"}
            )
        return redirect(address_of(claim.entry))
    can_undo = bool(last_decision(claim))
    context = {
        "title": _("Undo a decision"), "claim": claim, "entry": claim.entry, "can_undo": can_undo,
        "effects": effect_of(claim.entry, lambda: undo_decision(claim=claim, by=who(request))) if can_undo else None,
        "opts": Claim._meta,
    }  # fmt: skip
    return page(request, "admin/claims/undo.html", context)
