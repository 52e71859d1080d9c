"""The read-only API under `/api/v1/`: every published table, with the catalog's parameters."""
