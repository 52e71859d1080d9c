"""The curators' desk: who may change what, and how. `tables` registers every table."""
