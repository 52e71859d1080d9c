"""Rendering of public pages: the template environment, its filters and functions."""
