"""What an action would do to an entry: it is done, looked at, and undone."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from models_catalog.models import Entry
from models_catalog.queries.entry_text import entry_text


@dataclass(frozen=True)
class Effect:
    """One column before and after; "" is a value that is not stated."""

    heading: str
    before: str
    after: str


class _Undone(Exception):
    """Ends the trial."""


def effect_of(entry: Entry, act: Callable[[], object]) -> list[Effect]:
    """The columns of `entry` that `act` would change. Nothing is kept; what `act` raises is raised."""
    before = entry_text(entry)
    after = dict(before)
    try:
        with transaction.atomic():
            act()
            after = entry_text(entry)
            raise _Undone
    except _Undone:
        pass
    return differences(before, after)


def differences(before: dict[str, str], after: dict[str, str]) -> list[Effect]:
    """What differs between the texts of an entry's columns."""
    return [
        Effect(heading, before[heading], after[heading])
        for heading in before
        if before[heading] != after[heading]
    ]
