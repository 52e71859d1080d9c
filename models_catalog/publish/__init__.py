"""Publishing: files, tables, the data package and its releases, citations, interchange with other registries."""
