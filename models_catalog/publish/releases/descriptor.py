"""`datapackage.json`: types, units, vocabularies and keys of every column, from the list of columns."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from models_catalog.publish.column import Column
from models_catalog.publish.releases import words
from models_catalog.publish.releases.edition import FORMAT, Edition
from models_catalog.publish.tables import SOURCES, TABLES, Table

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}

_TYPES = {
    "text": "string",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    "time": "datetime",
    "list": "array",
    "objects": "array",
}
_FORMATS = {"time": {"format": "%Y-%m-%dT%H:%M:%S%z"}}

Json = dict[str, Any]


def descriptor(edition: Edition, files: dict[str, bytes]) -> Json:
    """The descriptor of a package with these files."""
    return {
        "profile": "data-package",
        "name": "baimo",
        "title": "Baimo 百模图鉴: a registry of Chinese large AI models",
        "description": (
            "Every value is backed by claims: the words of an article that state it, and where they stand. "
            "What no article states is empty."
        ),
        "version": str(edition.number) if edition.number else "current",
        "format": FORMAT,
        "created": f"{edition.day}T00:00:00Z",
        "keywords": ["large language models", "China", "provenance", "evidence"],
        "licenses": [LICENCE],
        "contributors": [{"title": "Baimo editors", "role": "author"}],
        "sources": [{"title": source.name_zh} for source in SOURCES.all()],
        "resources": [*(_resource(table, files) for table in TABLES), _vocabularies(files)],
    }


def _resource(table: Table, files: dict[str, bytes]) -> Json:
    path = f"data/{table.name}.csv"
    return {
        **_file(table.name, path, files[path]),
        "title": str(table.title),
        "description": str(table.meaning),
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.to]}}
                for key in table.foreign_keys
            ],
            "missingValues": [""],
        },
    }


def _file(name: str, path: str, content: bytes) -> Json:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "type": "table",
        "scheme": "file",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }


def _field(column: Column[Any]) -> Json:
    field: Json = {
        "name": column.name,
        "type": _TYPES[column.type],
        **_FORMATS.get(column.type, {}),
        "title": str(column.heading),
        "description": str(column.meaning),
    }
    constraints: Json = {"required": True} if column.required else {}
    if column.vocabulary:
        field["vocabulary"] = column.vocabulary.__name__
        if column.type == "text":
            constraints["enum"] = list(column.vocabulary.values)
    if column.unit:
        field["unit"] = str(column.unit)
    return field | ({"constraints": constraints} if constraints else {})


def _vocabularies(files: dict[str, bytes]) -> Json:
    path = f"data/{words.NAME}.csv"
    return {
        **_file(words.NAME, path, files[path]),
        "title": str(words.TITLE),
        "description": str(words.MEANING),
        "schema": {
            "fields": [_field(column) for column in words.COLUMNS],
            "primaryKey": list(words.KEY),
        },
    }
