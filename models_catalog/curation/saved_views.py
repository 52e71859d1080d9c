"""Saved views: a user names the state of a list, which is its address, and finds it above the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from models_catalog.curation.pages import require
from models_catalog.models import SavedView

MAX_VIEWS = 20
"""Maximum number of views that a user keeps of a list."""
LISTS = ("_changelist", "_queue")
"""Ends of the names of the lists' addresses."""
NOT_KEPT = ("p", "all", "e")
"""Parameters that say where in the list one is."""


def state_of(request: HttpRequest) -> str:
    """Return the query string that narrows, orders and lays out the list, without the page."""
    chosen = request.GET.copy()
    for name in NOT_KEPT:
        chosen.pop(name, None)
    return chosen.urlencode()


def views_of(request: HttpRequest, address: str) -> dict[str, Any]:
    """Return the context of `admin/_views.html`, of the list whose address has this name."""
    own = SavedView.objects.filter(user=request.user.pk, list=address)
    return {"views": own, "views_of": address, "state": state_of(request)}


class ViewForm(forms.ModelForm[SavedView]):
    """A view to keep, or one of the user's to remove."""

    view = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)

    class Meta:
        model = SavedView
        fields = ["list", "query", "name"]

    def clean_list(self) -> str:
        name: str = self.cleaned_data["list"]
        try:
            self.address = reverse(f"admin:{name}") if name.endswith(LISTS) else ""
        except NoReverseMatch:
            self.address = ""
        if not self.address:
            raise ValidationError("there is no such list")
        return name


@require_POST
@transaction.atomic
def views_page(request: HttpRequest) -> HttpResponse:
    """Keep the list's state under a name, replacing what had it; or remove a view. Lead back to the list."""
    require(request, "view_claim")
    form = ViewForm(request.POST)
    if form.errors.keys() - {"name", "query"}:
        raise BadRequest("there is no such list")
    if "_remove" in request.POST:
        _remove(request, form.cleaned_data)
    elif form.errors:
        messages.error(request, " ".join(str(told) for of in form.errors.values() for told in of))
    else:
        _keep(request, form.cleaned_data)
    query = form.cleaned_data.get("query")
    return redirect(f"{form.address}?{query}" if query else form.address)


def _remove(request: HttpRequest, posted: dict[str, Any]) -> None:
    found = SavedView.objects.filter(user=request.user.pk or 0, pk=posted["view"] or 0).first()
    if found:
        found.delete()
        messages.success(request, _("View removed: %(name)s.") % {"name": found})


def _keep(request: HttpRequest, posted: dict[str, Any]) -> None:
    user = User.objects.select_for_update().get(pk=request.user.pk or 0)  # one at a time: the number holds
    own = SavedView.objects.filter(user=user, list=posted["list"])
    if own.exclude(name=posted["name"]).count() >= MAX_VIEWS:
        told = _("A list keeps %(most)s views at most. Remove one first.")
        messages.error(request, told % {"most": MAX_VIEWS})
        return
    key = {"user": user, "list": posted["list"], "name": posted["name"]}
    view, _is_new = SavedView.objects.update_or_create(**key, defaults={"query": posted["query"]})
    messages.success(request, _("View saved: %(name)s.") % {"name": view})
