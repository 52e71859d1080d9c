"""Importing a table, for curators."""
