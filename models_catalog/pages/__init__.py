"""Public pages, one module per area; each view validates, calls a query and renders."""
