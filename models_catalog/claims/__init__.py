"""Deciding on claims: one judgement, one action that writes it."""
