"""Names in the reader's language."""

from typing import Any

from django.utils.translation import get_language


def in_english() -> bool:
    """Whether the reader's language is English; Chinese is the registry's own."""
    return (get_language() or "").startswith("en")


class Labelled:
    """For rows with `name_zh` and `name_en`: `label` is the reader's, with the other as fallback."""

    name_zh: Any
    name_en: Any

    @property
    def label(self) -> str:
        pair = (self.name_en, self.name_zh) if in_english() else (self.name_zh, self.name_en)
        return str(pair[0] or pair[1])
