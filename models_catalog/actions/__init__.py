"""Writes with rules: keyword-only, atomic, returning the object. Nothing else writes an entry's columns."""
