"""The history of one row for curators: user, time, action, import and changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import JSONField, Model, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise
from psycopg.types.range import Range

from models_catalog.fields.describe import called, range_words
from models_catalog.history.entry import FieldChange, labels_gone
from models_catalog.models import ACCOUNTS, HISTORIES, ClaimEvent, Entry
from models_catalog.models.history import (
    DELETE,
    INSERT,
    PASSWORD,
    UPDATE,
    MembershipEvent,
    SecondFactorEvent,
)

MAX_JSON_CHARS = 200
"""Longest text shown of a JSON column, such as the mapping of an import."""


def text_of(column: Any, value: Any) -> str:
    """The value of the model field `column` as text; "" for none. A related row is shown by its label."""
    if value in (None, "", []):
        return ""
    if isinstance(value, Model):
        return str(getattr(value, "label", "") or value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Range):
        return range_words(value, getattr(column, "name", ""))
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(column, JSONField):
        return Truncator(json.dumps(value, ensure_ascii=False, default=str)).chars(MAX_JSON_CHARS)
    words = dict(getattr(column, "flatchoices", ()) or getattr(column, "base_field", column).flatchoices)
    if isinstance(value, list):
        return _(", ").join(str(words.get(one, one)) for one in value)
    return str(words.get(value, value))


MOST = 300
"""The most lines shown, the latest ones."""
_UNTOLD = {"id", "sort_key", "sort_key_en", "created_at", "moved", "user"}

DONE: dict[str, StrOrPromise] = {
    INSERT: gettext_lazy("Added"),
    UPDATE: gettext_lazy("Changed"),
    DELETE: gettext_lazy("Deleted"),
    PASSWORD: gettext_lazy("New password"),
}
ACTIONS: dict[str, StrOrPromise] = {
    "accept": gettext_lazy("accepted"),
    "propose": gettext_lazy("proposed"),
    "replace": gettext_lazy("value corrected"),
    "undo decision": gettext_lazy("decision undone"),
    "prefer": gettext_lazy("preferred"),
    "dispute": gettext_lazy("disputed"),
    "reject": gettext_lazy("rejected"),
    "edit": gettext_lazy("edited by hand"),
    "delete": gettext_lazy("deleted by hand"),
    "import": gettext_lazy("import"),
    "undo import": gettext_lazy("import undone"),
    "merge": gettext_lazy("merge"),
    "undo merge": gettext_lazy("merge undone"),
    "revise": gettext_lazy("corrected"),
    "read article": gettext_lazy("read from an article"),
    "report value": gettext_lazy("reported by a reader"),
    "handle": gettext_lazy("marked as handled"),
    "dismiss": gettext_lazy("not accepted"),
    "reopen": gettext_lazy("put back to review"),
    "upload": gettext_lazy("uploaded"),
    "prepare import": gettext_lazy("import prepared"),
    "set password": gettext_lazy("password set"),
    "set up second factor": gettext_lazy("two-factor authentication turned on or off"),
    "take away second factor": gettext_lazy("two-factor authentication turned off"),
    "load_registry": gettext_lazy("loaded from the fixtures"),
    "overwrite": gettext_lazy("overwritten from the fixtures"),
    "forget places": gettext_lazy("unchecked place removed"),
}
"""Action name as passed to `recorded` → label for curators; other names are shown unchanged."""

PARTS: dict[type[Model], Sequence[tuple[Any, str]]] = {
    Entry: [(ClaimEvent, "entry_id")],
    User: [(MembershipEvent, "user_id"), (SecondFactorEvent, "user_id")],
}
"""Tables whose history includes that of another table, with the column that refers to them."""
PART: dict[type[Any], StrOrPromise] = {
    MembershipEvent: gettext_lazy("Role"),
    SecondFactorEvent: gettext_lazy("Two-factor authentication"),
}
"""Labels of parts of a user. When one is deleted, the line still shows its old values."""


@dataclass(frozen=True)
class HistoryLine:
    """One change of one row. `who` is "" for the software, `model` the language model that proposed it. `subject` is the part of the row that changed: a claim of an
    entry (field and value), a role or a second factor of a user."""

    at: datetime
    done: StrOrPromise
    who: str
    action: StrOrPromise
    file: str
    model: str
    reason: str
    subject: StrOrPromise
    changes: Sequence[FieldChange]


def history_lines(row: Model) -> list[HistoryLine]:
    """Changes of `row` and of its parts, such as an entry's claims, newest first."""
    events = _events((HISTORIES | ACCOUNTS)[type(row)], Q(pgh_obj_id=row.pk))
    for model, column in PARTS.get(type(row), ()):
        events += _events(model, Q(**{column: row.pk}))
    named = _names(events)
    last: dict[tuple[str, int], dict[str, tuple[StrOrPromise, str]]] = {}
    lines = []
    for event in sorted(events, key=lambda one: (one.pgh_created_at, one.pgh_id)):
        key = (event._meta.label, event.pgh_obj_id)
        before, after = last.get(key, {}), _told(event, named)
        if event.pgh_label == DELETE:
            after = {name: (heading, "") for name, (heading, _text) in after.items() if type(event) in PART}
        lines.append(_line(event, _changes(before, after)))
        last[key] = after
    return lines[::-1][:MOST]


def _events(model: Any, which: Q) -> list[Any]:
    return list(model.objects.filter(which).select_related("pgh_context").order_by("pgh_id"))


def _line(event: Any, changes: list[FieldChange]) -> HistoryLine:
    said = event.pgh_context.metadata if event.pgh_context else {}
    what = said.get("what", "")
    return HistoryLine(
        event.pgh_created_at,
        DONE.get(event.pgh_label, event.pgh_label),
        said.get("who", ""),
        ACTIONS.get(what, what),
        said.get("file", ""),
        said.get("model", ""),
        said.get("reason", ""),
        called(event) if isinstance(event, ClaimEvent) else PART.get(type(event), ""),
        changes,
    )


def _changes(
    before: dict[str, tuple[StrOrPromise, str]], after: dict[str, tuple[StrOrPromise, str]]
) -> list[FieldChange]:
    return [
        FieldChange(heading, before.get(name, ("", ""))[1], text)
        for name, (heading, text) in after.items()
        if before.get(name, ("", ""))[1] != text
    ]


def _columns(event: Any) -> Iterable[Any]:
    return (
        field
        for field in event._meta.concrete_fields
        if not field.name.startswith("pgh_") and field.name not in _UNTOLD
    )


def _told(event: Any, named: dict[type[Model], dict[int, str]]) -> dict[str, tuple[StrOrPromise, str]]:
    """Column → its heading and its value as text."""
    return {field.name: (field.verbose_name, _text(event, field, named)) for field in _columns(event)}


def _text(event: Any, field: Any, named: dict[type[Model], dict[int, str]]) -> str:
    value = getattr(event, field.attname)
    if value in (None, "", []):
        return ""
    if field.is_relation:
        return named[field.related_model].get(value, f"#{value}")
    return text_of(field, value)


def _names(events: Sequence[Any]) -> dict[type[Model], dict[int, str]]:
    """Table → id → label of every row that the events refer to; one query per table."""
    wanted: dict[type[Model], set[int]] = {}
    for event in events:
        for field in _columns(event):
            if field.is_relation:
                wanted.setdefault(field.related_model, set()).add(getattr(event, field.attname))
    named = {
        model: {row.pk: text_of(None, row) for row in model._default_manager.filter(pk__in=pks - {None})}
        for model, pks in wanted.items()
    }
    return {
        model: found | labels_gone(model, wanted[model] - {None} - found.keys())
        for model, found in named.items()
    }
