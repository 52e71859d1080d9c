"""How the readers' pages are rendered: the templates' environment, and what their filters and functions give."""
