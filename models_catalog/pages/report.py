"""Error reports on values, from any reader, without an account, script or mail server; and the status of one."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from models_catalog.catalog.entry_page import entry_page
from models_catalog.claims.reports import report_value
from models_catalog.limits.senders import QueueFull, SentTooMany
from models_catalog.models import Claim, Entry, Report
from models_catalog.models.report import MAX_STATEMENT_CHARS, reported_label
from models_catalog.models.vocabulary import Field
from models_catalog.pages.http.moved import following_merges
from models_catalog.pages.http.public import take_only
from models_catalog.text.characters import is_plain

_KEY = re.compile("[-a-zA-Z0-9_]{1,60}")


def refuse_invisible(text: str) -> None:
    """Refuse characters that are invisible and could hide or reorder the text that a curator reads."""
    if not is_plain(re.sub(r"[\t\r\n]", "", text)):
        raise forms.ValidationError(_("This contains invisible characters. Type it again."))


class WebAddressField(forms.URLField):
    """A full web address (http or https)."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Where it is said"),
            max_length=500,
            assume_scheme="https",
            validators=[refuse_invisible],
        )

    def to_python(self, value: object) -> str:
        text = str(super().to_python(value) or "")
        if text and not text.startswith(("http://", "https://")):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class ReportForm(forms.Form):
    field = forms.ChoiceField(
        choices=lambda: [(field.value, reported_label(field)) for field in Field], label=_("Which value")
    )
    statement = forms.CharField(
        label=_("What is wrong, and what is right"),
        max_length=MAX_STATEMENT_CHARS,
        widget=forms.Textarea,
        validators=[refuse_invisible],
    )
    source_url = WebAddressField()

    def __init__(self, *args: Any, misread: str = "", **more: Any) -> None:
        """`misread` is the address of the place in our own pages that stands in for a source, for who says that we
        misread an article; it need not be typed.
        """
        super().__init__(*args, **more)
        self.misread = misread
        self.fields["source_url"].required = not misread

    def clean_source_url(self) -> str:
        return str(self.cleaned_data["source_url"] or self.misread)


@require_http_methods(["GET", "HEAD", "POST"])
@following_merges("report")
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The report form, and its submission for a curator's review."""
    entry = get_object_or_404(Entry.objects.listed(), slug=slug)
    claim = _claim_read(request, entry)
    misread = request.build_absolute_uri(claim.place_in_source) if claim else ""
    if request.method != "POST":
        chosen = claim.field if claim else request.GET.get("field", "")
        known = chosen if chosen in Field.values else Field.PARAMETERS
        form = ReportForm(initial={"field": known}, misread=misread)
        take_only(request, ("field", "claim", "sent"))
        return _page(request, entry, form, sent=_sent(request, entry))
    form = ReportForm(request.POST, misread=misread)
    if not form.is_valid():
        return _page(request, entry, form, status=400)
    try:
        sent = report_value(
            entry=entry,
            field=Field(form.cleaned_data["field"]),
            statement=form.cleaned_data["statement"],
            source_url=form.cleaned_data["source_url"],
            address=request.META.get("REMOTE_ADDR", ""),
        )
    except SentTooMany as held:
        return _too_many(request, entry, form, held.seconds)
    except QueueFull:
        form.add_error(
            None,
            _(
                "We are not taking reports for now, because too many are waiting. Your text is kept below: send it again later."
            ),
        )
        return _page(request, entry, form, status=503)
    response = redirect(f"{request.path}?sent={sent.pk}")
    response.status_code = 303
    return response


def _claim_read(request: HttpRequest, entry: Entry) -> Claim | None:
    """The claim whose words the reader looked at, if an article states it."""
    key = request.GET.get("claim", "")
    claims = Claim.objects.public().filter(entry=entry, source__isnull=False)
    return claims.select_related("source", "entry").filter(key=key).first() if _KEY.fullmatch(key) else None


def _sent(request: HttpRequest, entry: Entry) -> int:
    """The number of the report that was just sent; 0 for none."""
    number = request.GET.get("sent", "")
    sound = number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if sound and entry.reports.filter(pk=number).exists() else 0


class NumberForm(forms.Form):
    number = forms.IntegerField(min_value=1, max_value=10**9, required=False, label=_("Number of the report"))


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The status of the report with a number, for any reader: its value, its dates and the decision. No names, no words."""
    take_only(request, NumberForm.base_fields)
    form = NumberForm(request.GET)
    number = form.cleaned_data["number"] if form.is_valid() else None
    found = (
        Report.objects.select_related("entry").filter(pk=number, entry__is_listed=True).first()
        if number
        else None
    )
    status = 404 if number and not found else 200 if form.is_valid() else 400
    response = render(
        request, "report/state.html", {"form": form, "report": found, "number": number}, status=status
    )
    patch_cache_control(response, private=True, no_cache=True)  # reports change no version of the registry
    return response


def _too_many(request: HttpRequest, entry: Entry, form: ReportForm, seconds: int) -> HttpResponse:
    minutes = -(-seconds // 60)
    told = ngettext(
        "Too many reports came from your address in the past hour. Your text is kept below: send it again in %(minutes)d minute.",
        "Too many reports came from your address in the past hour. Your text is kept below: send it again in %(minutes)d minutes.",
        minutes,
    )
    form.add_error(None, told % {"minutes": minutes})
    response = _page(request, entry, form, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _page(
    request: HttpRequest, entry: Entry, form: ReportForm, *, sent: int = 0, status: int = 200
) -> HttpResponse:
    chosen = form["field"].value()
    context = {
        "entry": entry,
        "form": form,
        "sent": sent,
        "most": MAX_STATEMENT_CHARS,
        "field": reported_label(Field(chosen)) if chosen in Field.values else "",
        "claims": [claim for claim in entry_page(entry).claims if claim.field == chosen],
    }
    response = render(request, "report/form.html", context, status=status)
    patch_cache_control(
        response, private=True, no_cache=True
    )  # it contains the reader's CSRF token, or words
    return response
