"""Every table that the admin shows."""

from models_catalog.admin import claims, developers, entries, figures, omissions, sectors, sources, users

__all__ = ["claims", "developers", "entries", "figures", "omissions", "sectors", "sources", "users"]
