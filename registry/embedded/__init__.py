"""Django's PostgreSQL backend, on the server that this checkout carries along."""

OWNER, SITE = "baimo", "baimo_site"
"""The roles of its database: who migrates, and who serves (`registry.grants`)."""
