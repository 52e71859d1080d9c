"""Entries side by side: how their values relate, and how their intervals are drawn. No queries, no pages."""
