"""What was so before: an entry's history, the registry as it stood, what changed between two states."""
