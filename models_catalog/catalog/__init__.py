"""Reads that span models, one module per area: filter, facets, counts, rows, search, entry and source pages.

Views and templates build no queries.
"""
