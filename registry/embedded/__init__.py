"""Django's PostgreSQL backend on a server that belongs to this checkout."""

OWNER, SITE = "baimo", "baimo_site"
"""Its database roles: the owner migrates, the other serves (`registry.grants`)."""
