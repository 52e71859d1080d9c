"""Charts: one module each, from the entries that a query string chooses to a figure, a table and a finding."""
