"""Parsing of Chinese text: repair, sizes, dates and names. Pure Python, independent of Django."""
