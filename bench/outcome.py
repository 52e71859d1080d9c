"""Outcome of a fault."""

from dataclasses import dataclass


@dataclass
class Outcome:
    passed: bool
    seen: str
