"""The registry as tables for others: one list of columns a table behind the API, Parquet, the data package and its docs."""

from models_catalog.publish.tables.models import CLAIMS, MODELS
from models_catalog.publish.tables.organisations import DEVELOPERS, SECTORS, STATEMENTS
from models_catalog.publish.tables.sources import EVIDENCE, FIGURES, OMISSIONS, SOURCES
from models_catalog.publish.tables.table import ForeignKey, Table

TABLES: tuple[Table, ...] = (
    MODELS,
    CLAIMS,
    DEVELOPERS,
    STATEMENTS,
    SECTORS,
    SOURCES,
    FIGURES,
    EVIDENCE,
    OMISSIONS,
)
"""Everything that is published, in the order of a reader's interest."""

__all__ = [
    "CLAIMS",
    "DEVELOPERS",
    "EVIDENCE",
    "FIGURES",
    "MODELS",
    "OMISSIONS",
    "SECTORS",
    "SOURCES",
    "STATEMENTS",
    "TABLES",
    "ForeignKey",
    "Table",
]
