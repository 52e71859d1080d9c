"""How the values of several entries relate: as sets of what may be the case, never as strings."""

from collections.abc import Hashable, Sequence
from itertools import combinations, product

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_catalog.text.sizes import Interval

Whole = frozenset[Hashable]
"""A value that is right or wrong as a whole: all developers, the one category."""

Possible = Sequence[Interval | Whole]
"""What an entry's value may be: one thing, more where statements are in dispute, none where it is unknown."""


class Verdict(TextChoices):
    SAME = "same", _("Same")
    DIFFERS = "differs", _("Differs")
    MAY_BE_EQUAL = "may-be-equal", _("May be equal")
    NOT_COMPARABLE = "not-comparable", _("Not comparable")


def relation(one: Interval | Whole, other: Interval | Whole) -> Verdict:
    """How two values relate. Two intervals are the same only if both are one number, and that number is equal."""
    if isinstance(one, Interval) and isinstance(other, Interval):
        if not _overlap(one, other):
            return Verdict.DIFFERS
        return Verdict.SAME if one == other and _is_number(one) else Verdict.MAY_BE_EQUAL
    return Verdict.SAME if one == other else Verdict.DIFFERS


def between(one: Possible, other: Possible) -> Verdict:
    """How two entries' values relate, whichever of the statements in dispute is right."""
    found = {relation(left, right) for left, right in product(one, other)}
    if not found:
        return Verdict.NOT_COMPARABLE
    return found.pop() if len(found) == 1 else Verdict.MAY_BE_EQUAL


def verdict(values: Sequence[Possible]) -> Verdict:
    """How the values of a row relate, leaving out the unknown ones; fewer than two known are not comparable."""
    known = [value for value in values if value]
    found = {between(one, other) for one, other in combinations(known, 2)}
    for word in (Verdict.DIFFERS, Verdict.MAY_BE_EQUAL, Verdict.SAME):
        if word in found:
            return word
    return Verdict.NOT_COMPARABLE


def _is_number(size: Interval) -> bool:
    return size.low is not None and size.low == size.high


def _overlap(one: Interval, other: Interval) -> bool:
    return _reaches(one.high, other.low) and _reaches(other.high, one.low)


def _reaches(high: int | None, low: int | None) -> bool:
    return high is None or low is None or high >= low
