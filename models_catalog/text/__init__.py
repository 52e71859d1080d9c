"""Reading Chinese text: repair, sizes, dates and names. Pure Python; nothing here knows Django."""
