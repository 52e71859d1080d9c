"""The catalog in a worker's memory: what every filter, count and order needs of each entry, as columns of numbers.

PostgreSQL stays the only truth: each request asks it for the state of the catalog (`changes`), and what is kept here
follows before it is used (`current`). Why: docs/decisions/0009-the-catalog-in-memory.md.
"""
