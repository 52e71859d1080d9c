"""Values that broke sites before: what a parameter may be sent at any time."""

NASTIES = [
    "\0", "a\0b", "%00", "1" * 5_000, "-" + "9" * 400, "1e999999", "-1e999999", "NaN", "nan", "Infinity",
    "-inf", "0x10", "1_000", "٣", "½", "²", "1,5", "1.5.5", "-1", "0", "9223372036854775807",
    "9223372036854775808", "0000", "0000-00-00", "0001-01-01", "9999-12-31", "10000", "2023-02-30",
    "2023-13", "--", "'", "''; DROP TABLE models_catalog_entry; --", '"><script>alert(1)</script>',
    "{{ 7|add:7 }}", "%s", "%", "_", "\\", "(", "[a-", ".*", "../../etc/passwd", "\u202e", "\ud7ff\uffff",
    "文" * 2_000, "💥" * 60, " \t\r\n",
]  # fmt: skip
"""The 47."""
