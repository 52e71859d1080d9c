"""Claims: judged, decided, settled into columns, merged, reported. Writes are keyword-only and atomic; nothing else writes an entry's columns."""
