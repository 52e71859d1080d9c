"""Importing tables, for curators."""
