"""The way from a database of an old version to this code, walked and checked."""
