"""Importing tables, from the bytes of an upload to the undo."""
