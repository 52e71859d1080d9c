"""Entries side by side: how their values relate, how their intervals are drawn, and the same as files."""
