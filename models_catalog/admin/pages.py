"""What the admin's own pages share: who asks, which version of a row they saw, and how an answer is rendered."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from models_catalog.actions.versions import ChangedMeanwhile

VERSION = "version"


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise `PermissionDenied` unless the user has all of `permissions` on the registry's tables."""
    if not may(request, *permissions):
        raise PermissionDenied


def may(request: HttpRequest, *permissions: str) -> bool:
    return all(request.user.has_perm(f"models_catalog.{permission}") for permission in permissions)


def who(request: HttpRequest) -> str:
    """The name under which an action is recorded."""
    return request.user.get_username()


def version_seen(request: HttpRequest) -> int:
    """The version that the form showed; 0, which no row has, where it says none."""
    words = request.POST.get(VERSION, "0")
    if not (words.isascii() and words.isdigit() and len(words) < 19):
        raise BadRequest("a version is a number")
    return int(words)


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page within the admin's frame."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)


def tell_changed(request: HttpRequest, changed: ChangedMeanwhile) -> None:
    """Say what somebody else saved first; what was typed stays in the form, to be saved again knowingly."""
    told = "; ".join(changed.changes)
    messages.warning(
        request,
        _("Somebody else saved first: %(changes)s. Nothing of yours was saved; look again, then save.")
        % {"changes": told[:1_000]},
    )


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page of this site that the form names as `next`, else to `otherwise`."""
    wanted = request.POST.get("next", "")
    inside = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if inside else otherwise)
