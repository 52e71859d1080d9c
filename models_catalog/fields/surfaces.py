"""Surfaces: places that handle fields. Each must handle every shape of field; a check names those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from models_catalog.models.vocabulary import Field, Shape

Answer = TypeVar("Answer")

SURFACES: dict[str, Mapping[Shape, Any]] = {}
"""Name of a surface → its handler by shape."""

COVERED: dict[str, set[str]] = {}
"""Name of a surface that lists single fields → those that it lists or omits on purpose."""

NAMES_APART = frozenset({Shape.NAMES})
"""Shapes that most surfaces need not handle: names are shown apart from the other fields."""


Missing = list[tuple[str, Field]]


def covers(name: str, fields: Iterable[str], *, but: Iterable[Field] = ()) -> None:
    """Register that the surface `name` handles `fields` one by one, and omits `but` on purpose."""
    COVERED[name] = {str(field) for field in fields} | {field.value for field in but}


def surface(name: str, answers: Mapping[Shape, Answer]) -> Mapping[Shape, Answer]:
    """Register how the surface `name` handles each shape. Returns `answers`."""
    SURFACES[name] = answers
    return answers


def unanswered() -> Missing:
    """Pairs of a surface and a field that it does not handle."""
    missing: Missing = []
    for field in Field:
        missing += [
            (name, field)
            for name, answers in SURFACES.items()
            if field.shape not in answers and field.shape not in NAMES_APART
        ]
        missing += [(name, field) for name, listed in COVERED.items() if field.value not in listed]
    return missing
