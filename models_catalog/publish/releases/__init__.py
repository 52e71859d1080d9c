"""The whole registry as one file: a data package, frozen as numbered releases."""
