"""The catalog in memory: answers a filter as PostgreSQL would, in a fraction of the time. `catalog.results` is its door."""
