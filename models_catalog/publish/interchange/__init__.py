"""To and from other registries of models."""
