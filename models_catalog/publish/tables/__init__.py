"""The published tables: one list of columns per table, for the API, Parquet, the data package and its documentation."""

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
"""Everything that is published, by interest to readers."""

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
