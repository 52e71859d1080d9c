"""Lists of words that searches go by, one file each: the words are data, the rules stand in code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from models_catalog.text.names import fold

_FOLDER: Final = Path(__file__).parent


class Later(NamedTuple):
    """Something that became public after the sources were written."""

    name: str
    year: int


@cache
def generic() -> frozenset[str]:
    """Folded words that any model may bear: 大模型, 系列, app."""
    return frozenset(fold(word) for words in _rows("generic") for word in words)


@cache
def facet_words() -> dict[str, tuple[str, str]]:
    """Folded word → the parameter of the catalog and the value that it names."""
    return {
        fold(word): (name, value)
        for parameter, *words in _rows("facets")
        for name, _is, value in [parameter.partition("=")]
        for word in words
    }


@cache
def makers_tails() -> frozenset[str]:
    """What ends the name of an organisation, folded: 科技, university."""
    return frozenset(word for words in _rows("makers") for word in words)


@cache
def sector_words() -> dict[str, tuple[str, ...]]:
    """Slug of a sector → folded words for it."""
    return {slug: tuple(map(fold, words)) for slug, *words in _rows("sectors")}


@cache
def as_the_articles_write() -> dict[str, str]:
    """Folded spelling of a thing that was left out → how the articles write it, folded."""
    return {fold(word): fold(written) for written, *words in _rows("left_out") for word in words}


@cache
def later() -> dict[str, Later]:
    """Folded name → what came after the sources."""
    found: dict[str, Later] = {}
    for year, *words in _rows("later"):
        names = [name.strip() for name in " ".join(words).split(";")]
        found |= {fold(name): Later(name, int(year)) for name in names}
    return found


@cache
def reading(what: str) -> tuple[str, ...]:
    """Words that the reader of articles goes by: foreign, no-model, no-name, no-head, no-quoted."""
    found = (word.replace("_", " ") for kind, *words in _rows("reading") if kind == what for word in words)
    return tuple(dict.fromkeys(found))


@cache
def model_makers() -> tuple[str, ...]:
    """Organisations that articles name without a word that says so."""
    return tuple(word.replace("_", " ") for words in _rows("model_makers") for word in words)


def _rows(name: str) -> Iterator[list[str]]:
    """The words of each line that is not a comment."""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
