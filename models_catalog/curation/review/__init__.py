"""The review queue, and deciding on claims."""
