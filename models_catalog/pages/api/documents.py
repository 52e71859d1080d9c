"""The OpenAPI document as JSON, and as a page."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from models_catalog.catalog.facets import split
from models_catalog.pages.api.schema import Schema, document
from models_catalog.pages.http.problems import take_nothing
from models_catalog.pages.http.public import public_page


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    take_nothing(request)
    return HttpResponse(_text(request.build_absolute_uri("/")[:-1]), content_type="application/json")


@lru_cache(maxsize=8)
def _text(origin: str) -> str:
    """The document with `servers` set to `origin`, which client generators take literally."""
    return json.dumps({**document(), "servers": [{"url": origin}]}, ensure_ascii=False, indent=1)


@require_safe
@public_page()
def api_docs(request: HttpRequest) -> HttpResponse:
    """The API reference, generated from the OpenAPI document in the reader's language."""
    context = {"operations": operations(), "schemas": schemas(), "here": request.build_absolute_uri("/")[:-1]}
    return render(request, "api/reference.html", context)


def operations() -> list[dict[str, Any]]:
    """Each operation with its path, parameters, responses and example, for the template."""
    paths = document(get_language() or "en")["paths"]
    return [
        {
            "path": path,
            "id": one["operationId"],
            "summary": one["summary"],
            "description": one["description"],
            "parameters": [_parameter(parameter) for parameter in one["parameters"]],
            "answers": [(status, answer["description"]) for status, answer in one["responses"].items()],
            "schema": one["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].split("/")[-1],
            "example": json.dumps(
                one["responses"]["200"]["content"]["application/json"]["example"],
                ensure_ascii=False,
                indent=2,
            ),
        }
        for path, methods in paths.items()
        for one in methods.values()
    ]


def schemas() -> list[dict[str, Any]]:
    """Each schema with its fields, for the template."""
    found = document(get_language() or "en")["components"]["schemas"]
    return [
        {
            "name": name,
            "description": schema.get("description", ""),
            "fields": [_field(field, inner) for field, inner in schema["properties"].items()],
        }
        for name, schema in found.items()
    ]


def _parameter(parameter: Schema) -> dict[str, Any]:
    schema = parameter["schema"]
    example = parameter["example"]
    return {
        "name": parameter["name"],
        "required": parameter["required"],
        "description": parameter["description"],
        "words": schema.get("enum") or _chosen(schema.get("items", {}).get("enum", [])),
        "many": schema["type"] == "array",
        "example": ", ".join(example) if isinstance(example, list) else example,
    }


def _chosen(values: list[str]) -> list[str]:
    """The values of a facet without those that exclude them, of which the description speaks."""
    return split(values)[0]


def _field(name: str, schema: Schema) -> dict[str, Any]:
    kinds = schema.get("type", "object")
    inner = schema.get("items", {})
    return {
        "name": name,
        "type": " / ".join([kinds] if isinstance(kinds, str) else kinds),
        "of": inner.get("$ref", "").split("/")[-1],
        "words": [word for word in schema.get("enum") or inner.get("enum") or [] if word],
        "description": schema.get("description", ""),
    }
