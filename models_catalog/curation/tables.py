"""Imports every table of the admin, which registers it."""

from models_catalog.curation import entries, merges, users, vocabularies
from models_catalog.curation.imports import pages
from models_catalog.curation.review import claims, reports

__all__ = ["claims", "entries", "merges", "pages", "reports", "users", "vocabularies"]
