"""“This value is wrong”: from any reader, without an account, a script or a mail server."""

from __future__ import annotations

from hashlib import sha256

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from models_catalog.actions.reports import TooManyWaiting, report_value
from models_catalog.models import Entry
from models_catalog.models.report import MAX_STATEMENT_CHARS
from models_catalog.models.vocabulary import Field

MAX_REPORTS, PERIOD = 5, 3600
"""From one address, in so many seconds."""


class WebAddressField(forms.URLField):
    """An address on the web, in full."""

    def __init__(self) -> None:
        super().__init__(label=_("Where it is said"), max_length=500, assume_scheme="https")

    def to_python(self, value: object) -> str:
        text = str(super().to_python(value) or "")
        if text and not text.startswith(("http://", "https://")):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return text


class ReportForm(forms.Form):
    field = forms.ChoiceField(choices=Field.choices, label=_("Which value"))
    statement = forms.CharField(
        label=_("What is wrong, and what is right"), max_length=MAX_STATEMENT_CHARS, widget=forms.Textarea
    )
    source_url = WebAddressField()
    website = forms.CharField(required=False, max_length=200)
    """A trap: people do not see it."""


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form, and what is sent with it, which a curator then looks at."""
    entry = get_object_or_404(Entry.objects.listed(), slug=slug)
    if request.method != "POST":
        chosen = request.GET.get("field", "")
        form = ReportForm(initial={"field": chosen if chosen in Field.values else Field.PARAMETERS})
        return _page(request, entry, form, sent="sent" in request.GET)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, form, status=400)
    if form.cleaned_data["website"]:  # a machine filled the trap: it is told that all went well
        return redirect(f"{request.path}?sent=1")
    if not _may_report(request):
        return _too_many(request, entry, form)
    try:
        report_value(
            entry=entry,
            field=Field(form.cleaned_data["field"]),
            statement=form.cleaned_data["statement"],
            source_url=form.cleaned_data["source_url"],
        )
    except TooManyWaiting:
        return _too_many(request, entry, form)
    response = redirect(f"{request.path}?sent=1")
    response.status_code = 303
    return response


def _may_report(request: HttpRequest) -> bool:
    """Whether this address has a report left in this hour; takes it. Only a hash of the address is kept, for the hour."""
    address = request.META.get("REMOTE_ADDR", "")
    key = f"report:{sha256(address.encode()).hexdigest()[:32]}"
    cache.add(key, 0, PERIOD)
    try:
        return cache.incr(key) <= MAX_REPORTS
    except ValueError:  # it ran out between the two
        return True


def _too_many(request: HttpRequest, entry: Entry, form: ReportForm) -> HttpResponse:
    form.add_error(
        None, _("Too many reports came in at once. Nothing of yours is lost: send it again in an hour.")
    )
    response = _page(request, entry, form, status=429)
    response["Retry-After"] = str(PERIOD)
    return response


def _page(
    request: HttpRequest, entry: Entry, form: ReportForm, *, sent: bool = False, status: int = 200
) -> HttpResponse:
    context = {"entry": entry, "form": form, "sent": sent, "most": MAX_STATEMENT_CHARS}
    return render(request, "report/form.html", context, status=status)
