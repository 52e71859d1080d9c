"""Published tables as Parquet: each column with its type, meaning and unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from django.utils import translation

from models_catalog.publish.column import URL, Column, with_url
from models_catalog.publish.tables.table import Table, UrlOf

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_GROUP = 10_000
"""Rows held in memory at a time."""


def write_parquet(file: IO[bytes], table: Table, rows: Iterable[Any], url_of: UrlOf) -> int:
    """Write the rows and return their number."""
    import pyarrow as pa  # imported here, since it costs 30 MB that few processes need
    from pyarrow import parquet

    schema = arrow_schema(table)
    values = (_values(table, row, url_of) for row in rows)
    count = 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in _batches(values):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            count += len(batch)
    return count


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a table, with meanings and units as metadata."""
    import pyarrow as pa  # as above

    with translation.override("en"):  # for every reader: a file has one language
        fields = [_field(column) for column in table.columns]
        title = str(table.title)
    address = pa.field(URL, pa.string(), metadata={"description": "The page that shows it."})
    return pa.schema(
        with_url(table.columns, fields, address), metadata={"title": title, "licence": "CC BY 4.0"}
    )


def _field(column: Column[Any]) -> pa.Field:
    import pyarrow as pa  # as above

    reference = pa.struct({"slug": pa.string(), "name_zh": pa.string(), "name_en": pa.string()})
    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "decimal": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "objects": pa.list_(reference),
    }
    described = {"description": str(column.meaning)} | ({"unit": str(column.unit)} if column.unit else {})
    return pa.field(column.name, kinds[column.type], nullable=not column.required, metadata=described)


def _values(table: Table, row: Any, url_of: UrlOf) -> dict[str, Any]:
    return {column.name: _value(column, row) for column in table.columns} | {URL: url_of(row)}


def _value(column: Column[Any], row: Any) -> Any:
    value = column.read(row)
    if column.type == "objects" and isinstance(value, list):
        return [{"slug": one.slug, "name_zh": one.name_zh, "name_en": one.name_en or None} for one in value]
    if column.type == "decimal" and value is not None:
        return float(value)  # type: ignore[arg-type]  # a decimal, by the column's type
    return None if value == "" else value


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Batches of rows; one empty batch if there are none, so that the file has its schema."""
    source = iter(rows)
    batch = list(islice(source, ROWS_A_GROUP))
    while True:
        yield batch
        batch = list(islice(source, ROWS_A_GROUP))
        if not batch:
            return
