"""Reads that span models, one module an area. Views and templates build no query."""
