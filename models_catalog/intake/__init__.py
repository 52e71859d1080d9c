"""How facts come in: from the curated fixtures, from tables, and from articles as proposals."""
