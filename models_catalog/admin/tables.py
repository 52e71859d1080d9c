"""Every table that the admin shows."""

from models_catalog.admin import (
    claims,
    developers,
    entries,
    figures,
    imports,
    merges,
    omissions,
    reports,
    sectors,
    sources,
    users,
)

__all__ = [
    "claims",
    "developers",
    "entries",
    "figures",
    "imports",
    "merges",
    "omissions",
    "reports",
    "sectors",
    "sources",
    "users",
]
