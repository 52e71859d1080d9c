"""The registry as tables for others: one list of columns a table behind the API, Parquet, the data package and its docs."""

from models_catalog.dataset.claims import CLAIMS
from models_catalog.dataset.figures import EVIDENCE, FIGURES
from models_catalog.dataset.models import MODELS
from models_catalog.dataset.organisations import DEVELOPERS, SECTORS, STATEMENTS
from models_catalog.dataset.sources import OMISSIONS, SOURCES
from models_catalog.dataset.table import ForeignKey, Table

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
