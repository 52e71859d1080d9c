"""The review queue, and decisions on claims."""
