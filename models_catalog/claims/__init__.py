"""Claims: reviewing, settling into entry columns, merging, error reports. Writes are keyword-only and atomic."""
