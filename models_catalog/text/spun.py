"""An editor's reading of the article that a synonym spinner rewrote.

The author's words are lost, and no library restores them. `gloss` applies the replacements of `spun_words` as an aid.
Its result is never stored as the article's words: quotations and evidence keep the article's text.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from models_catalog.text.spun_words import SPUN_GLOSSARY as SPUN_GLOSSARY
from models_catalog.text.spun_words import SPUN_NAMES
from models_catalog.text.spun_words import SPUN_REVERSALS as SPUN_REVERSALS

_WORDS: Final = re.compile("|".join(map(re.escape, sorted(SPUN_GLOSSARY, key=len, reverse=True))))
_NAMES: Final = re.compile(
    "|".join(
        rf"(?<![A-Za-z0-9./@]){name}(?![A-Za-z0-9]|\.[a-z])" if name.isascii() else name
        for name in SPUN_NAMES
    )
)
_NONSENSE: Final = ("大模子", "家养智能", "天生式", "花难题", "守业公司", "模子能耐", "狂语言", "试验室")
_TELLING: Final = (
    *_NONSENSE,
    "墨客",
    "baidu",
    "磨炼",
    "宣告",
    "展现",
    "克日",
    "谈天",
    "天下各地",
    "做作",
    "削减",
    "钻研",
    "咱们",
    "巨匠",
)
_TELLING_SHARE: Final = 3


@dataclass(frozen=True)
class Replacement:
    """One replaced word: spun[start:end] was `before`, the gloss has `after`; `reverses` if the two are opposites."""

    start: int
    end: int
    before: str
    after: str
    reverses: bool


@dataclass(frozen=True)
class Glossed:
    """An editor's reading of spun words: a hint for readers, not an authentic text."""

    text: str
    replacements: tuple[Replacement, ...] = ()

    @cached_property
    def _moved(self) -> list[int]:
        """For each replacement, the offset of the text after it."""
        return list(accumulate(len(one.after) - (one.end - one.start) for one in self.replacements))

    @cached_property
    def _begins(self) -> list[int]:
        """The start of each replacement in `text`."""
        return [one.start + moved for one, moved in zip(self.replacements, [0, *self._moved], strict=False)]

    def span_before(self, start: int, end: int) -> tuple[int, int]:
        """The position of text[start:end] in the spun text; replacements that it touches are included whole."""
        first, last = bisect_right(self._begins, start) - 1, bisect_left(self._begins, end) - 1
        return (
            self._before(first, start, self.replacements[first].start) if first >= 0 else start,
            self._before(last, end, self.replacements[last].end) if last >= 0 else end,
        )

    def _before(self, number: int, place: int, within: int) -> int:
        """The position of `place`, which is after the start of that replacement; `within` if inside it."""
        behind = place >= self._begins[number] + len(self.replacements[number].after)
        return place - self._moved[number] if behind else within

    def replaced_in(self, start: int, end: int) -> tuple[Replacement, ...]:
        """The replacements that overlap text[start:end]."""
        begin, stop = self.span_before(start, end)
        first = bisect_right(self.replacements, begin, key=lambda one: one.end)
        return self.replacements[first : bisect_left(self.replacements, stop, key=lambda one: one.start)]


def gloss(text: str) -> Glossed:
    """`text` as an editor reads it, with all replacements and their positions.

    Only for the spun article: elsewhere these words have their usual meaning.
    """
    return _read(text, _WORDS)


def read_names(text: str) -> Glossed:
    """`text` with only the known names that the spinner replaced restored.

    Only for a spun article. `span_before` maps positions back.
    """
    return _read(text, _NAMES)


def _read(text: str, words: re.Pattern[str]) -> Glossed:
    parts: list[str] = []
    replacements: list[Replacement] = []
    position = 0
    for word in words.finditer(text):
        after = SPUN_GLOSSARY[word.group()]
        parts += text[position : word.start()], after
        position = word.end()
        if after != word.group():
            reverses = word.group() in SPUN_REVERSALS
            replacements.append(Replacement(*word.span(), word.group(), after, reverses))
    return Glossed("".join(parts) + text[position:], tuple(replacements))


def looks_spun(text: str) -> bool:
    """Whether an article contains the tell-tale words of the spinner, so that its wording is not its author's."""
    return sum(word in text for word in _TELLING) >= _TELLING_SHARE and any(
        word in text for word in _NONSENSE
    )
