"""Where fields show: each surface answers for every shape of field, and a check names those that do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from models_catalog.models.vocabulary import Field, Shape

Answer = TypeVar("Answer")

SURFACES: dict[str, Mapping[Shape, Any]] = {}
"""Name of a surface → its answers."""

NAMES_APART = frozenset({Shape.NAMES})
"""Shapes that most surfaces need not answer for: names stand above the other fields, each form at its own place."""


def surface(name: str, answers: Mapping[Shape, Answer]) -> Mapping[Shape, Answer]:
    """Register what the surface `name` does with each shape; gives `answers` back."""
    SURFACES[name] = answers
    return answers


def unanswered() -> list[tuple[str, Field]]:
    """Every surface with the fields that it has no answer for."""
    return [
        (name, field)
        for name, answers in SURFACES.items()
        for field in Field
        if field.shape not in answers and field.shape not in NAMES_APART
    ]
