"""A form that somebody else's saving overtook: what its curator left alone takes the new values, the rest stays."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model

from models_catalog.models import HISTORIES


def values_seen(row: Model, version: int) -> dict[str, Any]:
    """The columns of `row` as they stood at `version`; empty if its history does not know."""
    event = (
        HISTORIES[type(row)].objects.filter(pgh_obj_id=row.pk, pgh_id__lte=version).order_by("pgh_id").last()
    )
    fields = type(row)._meta.local_fields if event else ()
    return {field.attname: getattr(event, field.attname) for field in fields}


def take_over(form: Any, seen: Mapping[str, Any]) -> set[str]:
    """Put the new values into the fields of `form` that stand as in `seen`, what the page showed; the names of these."""
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
    """Let the field hold what is saved, as a browser would send it."""
    field, key = form.fields[name], form.add_prefix(name)
    widget = getattr(field.widget, "widget", field.widget)  # the admin wraps choices of rows
    value = field.prepare_value(form.get_initial_for_field(field, name))
    form.data.pop(key, None)
    if isinstance(widget, forms.SelectMultiple):
        form.data.setlist(key, [str(one) for one in value or []])
    elif isinstance(widget, forms.CheckboxInput):
        form.data.update({key: "on"} if value else {})
    else:
        form.data[key] = _sent(widget.format_value(value))


def _sent(value: Any) -> str:
    """Of a choice, the first: a browser sends one."""
    first = next(iter(value), None) if isinstance(value, list | tuple) else value
    return "" if first is None else str(first)
