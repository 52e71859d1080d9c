"""CSV on the Web (W3C) metadata of a CSV file, `models.csv-metadata.json`: columns, types, licence, citation."""

from __future__ import annotations

from typing import Any

from models_catalog.publish.column import URL, with_url
from models_catalog.publish.tables.table import Table
from models_catalog.publish.writers import SEPARATOR

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_TYPES = {
    "text": "string",
    "integer": "integer",
    "decimal": "decimal",
    "boolean": {"base": "boolean", "format": "True|False"},
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "time": {"base": "dateTime", "format": "yyyy-MM-dd'T'HH:mm:ssxxx"},
    "list": "string",
    "objects": "string",
}


def metadata(table: Table, language: str, readme: str, citation: str) -> dict[str, Any]:
    """The metadata of `<table>.csv`, to be served next to it; `readme` and `citation` are full addresses."""
    columns = [
        {
            "name": column.name,
            "titles": [column.name],
            "dc:description": f"{column.meaning} ({column.unit})" if column.unit else str(column.meaning),
            "datatype": _TYPES[column.type],
            "required": column.required and column.type not in ("list", "objects"),
            **({"separator": SEPARATOR} if column.type in ("list", "objects") else {}),
        }
        for column in table.columns
    ]
    address = {"name": URL, "titles": [URL], "datatype": "anyURI", "required": True}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": language}],
        "url": f"{table.name}.csv",
        "dc:title": f"Baimo: {table.title}",
        "dc:description": str(table.meaning),
        "dc:license": {"@id": LICENCE},
        "dc:creator": "Baimo editors",
        "dc:bibliographicCitation": {"@id": citation},
        "rdfs:seeAlso": {"@id": readme},
        "dialect": {"encoding": "utf-8", "header": True},
        "tableSchema": {"columns": with_url(table.columns, columns, address), "primaryKey": list(table.key)},
    }
