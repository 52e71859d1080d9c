"""The past: an entry's history, the registry as of a date, and differences between two states."""
