"""The OpenAPI document, generated from the tables' columns and the parameters' form fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from http import HTTPStatus
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from models_catalog.pages.api.addresses import MOVES, has_rows, path_of
from models_catalog.pages.api.examples import EXAMPLES
from models_catalog.pages.api.parameters import list_parameters, row_parameters
from models_catalog.pages.http.problems import PROBLEM, problem
from models_catalog.publish.column import URL, Column
from models_catalog.publish.selection import parameters_of
from models_catalog.publish.tables import CLAIMS, MODELS, TABLES, Table

Schema = dict[str, Any]

_TYPES: dict[str, Schema] = {
    "text": {"type": "string"},
    "integer": {"type": "integer", "format": "int64"},  # otherwise generated clients use 32 bits
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


def operation(table: Table, *, is_list: bool) -> Schema:
    """`GET` of a table, or of one of its rows."""
    words = table.name.replace("-", "_")
    one = _("One of: %(title)s") % {"title": table.title}
    return {
        "operationId": f"list_{words}" if is_list else f"get_{words}",
        "description": table.meaning,
        "summary": table.title if is_list else one,
        "parameters": list_parameters(table) if is_list else row_parameters(table),
        "tags": [table.name],
        "responses": _answers(table, is_list=is_list),
    }


def _answers(table: Table, *, is_list: bool) -> Schema:
    unchanged = {"description": _("What `If-None-Match` or `If-Modified-Since` names is still right.")}
    wrong = {str(status): _problem(status, is_list) for status in _refusals(table, is_list=is_list)}
    moved = {} if is_list else _moves(table)
    return {"200": _good(table, is_list=is_list), **moved, "304": unchanged, **wrong}


def _good(table: Table, *, is_list: bool) -> Schema:
    row = EXAMPLES[table.name]
    example = {"count": 1, "next": None, "previous": None, "results": [row]} if is_list else row
    schema = _ref(f"{table.one}List" if is_list else _detail(table))
    return {
        "description": _("A page of rows.") if is_list else _("The row."),
        "headers": {
            "ETag": {
                "schema": {"type": "string"},
                "description": _("Send it back as `If-None-Match`: 304 if nothing changed."),
            },
            "Last-Modified": {
                "schema": {"type": "string"},
                "description": _("The newest change of a published row, once it is a minute old."),
            },
        },
        "content": {"application/json": {"schema": schema, "example": example}},
    }


def _moves(table: Table) -> Schema:
    """The 301 response for rows that may have moved."""
    if table.name not in MOVES:
        return {}
    location = {"schema": {"type": "string"}, "description": _("The row's address now.")}
    return {"301": {"description": MOVES[table.name], "headers": {"Location": location}}}


def _refusals(table: Table, *, is_list: bool) -> Iterable[int]:
    """Statuses of refusals. A list has 404 only if it takes a past state, which may lie before the history."""
    has_past = not {"as_of", "release"}.isdisjoint(parameters_of(table))
    return (400, 404) if has_past or not is_list else (400,)


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
    # Generators name their classes after the titles, so each is unique, singular and ASCII in every language.
    return {name: {"title": name, **schema} for name, schema in found.items()}


def _row(table: Table) -> Schema:
    """The schema of a row; nothing is required, since `fields` may leave out anything."""
    properties = {column.name: column_schema(column) for column in table.columns}
    properties[URL] = {"type": "string", "format": "uri", "description": _("The page that shows it.")}
    return {
        "type": "object",
        "description": str(table.meaning),
        "properties": properties,
        "additionalProperties": False,
    }


def column_schema(column: Column[Any]) -> Schema:
    """The JSON schema of a column's values."""
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


_INFO: Schema = {
    "title": "Baimo",  # generators name their packages after it
    "version": "1",
    "description": (
        "An evidence-backed registry of Chinese large AI models. Read-only; no key. "
        "Intervals are inclusive at both ends; what no source states is null. "
        "A parameter that does not exist or cannot be read is refused with 400."
    ),
    "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
}


@cache
def document(language: str = "en") -> Schema:
    """The whole document, with descriptions in `language`. It depends on the code only."""
    with translation.override(language):
        paths: Schema = {}
        for table in sorted(TABLES, key=path_of):
            paths[f"/{path_of(table)}"] = {"get": operation(table, is_list=True)}
            if has_rows(table):
                key = "/".join(f"{{{column}}}" for column in table.key)
                paths[f"/{path_of(table)}{key}/"] = {"get": operation(table, is_list=False)}
        schema = {
            "openapi": "3.1.0",
            "info": _INFO,
            "paths": paths,
            "components": {"schemas": components()},
            "tags": [{"name": table.name, "description": table.meaning} for table in TABLES],
        }
        spoken: Schema = json.loads(json.dumps(schema, cls=DjangoJSONEncoder))  # evaluates lazy translations
    return spoken
