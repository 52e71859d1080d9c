"""Word lists for search and article reading, one file each: the words are data, the rules are code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from models_catalog.text.names import fold

_FOLDER: Final = Path(__file__).parent


class Later(NamedTuple):
    """A model or maker that became public after the sources were written."""

    name: str
    year: int


@cache
def generic() -> frozenset[str]:
    """Folded words that occur in names of any model: 大模型, 系列, app."""
    return frozenset(fold(word) for words in _rows("generic") for word in words)


@cache
def facet_words() -> dict[str, tuple[str, str]]:
    """Folded word → the catalog's query parameter and the value that it names."""
    return {
        fold(word): (name, value)
        for parameter, *words in _rows("facets")
        for name, _is, value in [parameter.partition("=")]
        for word in words
    }


@cache
def makers_tails() -> frozenset[str]:
    """Folded endings of names of organisations: 科技, university."""
    return frozenset(word for words in _rows("makers") for word in words)


@cache
def sector_words() -> dict[str, tuple[str, ...]]:
    """Slug of a sector → folded words for it."""
    return {slug: tuple(map(fold, words)) for slug, *words in _rows("sectors")}


@cache
def as_the_articles_write() -> dict[str, str]:
    """Folded spelling of something that is not listed → the articles' spelling, folded."""
    return {fold(word): fold(written) for written, *words in _rows("left_out") for word in words}


@cache
def later() -> dict[str, Later]:
    """Folded name → the model or maker."""
    found: dict[str, Later] = {}
    for year, *words in _rows("later"):
        names = [name.strip() for name in " ".join(words).split(";")]
        found |= {fold(name): Later(name, int(year)) for name in names}
    return found


@cache
def reading(what: str) -> tuple[str, ...]:
    """Words of a kind for the article reader: foreign, no-model, no-name, no-head, no-quoted."""
    found = (word.replace("_", " ") for kind, *words in _rows("reading") if kind == what for word in words)
    return tuple(dict.fromkeys(found))


@cache
def model_makers() -> tuple[str, ...]:
    """Organisations that articles name without a word that marks them as such."""
    return tuple(word.replace("_", " ") for words in _rows("model_makers") for word in words)


def _rows(name: str) -> Iterator[list[str]]:
    """The words of each line that is not a comment."""
    for line in (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()
