"""Charts, one module each: from the entries that a query string selects to a figure, a table and a finding."""
