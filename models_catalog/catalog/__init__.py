"""Reads that span models, one module an area: filter, facets, counts, rows, search, pages of entries and sources. Views and templates build no query."""
