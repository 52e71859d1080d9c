"""Whether a pattern can take one text in ever more ways: then each word more doubles the time until it gives up.

A pattern becomes an automaton that only moves. It is ambiguous if some state comes back to itself over one text along two
paths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import combinations, product
from typing import Any, Final

_PARSER: Final[Any] = import_module("re._parser")
_COMPILER: Final[Any] = import_module("re._compiler")
FEW: Final = 8
"""Repetitions up to here are no loop: they cost a bounded factor."""
_COMMON: Final = "a1 Z中，。-.(<"

Part = tuple[Any, Any]
"""A sign of a pattern's syntax with what belongs to it."""
Takes = Callable[[str], object]
Steps = dict[int, dict[str, dict[int, int]]]
"""State → character → state → in how many ways, two at most."""


class Automaton:
    """States by number; each with free moves and moves over one character."""

    def __init__(self, tree: Iterable[Part], about: Any) -> None:
        self.free: list[list[int]] = []
        self.moves: list[list[tuple[Takes, int]]] = []
        self._about = about
        self.start = self._new()
        self._all(tree, self.start)

    def _new(self) -> int:
        self.free.append([])
        self.moves.append([])
        return len(self.free) - 1

    def _all(self, tree: Iterable[Part], state: int) -> int:
        for sign, value in tree:
            state = self._one(sign, value, state)
        return state

    def _one(self, sign: Any, value: Any, state: int) -> int:
        match str(sign):
            case "LITERAL" | "NOT_LITERAL" | "ANY" | "IN":
                one = _PARSER.SubPattern(self._about, [(sign, value)])
                self.moves[state].append((_COMPILER.compile(one, self._about.flags).fullmatch, self._new()))
                return self.moves[state][-1][1]
            case "SUBPATTERN":
                return self._all(value[3], state)
            case "BRANCH":
                end = self._new()
                for branch in value[1]:
                    self.free[state].append(begin := self._new())
                    self.free[self._all(branch, begin)].append(end)
                return end
            case "MAX_REPEAT" | "MIN_REPEAT":
                return self._repeated(value, state)
        return state  # what looks about takes nothing

    def _repeated(self, value: tuple[int, int, Any], state: int) -> int:
        least, most, tree = value
        for _ in range(min(least, FEW)):
            state = self._all(tree, state)
        self.free[state].append(end := self._new())
        if most > FEW:
            loop = self._new()
            self.free[state] = [loop]
            self.free[self._all(tree, loop)].append(loop)
            self.free[loop].append(end)
            return end
        for _ in range(most - least):
            state = self._all(tree, state)
            self.free[state].append(end)
        return end

    def steps(self, alphabet: str) -> Steps:
        return {
            state: {c: found for c in alphabet if (found := self._step(state, c))}
            for state in {self.start, *(end for moves in self.moves for _takes, end in moves)}
        }

    def _step(self, state: int, character: str) -> dict[int, int]:
        found: dict[int, int] = {}
        for at, ways in self._freely(state).items():
            for takes, end in self.moves[at]:
                if takes(character):
                    found[end] = min(2, found.get(end, 0) + ways)
        return found

    def _freely(self, state: int) -> dict[int, int]:
        """The states that free moves lead to, and in how many ways, two at most."""
        ways: dict[int, int] = {}
        paths: list[tuple[int, ...]] = [(state,)]
        while paths:
            path = paths.pop()
            ways[path[-1]] = ways.get(path[-1], 0) + 1
            if ways[path[-1]] <= 2:
                paths += [(*path, at) for at in self.free[path[-1]] if at not in path]
        return {at: min(2, n) for at, n in ways.items()}


def ambiguous(pattern: str, flags: int = 0) -> str:
    """A text over which a loop of the pattern goes in two ways; "" if there is none."""
    alphabet = "".join(dict.fromkeys(c for c in _COMMON + pattern if c.isprintable()))
    tree = _PARSER.parse(pattern, flags)
    found = (_twice(Automaton([loop], tree.state).steps(alphabet)) for loop in _loops(tree))
    return next(filter(None, found), "")


def _loops(tree: Iterable[Part]) -> Iterator[Part]:
    """The endless repetitions that stand in no other."""
    for sign, value in tree:
        match str(sign):
            case "MAX_REPEAT" | "MIN_REPEAT":
                yield from [(sign, value)] if value[1] > FEW else _loops(value[2])
            case "BRANCH":
                for branch in value[1]:
                    yield from _loops(branch)
            case "SUBPATTERN" | "ASSERT" | "ASSERT_NOT":
                yield from _loops(value[-1])


def _twice(steps: Steps) -> str:
    reach = {state: _reached(steps, state) for state in steps}
    for state in steps:
        loop = {other for other in reach[state] if state in reach[other]}
        if loop and (text := _parting(steps, state, loop)):
            return text
    return ""


def _reached(steps: Steps, state: int) -> set[int]:
    found: set[int] = set()
    waiting = [state]
    while waiting:
        for ends in steps[waiting.pop()].values():
            waiting += [end for end in ends if end not in found]
            found |= set(ends)
    return found


def _parting(steps: Steps, state: int, loop: set[int]) -> str:
    """A text over which two paths part at `state` and meet again, all within `loop`."""
    seen: dict[tuple[int, int], str] = {}
    for character, ends in steps[state].items():
        if any(ways > 1 and end in loop for end, ways in ends.items()):
            return character
        seen |= dict.fromkeys(combinations(sorted(loop & set(ends)), 2), character)
    waiting = list(seen)
    while waiting:
        pair = waiting.pop()
        for character in steps[pair[0]].keys() & steps[pair[1]].keys():
            for after in product(
                loop & set(steps[pair[0]][character]), loop & set(steps[pair[1]][character])
            ):
                if after[0] == after[1]:
                    return seen[pair] + character
                if after not in seen:
                    seen[after] = seen[pair] + character
                    waiting.append(after)
    return ""
