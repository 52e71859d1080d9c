"""Django's PostgreSQL backend, on the server that this checkout carries along."""
