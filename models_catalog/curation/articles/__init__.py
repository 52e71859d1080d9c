"""Reading an article, for curators."""
