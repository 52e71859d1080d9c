"""Test of the upgrade from a database of an old version to this code."""
