"""Reads articles: finds possible claims about models, with the words that state them and their position."""
