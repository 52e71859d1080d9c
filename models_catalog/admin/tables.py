"""Every table that the admin shows."""

from models_catalog.admin import (
    claims,
    developers,
    entries,
    figures,
    merges,
    omissions,
    sectors,
    sources,
    users,
)

__all__ = ["claims", "developers", "entries", "figures", "merges", "omissions", "sectors", "sources", "users"]
