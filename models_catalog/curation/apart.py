"""Saying of two rows with like names that they are not the same, so that nobody is asked again; and taking that back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from models_catalog.curation.pages import page_number, require, who
from models_catalog.models import Apart

_UNDO = (
    '{} <form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    '<input type="hidden" name="one" value="{}"><input type="hidden" name="other" value="{}">'
    '<button name="_again" value="1" data-undo>{}</button></form>'
)


class PairForm(forms.Form):
    """The ids of the two rows."""

    one = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    other = forms.IntegerField(min_value=1, max_value=2**63 - 1)


def standing(of: type[Model]) -> QuerySet[Apart]:
    """The pairs of this table that are not asked about."""
    return Apart.objects.filter(of=of._meta.model_name, undone_at=None)


def apart(of: type[Model]) -> set[tuple[int, int]]:
    """The ids of the pairs that are not asked about, each with the smaller id first."""
    return set(standing(of).order_by().values_list("one", "other"))


def decide(request: HttpRequest, of: type[Any]) -> HttpResponse:
    """Keep that the two are not the same, or ask about them again; lead back to the page of the list."""
    require(request, f"change_{of._meta.model_name}")
    form = PairForm(request.POST)
    rows = of.objects.in_bulk(form.cleaned_data.values()) if form.is_valid() else {}
    if len(rows) != 2:
        raise BadRequest("there is no such pair")
    one, other = sorted(rows)
    names = {"one": rows[one].label, "other": rows[other].label}
    if "_again" in request.POST:
        standing(of).filter(one=one, other=other).update(undone_by=who(request), undone_at=timezone.now())
        messages.success(request, _("Asked about again: %(one)s and %(other)s.") % names)
    else:
        standing(of).get_or_create(
            of=of._meta.model_name, one=one, other=other, undone_at=None, defaults={"done_by": who(request)}
        )
        told = _("Not the same, and not asked about any more: %(one)s and %(other)s.") % names
        undo = format_html(_UNDO, told, request.path, get_token(request), one, other, _("Undo"))
        messages.success(request, undo)
    number = page_number(request.POST)
    return redirect(f"{request.path}?p={number}" if number > 1 else request.path)
