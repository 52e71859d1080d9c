"""Interchange with other registries of models."""
