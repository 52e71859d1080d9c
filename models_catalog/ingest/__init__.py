"""How facts come in: from the curated fixtures, and from articles as proposals."""
