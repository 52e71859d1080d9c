"""What readers see: one module an area; each view validates, calls a query and renders."""
