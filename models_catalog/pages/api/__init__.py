"""`/api/v1/`: every published table, read-only, by the catalog's own parameters."""
