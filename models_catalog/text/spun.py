"""What an editor reads in the article that was put through a synonym spinner.

The author's words are lost and no library brings them back. `gloss` shows the reading of `spun_words` as an aid; it is
never stored as the article's words: quotations and evidence keep what stands in the article.
"""

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.spun_words import SPUN_GLOSSARY as SPUN_GLOSSARY
from models_catalog.text.spun_words import SPUN_REVERSALS as SPUN_REVERSALS

_WORDS: Final = re.compile("|".join(map(re.escape, sorted(SPUN_GLOSSARY, key=len, reverse=True))))
_TELLING: Final = ("大模子", "家养智能", "天生式", "墨客", "花难题", "守业公司", "模子能耐", "baidu")
_TELLING_SHARE: Final = 3


@dataclass(frozen=True)
class Replacement:
    """One reading: spun[start:end] was `before`, the gloss reads `after`; `reverses` if they say opposite things."""

    start: int
    end: int
    before: str
    after: str
    reverses: bool


@dataclass(frozen=True)
class Glossed:
    """An editor's reading of spun words: a hint for a reader, not a text that anybody wrote."""

    text: str
    replacements: tuple[Replacement, ...]


def gloss(text: str) -> Glossed:
    """`text` as an editor reads it, with every replacement at its place in `text`.

    Only for the spun article: in any other these words mean what they say.
    """
    parts: list[str] = []
    replacements: list[Replacement] = []
    position = 0
    for word in _WORDS.finditer(text):
        after = SPUN_GLOSSARY[word.group()]
        parts += text[position : word.start()], after
        position = word.end()
        if after != word.group():
            reverses = word.group() in SPUN_REVERSALS
            replacements.append(Replacement(*word.span(), word.group(), after, reverses))
    return Glossed("".join(parts) + text[position:], tuple(replacements))


def looks_spun(text: str) -> bool:
    """Whether an article shows the tell-tale words of the spinner: its wording is then not its author's."""
    return sum(word in text for word in _TELLING) >= _TELLING_SHARE
