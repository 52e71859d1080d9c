"""What a fault did."""

from dataclasses import dataclass


@dataclass
class Outcome:
    passed: bool
    seen: str
