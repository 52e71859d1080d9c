"""What answers share: validators, caches, the past, redirects, problems."""
