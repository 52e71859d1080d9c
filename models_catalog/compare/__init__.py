"""Comparison of entries: their values side by side, how these relate, a drawing of the sizes, and files."""
