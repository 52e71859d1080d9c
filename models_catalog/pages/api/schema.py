"""The OpenAPI document, written from the tables' columns and the parameters' form fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema

from models_catalog.pages.api.addresses import MOVES
from models_catalog.pages.api.examples import EXAMPLES
from models_catalog.pages.api.parameters import list_parameters, row_parameters
from models_catalog.pages.http.problems import PROBLEM, problem
from models_catalog.publish.column import URL, Column
from models_catalog.publish.selection import parameters_of
from models_catalog.publish.tables import CLAIMS, MODELS, TABLES, Table

Schema = dict[str, Any]

_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "integer": {"type": "integer", "format": "int64"},  # else generated clients take 32 bits
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "format": "date-time"},
    "list": {"type": "array", "items": {"type": "string"}},
    "objects": {"type": "array", "items": {"$ref": "#/components/schemas/Reference"}},
}
_ERRORS = {
    400: (
        _("A parameter was refused."),
        {"sort": ["Select a valid choice. size is not one of the available choices."]},
    ),
    404: (_("There is no such row."), None),
}


class TableSchema(AutoSchema):
    """Describes `GET` on a table or on one of its rows."""

    @property
    def table(self) -> Table:
        endpoint: Any = self.view  # a TableEndpoint, which cannot be imported here
        table: Table = endpoint.table
        return table

    @property
    def is_list(self) -> bool:
        return "{" not in self.path

    def get_operation_id(self) -> str:
        words = self.table.name.replace("-", "_")
        return f"list_{words}" if self.is_list else f"get_{words}"

    def get_summary(self) -> str:
        return str(self.table.title) if self.is_list else _("One of: %(title)s") % {"title": self.table.title}

    def get_description(self) -> str:  # type: ignore[override]  # drf-spectacular's own signature
        return str(self.table.meaning)

    def get_tags(self) -> list[str]:
        return [self.table.name]

    def get_auth(self) -> list[dict[str, Any]]:
        return []

    def _get_parameters(self) -> list[Schema]:
        return list_parameters(self.table) if self.is_list else row_parameters(self.table)

    def _get_request_body(self, direction: str = "request") -> None:
        return None

    def _get_response_bodies(self, direction: str = "response") -> Schema:
        name = f"{self.table.one}List" if self.is_list else _detail(self.table)
        row = EXAMPLES[self.table.name]
        example = {"count": 1, "next": None, "previous": None, "results": [row]} if self.is_list else row
        good: Schema = {
            "description": str(_("A page of rows.") if self.is_list else _("The row.")),
            "headers": {
                "ETag": {
                    "schema": {"type": "string"},
                    "description": _("Send it back as `If-None-Match`: 304 if nothing changed."),
                },
                "Last-Modified": {
                    "schema": {"type": "string"},
                    "description": _("The newest change of a published row; told once it is a minute old."),
                },
            },
            "content": {"application/json": {"schema": _ref(name), "example": example}},
        }
        wrong = {str(status): _problem(status, self.is_list) for status in self._refusals()}
        unchanged = {
            "304": {"description": _("What `If-None-Match` or `If-Modified-Since` names is still right.")}
        }
        return {"200": good, **self._moves(), **unchanged, **wrong}

    def _moves(self) -> Schema:
        """301 of a row that may have another address now."""
        if self.is_list or self.table.name not in MOVES:
            return {}
        location = {"schema": {"type": "string"}, "description": _("The row's address now.")}
        return {"301": {"description": MOVES[self.table.name], "headers": {"Location": location}}}

    def _refusals(self) -> Iterable[int]:
        """404 of a list: a past that the history does not reach."""
        has_past = not {"as_of", "release"}.isdisjoint(parameters_of(self.table))
        return (400, 404) if has_past or not self.is_list else (400,)


def _problem(status: int, is_list: bool) -> Schema:
    detail, errors = _ERRORS[status]
    if status == HTTPStatus.NOT_FOUND and is_list:
        detail = _("The past that was asked for is not known.")
    example = problem(status, str(detail), errors)
    return {"description": detail, "content": {PROBLEM: {"schema": _ref("Problem"), "example": example}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _detail(table: Table) -> str:
    return "ModelWithClaims" if table is MODELS else table.one


def components() -> Schema:
    """The schemas of rows, pages and problems, by name."""
    found: Schema = {"Reference": _REFERENCE, "Problem": _PROBLEM}
    for table in TABLES:
        found[table.one] = _row(table)
        found[f"{table.one}List"] = _page(table)
    claims = {
        "type": "array",
        "items": _ref(CLAIMS.one),
        "description": _("Left out where `fields` is given."),
    }
    whole = _row(MODELS)
    found["ModelWithClaims"] = {**whole, "properties": {**whole["properties"], "claims": claims}}
    # Generators name their classes by the titles: each its own, a single thing, in ASCII, whatever the language.
    return {name: {"title": name, **schema} for name, schema in found.items()}


def _row(table: Table) -> Schema:
    """The object of a row; nothing is required, since `fields` may leave anything out."""
    properties = {column.name: column_schema(column) for column in table.columns}
    properties[URL] = {"type": "string", "format": "uri", "description": _("The page that shows it.")}
    return {
        "type": "object",
        "description": str(table.meaning),
        "properties": properties,
        "additionalProperties": False,
    }


def column_schema(column: Column[Any]) -> Schema:
    """The JSON schema of what a column holds."""
    schema = dict(_TYPES[column.type])
    words: list[str | None] = list(column.vocabulary.values) if column.vocabulary else []
    if column.type == "list" and words:
        schema["items"] = {"type": "string", "enum": words}
    elif words:
        schema["enum"] = words if column.required else [*words, None]
    if not column.required:
        schema["type"] = [schema["type"], "null"]
    meaning = column.meaning
    if column.unit:
        meaning = _("%(meaning)s In %(unit)s.") % {"meaning": meaning, "unit": column.unit}
    return {**schema, "description": str(meaning)}


def _page(table: Table) -> Schema:
    address = {"type": ["string", "null"], "format": "uri"}
    return {
        "type": "object",
        "properties": {
            "count": {
                **_TYPES["integer"],
                "minimum": 0,
                "description": _("How many rows there are in all pages."),
            },
            "next": {**address, "description": _("The next page; null on the last.")},
            "previous": {
                **address,
                "description": _("The page before; null on the first, and with a cursor."),
            },
            "results": {"type": "array", "items": _ref(table.one)},
        },
        "required": ["count", "next", "previous", "results"],
        "additionalProperties": False,
    }


_REFERENCE: Schema = {
    "type": "object",
    "description": _("A row of another table."),
    "properties": {
        "slug": {"type": "string"},
        "name_zh": {"type": "string"},
        "name_en": {"type": ["string", "null"]},
    },
    "required": ["slug", "name_zh", "name_en"],
    "additionalProperties": False,
}
_PROBLEM: Schema = {
    "type": "object",
    "description": _("What went wrong (RFC 9457)."),
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer", "format": "int32"},
        "detail": {"type": "string"},
        "errors": {
            "type": "object",
            "description": _(
                "Parameter → what is wrong with it; under `query` what is wrong with the whole."
            ),
            "additionalProperties": {"type": "array", "items": {"type": "string"}},
        },
    },
    "required": ["type", "title", "status", "detail"],
}


_generating = Lock()


def document(language: str = "en") -> Schema:
    """The whole document; what it says in words in this language. It depends on the code alone.

    One thread generates it: drf-spectacular keeps the view that it describes where all threads see it.
    """
    with _generating:
        return _generated(language)


@cache
def _generated(language: str) -> Schema:
    from models_catalog.pages.api.routes import urlpatterns  # its views describe themselves by this module

    generator: Any = SchemaGenerator
    with translation.override(language):
        schema: Schema = generator(patterns=urlpatterns).get_schema(public=True)
        schema.setdefault("components", {})["schemas"] = components()
        schema["tags"] = [{"name": table.name, "description": table.meaning} for table in TABLES]
        spoken: Schema = json.loads(
            json.dumps(schema, cls=DjangoJSONEncoder)
        )  # words that wait for a language
    return spoken
