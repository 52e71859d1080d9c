"""How much one sender, and all together, may ask at a time."""
