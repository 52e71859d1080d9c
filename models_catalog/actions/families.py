"""Parents of parents: nothing is part of itself, at any depth."""

from collections.abc import Mapping


def leads_to(parents: Mapping[int, int | None], start: int, goal: int) -> bool:
    """Whether `goal` is `start` or above it; `parents` may hold a circle of others."""
    above: int | None = start
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above == goal:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
