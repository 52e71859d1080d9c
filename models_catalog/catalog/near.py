"""“Did you mean”: names one slip away from a query that finds nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections

from models_catalog.catalog.reading import QueryReader, beginnings_among, names_among
from models_catalog.models.search_terms import SearchTerm, Terms
from models_catalog.text.cutting import PartKind, QueryPart
from models_catalog.text.lists import generic
from models_catalog.text.names import spellings
from models_catalog.text.slips import Pattern, patterns, slips

MOST: Final = 3
"""Names suggested, each with its entries."""
MOST_TEXTS: Final = 3
"""Texts of a query that are checked for slips."""
_VERSION: Final = re.compile(r"(?<=[^\d])v?\d+[a-z]{0,2}\d*$")
_HAN: Final = re.compile(r"[^\x00-\x7f]+")

SOUNDS_ALIKE, ONE_SLIP, SOUNDS_NEARLY_ALIKE, BEGINS_ALIKE = range(4)
"""Distance of a name from what was typed."""


@dataclass(frozen=True)
class Correction:
    """A suggested name and its search terms: the name alone, or with the recognised parts of the query."""

    key: str
    name: str
    slip: int
    others: Terms = ()

    @property
    def terms(self) -> Terms:
        return (SearchTerm(self.key), *self.others)


def corrections(reader: QueryReader, *, only_sure: bool = False) -> list[Correction]:
    """The names nearest to the query or to its unknown parts, best first, at most MOST."""
    found = [one for text, others in _texts(reader) for one in _near(reader, text, others)]
    found += (Correction(key, name, SOUNDS_ALIKE) for key, name in several_names(reader).items())
    found += [*_without_version(reader), *_in_the_others(reader)]
    best = min((one.slip for one in found), default=0)
    kept = [one for one in found if one.slip <= (ONE_SLIP if only_sure else max(best, ONE_SLIP))]
    kept.sort(key=lambda one: (one.slip, abs(len(one.key) - len(reader.whole)), one.name))
    return list({one.name: one for one in reversed(kept)}.values())[::-1][:MOST]


def _texts(reader: QueryReader) -> list[tuple[str, Terms]]:
    """The query, and each of its unknown parts with the other parts; the shortest unknown part first."""
    found: dict[str, Terms] = {reader.whole: ()}
    for part, others in sorted(_unknown_parts(reader), key=lambda one: len(one[0].text)):
        found.setdefault(part.text, tuple(SearchTerm(one.text) for one in others))
    return list(found.items())[:MOST_TEXTS]


def _unknown_parts(reader: QueryReader) -> Iterator[tuple[QueryPart, list[QueryPart]]]:
    """The unknown parts in each reading of the query, each with the other parts that must match."""
    for parts in reader.ways():
        told = [part for part in parts if part.kind is not PartKind.GENERIC]
        for part in told:
            if part.kind is PartKind.FREE:
                yield part, [one for one in told if one is not part]


def _in_the_others(reader: QueryReader) -> Iterator[Correction]:
    """Names next to an unknown part of the query.

    The unknown part is a mistyped developer or generic word (hauwei pangu, 盘古大摸型), or a word of no known kind.
    """
    for part, others in _unknown_parts(reader):
        slip = ONE_SLIP if _is_near_known(reader, part.text) else SOUNDS_NEARLY_ALIKE
        for one in others:
            if one.text in reader.named:
                yield Correction(one.text, reader.named[one.text], slip)


def several_names(reader: QueryReader) -> dict[str, str]:
    """Folded part → name, if the query consists of several names (文心一言和通义千问); else {}."""
    for parts in reader.ways():
        names = {part.text: reader.named[part.text] for part in parts if part.kind is PartKind.NAME}
        if len(names) > 1 and all(part.kind in (PartKind.NAME, PartKind.GENERIC) for part in parts):
            return names
    return {}


def _is_near_known(reader: QueryReader, text: str) -> bool:
    """Whether a developer's name or a generic word is one slip away."""
    near = slips(text) | spellings(text)
    sounds = {sound for word in generic() for sound in spellings(word)}
    return bool(reader.lexicon.makers_near(text) or near & sounds)


def _near(reader: QueryReader, text: str, others: Terms) -> Iterator[Correction]:
    """Names near one text: by sound, by one slip, by one slip in the sound."""
    heard = spellings(text) - {text}
    steps = {SOUNDS_ALIKE: heard, ONE_SLIP: slips(text)}
    if _HAN.fullmatch(text):
        steps[SOUNDS_NEARLY_ALIKE] = {slip for sound in heard for slip in slips(sound)}
    named = names_among(reader.alias, set().union(*steps.values()))
    yield from (
        Correction(key, name, ONE_SLIP, others)
        for key, name in beginnings_among(reader.alias, steps[ONE_SLIP]).items()
        if any(_is_before_number(key, spelt) for spelt in spellings(name))
    )
    for slip, texts in steps.items():
        yield from (Correction(key, named[key], slip, others) for key in named.keys() & texts)
    if not text.isascii():
        for slip, some in ((ONE_SLIP, list(patterns(text))), (BEGINS_ALIKE, _beginning(text))):
            yield from (Correction(key, name, slip, others) for key, name in _fitting(reader.alias, some))


def _is_before_number(key: str, spelt: str) -> bool:
    """Whether the name continues after `key` with a digit: milm finds MiLM-6B."""
    return spelt.startswith(key) and spelt[len(key) : len(key) + 1].isdigit()


def _beginning(text: str) -> list[Pattern]:
    """Pattern for a slip in the second of two characters: 子日 → 子曰."""
    return [Pattern(f"{text[0]}_", [])] if len(text) == 2 and _HAN.fullmatch(text) else []


def _without_version(reader: QueryReader) -> Iterator[Correction]:
    """Names without the version: ChatGLM3 is a later version of ChatGLM."""
    stem = _VERSION.sub("", reader.whole)
    if stem == reader.whole or len(stem) < 2:
        return
    named = names_among(reader.alias, {stem})
    if len(stem) > (1 if _HAN.fullmatch(stem) else 3):
        named = named or beginnings_among(reader.alias, {stem})
    if stem in named:
        yield Correction(stem, named[stem], SOUNDS_ALIKE)
        return
    reading = reader.of(stem).read()
    names = dict(reading.names)
    for part in reading.parts:
        if part.kind is PartKind.NAME:
            yield Correction(part.text, names.get(part.text, part.text), SOUNDS_ALIKE)


_FITTING = """
(SELECT key, text FROM models_catalog_searchkey
 WHERE catalog_bigrams(key) @> %s::text[] AND key LIKE %s AND tier < 3 LIMIT 8)
"""
_BEGINNING = "(SELECT key, text FROM models_catalog_searchkey WHERE key LIKE %s AND tier < 3 LIMIT 8)"


def _fitting(alias: str, some: Collection[Pattern]) -> Iterator[tuple[str, str]]:
    """Keys that match one of the patterns, with their names; initials do not count."""
    if not some:
        return
    statement = " UNION ALL ".join(_FITTING if one.tokens else _BEGINNING for one in some)
    values: list[Any] = [
        value for one in some for value in ([one.tokens, one.like] if one.tokens else [one.like])
    ]
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    yield from ((key, name) for key, name in rows if key in spellings(name))
