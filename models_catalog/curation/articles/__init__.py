"""Reading articles, for curators."""
