"""Names in the reader's language."""

from typing import Any

from django.utils.translation import get_language


def in_english() -> bool:
    """Whether the active language is English; otherwise it is Chinese."""
    return (get_language() or "").startswith("en")


def name_order() -> str:
    """The column of entries and developers that sorts them by `label` in the reader's language."""
    return "sort_key_en" if in_english() else "sort_key"


class Labelled:
    """Mixin for rows with `name_zh` and `name_en`: `label` is the name in the reader's language, or else the other."""

    name_zh: Any
    name_en: Any

    @property
    def label(self) -> str:
        pair = (self.name_en, self.name_zh) if in_english() else (self.name_zh, self.name_en)
        return str(pair[0] or pair[1])
