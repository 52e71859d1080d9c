"""What Django's admin lets one do with a table: add, change, delete a row or many, and export it in every form."""

from typing import Any

from django.apps import apps
from django.contrib import admin

from models_catalog.models import Apart
from tests.factories import make_source
from tests.permissions.acts import Act, Case, Fill, typed
from tests.permissions.table import ADMINS, CURATORS, ROLES

BUTTONS = ("_save", "_continue", "_addanother")
FORMS = ("csv", "xlsx", "json")
WITH_EVIDENCE = ("entry", "marketfigure")

NAMES = {"name_zh": "新的", "name_en": "New one"}
NEW: dict[str, Fill] = {
    "developer": typed(slug="xin", kind="startup", aliases="", **NAMES),
    "sector": typed(slug="xin", position="5", **NAMES),
    "source": typed(
        slug="xin", file_name="x.txt", sha256="0" * 64, publisher_zh="某报", publisher_en="Paper", published="2023",
        condition_zh="干净", condition_en="clean", position="5", **NAMES,
    ),
    "marketfigure": typed(
        slug="xin", unit="models", low="5", high="5", counted_by_zh="某部", counted_by_en="One", position="5", **NAMES
    ),
    "omission": lambda case: {
        "source": make_source().pk, "line": "7", "start": "0", "end": "2", "quotation": "某物", "stated": "某物",
        "reason": "company", "note_zh": "x", "note_en": "x",
    },
}  # fmt: skip
"""A valid row of each table that is filled in by hand."""
IS_NEW = {name: {"slug": "xin"} for name in NEW} | {"omission": {"quotation": "某物"}}
ANOTHER = {name: {"name_en": "Another name"} for name in NEW} | {"omission": {"note_en": "Another note"}}
"""What is changed of a row."""

LOOSE = {"source": "unread", "developer": "unused", "entry": "lonely"}
"""Rows that nothing points at, where the usual one has others behind it."""
DELETED = ("claim", "developer", "entry", "marketfigure", "omission", "sector", "source")


def _model(name: str) -> Any:
    return apps.get_model("auth" if name in ("user", "group") else "models_catalog", name)


def _place(name: str) -> str:
    return f"admin:{_model(name)._meta.app_label}_{name}"


def _row(name: str) -> str:
    return LOOSE.get(name, f"{_model(name)._meta.app_label}_{name}")


def _added(name: str, press: str) -> Act:
    return Act(
        f"add a {name}, {press}", f"{_place(name)}_add", CURATORS, press=press, fill=NEW[name],
        does=lambda case: _model(name).objects.filter(**IS_NEW[name]).exists(),
    )  # fmt: skip


def _changed(name: str, press: str) -> Act:
    return Act(
        f"change a {name}, {press}", f"{_place(name)}_change", CURATORS, press=press, fill=typed(**ANOTHER[name]),
        does=lambda case: _model(name).objects.filter(**ANOTHER[name]).exists(),
    )  # fmt: skip


def is_gone(name: str) -> Any:
    return lambda case: not _model(name).objects.filter(pk=case.ids[_row(name)]).exists()


def _deleted(name: str) -> list[Act]:
    def chosen(case: Case) -> dict[str, Any]:
        return {"_selected_action": case.ids[_row(name)], "post": "yes", "index": "0"}

    return [
        Act(f"delete a {name}", f"{_place(name)}_delete", ADMINS, row=_row(name), does=is_gone(name)),
        Act(f"delete selected {name}s", f"{_place(name)}_changelist", ADMINS, press="action=delete_selected",
            page=None, fill=chosen, does=is_gone(name)),
    ]  # fmt: skip


def _exported(model: Any, form: str, what: str = "") -> Act:
    """The selected rows, of which the answer has at least one; with evidence if that is `what`."""
    meta = model._meta
    name = f"{meta.app_label}_{meta.model_name}"
    return Act(
        f"export selected rows of {meta.model_name} as {what}{form}", f"admin:{name}_changelist",
        ADMINS if meta.app_label == "auth" else ROLES, press=f"action=export_{what}{form}",
        fill=lambda case: {"_selected_action": case.ids[name]}, shows=is_file(form),
    )  # fmt: skip


def is_file(form: str) -> Any:
    """The answer is a file of that form with a row in it."""

    def holds(response: Any) -> bool:
        content = b"".join(response.streaming_content)
        rows = {
            "csv": content.count(b"\r\n") > 1,
            "json": b'"results"' in content,
            "xlsx": content[:2] == b"PK",
        }
        return rows[form] and f".{form}" in response["Content-Disposition"]

    return holds


def _sheets(model: Any, own: Any) -> list[Act]:
    """Every file that the list links to."""
    meta = model._meta
    by = ADMINS if meta.app_label == "auth" else ROLES
    return [
        Act(f"export {sheet.name} as {form}", f"admin:{meta.app_label}_{meta.model_name}_export", by, method="GET",
            args=[sheet.name, form], shows=is_file(form))
        for sheet in own.exported_as for form in FORMS
    ]  # fmt: skip


def _told_apart(of: str) -> list[Act]:
    near = f"admin:models_catalog_{of}_near"
    pairs = Apart.objects.filter(of=of)
    return [
        Act(f"say that two of {of} are not the same", near, CURATORS, press="_apart=1",
            does=lambda case: pairs.filter(one=case.ids[f"alike-{of}"], undone_at=None).exists()),
        Act(f"ask again about two of {of}", near, CURATORS, press="_again=1", query=typed(apart=1),
            does=lambda case: pairs.exclude(undone_at=None).exists()),
    ]  # fmt: skip


ACTS = [
    *(act for of in ("entry", "developer") for act in _told_apart(of)),
    *(_added(name, press) for name in NEW for press in BUTTONS),
    *(_changed(name, press) for name in NEW for press in BUTTONS),
    *(act for name in DELETED for act in _deleted(name)),
    *(_exported(model, form) for model in admin.site._registry for form in FORMS),
    *(
        _exported(apps.get_model("models_catalog", name), form, "evidence_")
        for name in WITH_EVIDENCE
        for form in FORMS
    ),
    *(
        Act(
            f"export the queue as {form}",
            "admin:models_catalog_claim_queue_export",
            ROLES,
            method="GET",
            args=[form],
            shows=is_file(form),
        )
        for form in FORMS
    ),
    *(act for model, own in admin.site._registry.items() for act in _sheets(model, own)),
]
