"""The registry for others: files, tables, the data package and its releases, citations."""
