"""How facts enter the registry: from the curated fixtures, from tables, and from articles as proposed claims."""
