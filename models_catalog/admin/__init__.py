"""Curation: who may change what, and how. One file per concern; `tables` registers them all."""
