"""Number and time formats for values that Django formats itself."""
