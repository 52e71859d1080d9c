"""Where fields show: each surface answers for every shape of field, and a check names those that do not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from models_catalog.models.vocabulary import Field, Shape

Answer = TypeVar("Answer")

SURFACES: dict[str, Mapping[Shape, Any]] = {}
"""Name of a surface → its answers."""

COVERED: dict[str, set[str]] = {}
"""Name of a surface that lists fields one by one → those that it lists or leaves out on purpose."""

NAMES_APART = frozenset({Shape.NAMES})
"""Shapes that most surfaces need not answer for: names stand above the other fields, each form at its own place."""


Missing = list[tuple[str, Field]]


def covers(name: str, fields: Iterable[str], *, but: Iterable[Field] = ()) -> None:
    """Register that the surface `name` handles `fields` one by one, and leaves out `but` on purpose."""
    COVERED[name] = {str(field) for field in fields} | {field.value for field in but}


def surface(name: str, answers: Mapping[Shape, Answer]) -> Mapping[Shape, Answer]:
    """Register what the surface `name` does with each shape; gives `answers` back."""
    SURFACES[name] = answers
    return answers


def unanswered() -> Missing:
    """Every surface with the fields that it has no answer for."""
    missing: Missing = []
    for field in Field:
        missing += [
            (name, field)
            for name, answers in SURFACES.items()
            if field.shape not in answers and field.shape not in NAMES_APART
        ]
        missing += [(name, field) for name, listed in COVERED.items() if field.value not in listed]
    return missing
