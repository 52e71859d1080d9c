"""In-memory index of the catalog: answers filters as PostgreSQL would, in a fraction of the time.

Used through `catalog.results` only.
"""
