"""Shared parts of HTTP responses: validators, page cache, past states, redirects, problems."""
