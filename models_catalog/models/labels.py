"""Names in the reader's language."""

from typing import Any, Self, overload

from django.utils.translation import get_language


def in_english() -> bool:
    """Whether the active language is English; otherwise it is Chinese."""
    return (get_language() or "").startswith("en")


def name_order() -> str:
    """The column of entries and developers that sorts them by `label` in the reader's language."""
    return "sort_key_en" if in_english() else "sort_key"


class InReadersLanguage:
    """Text of a row with two columns, `<name>_zh` and `<name>_en`: the one in the reader's language."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._zh, self._en = f"{name}_zh", f"{name}_en"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...

    @overload
    def __get__(self, row: object, owner: type) -> str: ...

    def __get__(self, row: object, owner: type) -> Self | str:
        return self if row is None else str(getattr(row, self._en if in_english() else self._zh))


class Labelled:
    """Mixin for rows with `name_zh` and `name_en`: `label` is the name in the reader's language, or else the other."""

    name_zh: Any
    name_en: Any

    @property
    def label(self) -> str:
        pair = (self.name_en, self.name_zh) if in_english() else (self.name_zh, self.name_en)
        return str(pair[0] or pair[1])
