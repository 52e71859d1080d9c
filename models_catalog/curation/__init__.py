"""The curation site: its permissions, lists and forms. `tables` registers every table."""
