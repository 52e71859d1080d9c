"""Django's PostgreSQL backend, for a reader who does not wait for ever."""
