"""Developers whose names are nearly the same: 上海市人工智能实验室 beside 上海人工智能实验室."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from models_catalog.text.names import fold

MOST = 3
"""Near developers that are named; more would not be read."""
LONGEST = 24
"""Characters of a name in which a slip is looked for; a longer one is near another only if it holds it."""
_LEGAL: Final = re.compile(r"(?:股份|有限|责任|公司|集团|科技|技术|coltd|ltd|inc)+$")
"""What ends the name of any company, and so tells none from another."""


class MakersAlike:
    """Names of developers, to be looked up by names like theirs."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        """Core of a name → the name."""
        self._slips: dict[str, set[str]] = defaultdict(set)
        """What is left of a core without one or two characters → the cores."""
        self._all = "\n"
        """Every core, to be looked through as one text."""
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        core = _core(name)
        if core and core not in self._names:
            self._names[core] = name
            self._all += f"{core}\n"
            for left in _slips(core):
                self._slips[left].add(core)

    def near(self, name: str) -> list[str]:
        """Names that stand within `name`, hold it, or differ by a character (long ones by two): the nearest first."""
        core = _core(name)
        found = {part for part in _parts(core) if part in self._names}
        found |= set(self._holding(core))
        found |= {near for left in _slips(core) for near in self._slips.get(left, ())}
        nearest = sorted(found, key=lambda near: (abs(len(near) - len(core)), near))
        return [self._names[near] for near in nearest[:MOST]]

    def _holding(self, core: str) -> Iterator[str]:
        at = self._all.find(core) if _says_enough(core) else -1
        while at >= 0:
            end = self._all.find("\n", at)
            yield self._all[self._all.rfind("\n", 0, at) + 1 : end]
            at = self._all.find(core, end)


def _core(name: str) -> str:
    folded = fold(name)
    return _LEGAL.sub("", folded) or folded


def _says_enough(core: str) -> bool:
    """Whether it is telling that a name holds `core`; two letters stand in many."""
    return len(core) > (3 if core.isascii() else 1)


def _parts(core: str) -> Iterator[str]:
    for start, end in combinations(range(min(len(core), 2 * LONGEST) + 1), 2):
        if _says_enough(core[start:end]):
            yield core[start:end]


def _slips(core: str) -> set[str]:
    """The core, and what is left of it without one character; of a long one without two."""
    if not 3 < len(core) <= LONGEST:
        return {core}
    dropped = 2 if len(core) > 6 else 1
    return {
        "".join(core[place] for place in range(len(core)) if place not in left_out)
        for number in range(dropped + 1)
        for left_out in combinations(range(len(core)), number)
    }
