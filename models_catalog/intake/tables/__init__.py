"""Importing tables, from the uploaded bytes to undo."""
