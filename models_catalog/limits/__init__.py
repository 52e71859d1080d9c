"""Rate and concurrency limits, per sender and in total."""
