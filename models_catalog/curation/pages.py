"""Shared parts of the admin's pages: permissions, the versions that a page showed, and stale forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from models_catalog.catalog.addresses import Told404
from models_catalog.catalog.forms import SHOWN_CHARS
from models_catalog.history.versions import ChangedMeanwhile, ConcurrentChange
from models_catalog.models import HISTORIES


def values_seen(row: Model, version: int) -> dict[str, Any]:
    """Return the columns of `row` at `version`; empty if its history has no such version."""
    event = (
        HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk, pgh_id__lte=version).order_by("pgh_id").last()
    )
    fields = type(row)._meta.local_fields if event else ()
    return {field.attname: getattr(event, field.attname) for field in fields}


def take_over(form: Any, seen: Mapping[str, Any]) -> set[str]:
    """Update the fields of `form` that the user left as shown (`seen`) to the saved values; return their names."""
    if not seen:
        return set()
    columns = {field.attname for field in form._meta.model._meta.local_fields}
    links = {name: value for name, value in seen.items() if name not in columns}
    row = form._meta.model(**{name: value for name, value in seen.items() if name in columns})
    shown = type(form)(instance=row, initial=links)
    untouched = {name for name, field in form.fields.items() if not _is_touched(form, shown, name, field)}
    form.data = form.data.copy()
    for name in untouched:
        _show(form, name)
    return untouched


def _is_touched(form: Any, shown: Any, name: str, field: forms.Field) -> bool:
    if field.disabled or isinstance(field.widget, forms.MultiWidget):
        return True
    return field.has_changed(shown.get_initial_for_field(field, name), form[name].data)


def _show(form: Any, name: str) -> None:
    """Set the field's data to the saved value, as a browser would send it."""
    field, key = form.fields[name], form.add_prefix(name)
    widget = getattr(field.widget, "widget", field.widget)  # the admin wraps the widgets of foreign keys
    value = field.prepare_value(form.get_initial_for_field(field, name))
    form.data.pop(key, None)
    if isinstance(widget, forms.SelectMultiple):
        form.data.setlist(key, [str(one) for one in value or []])
    elif isinstance(widget, forms.CheckboxInput):
        form.data.update({key: "on"} if value else {})
    else:
        form.data[key] = _sent(widget.format_value(value))


def _sent(value: Any) -> str:
    """Return the first of several values: a browser sends one."""
    first = next(iter(value), None) if isinstance(value, list | tuple) else value
    return "" if first is None else str(first)


VERSION = "version"


def require(request: HttpRequest, *permissions: str) -> None:
    """Raise `PermissionDenied` unless the user has all of `permissions` on the registry's tables."""
    if not may(request, *permissions):
        raise PermissionDenied


def may(request: HttpRequest, *permissions: str) -> bool:
    return all(request.user.has_perm(f"models_catalog.{permission}") for permission in permissions)


def who(request: HttpRequest) -> str:
    """Return the username under which an action is recorded."""
    return request.user.get_username()


def version_seen(typed: QueryDict) -> int:
    """Return the version that the form showed; 0, which no row has, if missing."""
    words = typed.get(VERSION, "0")
    if not (words.isascii() and words.isdigit() and len(words) < 19):
        raise BadRequest("a version is a number")
    return int(words)


def refuse_unknown(parameters: Mapping[str, Any], known: Collection[str]) -> None:
    """Raise `BadRequest` for the first unknown parameter, rather than show everything."""
    for name in parameters:
        if name not in known:
            raise BadRequest(_("There is no parameter “%(name)s”.") % {"name": str(name)[:SHOWN_CHARS]})


def page_number(parameters: Mapping[str, Any]) -> int:
    """Return the page number in `p`, 1 if missing. Raises `BadRequest` if it is not a number."""
    words = parameters.get("p", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,8}", words, re.ASCII):
        raise BadRequest(_("“%(value)s” is not a page number.") % {"value": words[:SHOWN_CHARS]})
    return int(words)


def no_such_page(number: int) -> Told404:
    """Return the exception to raise for a page beyond the end of a list."""
    return Told404(_("The list has no page %(number)s.") % {"number": number})


def has_just_acted(request: HttpRequest) -> bool:
    """Return whether messages about an action are pending: it may have emptied the page that it returns to."""
    return len(messages.get_messages(request)) > 0


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Render a template in the admin's frame."""
    return render(request, template, {**admin.site.each_context(request), **context}, status=status)


def tell_changed(
    request: HttpRequest, changed: ChangedMeanwhile, typed: Callable[[str], str | None] = lambda column: None
) -> None:
    """Report what somebody else saved first; the typed values stay in the form, to be checked and saved again."""
    messages.warning(request, told_of(changed, typed))


def told_of(changed: ChangedMeanwhile, typed: Callable[[str], str | None] = lambda column: None) -> str:
    """Return a message about what somebody else saved first; `typed` returns a column's text in the form, or None."""
    told = _("; ").join(_change(one, typed(one.column)) for one in changed.changes)
    return _(
        "Somebody else saved first: %(changes)s. Your changes were not saved. Check them and save again."
    ) % {"changes": told[:1_000]}


def _change(told: ConcurrentChange, own: str | None) -> str:
    name = " · ".join(str(part) for part in (told.subject, told.heading) if part)
    if not told.column:
        return name
    empty = _("empty")
    values = {
        "column": name,
        "before": told.before or empty,
        "after": told.after or empty,
        "own": own or empty,
    }
    if own is not None and own != told.after:
        return _("%(column)s: %(before)s → %(after)s, yours is %(own)s") % values
    return _("%(column)s: %(before)s → %(after)s") % values


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Redirect to the page of this site in the form's `next`, else to `otherwise`."""
    return redirect(within(request.POST.get("next", ""), otherwise))


def within(wanted: str, otherwise: str) -> str:
    """Return `wanted` if it is an address of this site, else `otherwise`."""
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else otherwise
