"""Split a cell into makers, and find known developers with similar names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import Final

from models_catalog.intake.tables.sheets import LINE_BREAK
from models_catalog.intake.tables.words import (
    LISTED,
    OF_LISTS,
    WITHIN,
    bare_name,
    is_label,
    is_undisclosed,
    plain,
    says_nothing,
    split,
    squeezed,
    without_brackets,
)
from models_catalog.text.names import fold

MOST = 3
"""Maximum number of similar developers that are named."""
LONGEST = 24
"""Maximum length of a name that is checked for typing errors; longer ones match only by containment."""
_LEGAL: Final = re.compile(r"(?:股份|有限|责任|公司|集团|科技|技术|coltd|ltd|inc)+$")
"""Endings that many company names share, so they do not distinguish them."""


class MakersAlike:
    """An index of developer names that finds similar ones."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        """Core of a name → the name."""
        self._slips: dict[str, set[str]] = defaultdict(set)
        """A core without one or two of its characters → the cores."""
        self._all = "\n"
        """All cores in one text, for substring search."""
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
        """Return names that contain `name`, are part of it, or differ by one character (two if long); nearest first."""
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
    """Return whether `core` is long enough for a substring match to mean something."""
    return len(core) > (3 if core.isascii() else 1)


def _parts(core: str) -> Iterator[str]:
    for start, end in combinations(range(min(len(core), 2 * LONGEST) + 1), 2):
        if _says_enough(core[start:end]):
            yield core[start:end]


def _slips(core: str) -> set[str]:
    """Return the core and its variants with one character removed; for a long one, up to two."""
    if not 3 < len(core) <= LONGEST:
        return {core}
    dropped = 2 if len(core) > 6 else 1
    return {
        "".join(core[place] for place in range(len(core)) if place not in left_out)
        for number in range(dropped + 1)
        for left_out in combinations(range(len(core)), number)
    }


IsKnown = Callable[[str], bool]
_JOINED: Final = re.compile(r"\s*[&＆+＋]\s*")
_SLASH: Final = re.compile(r"\s*[/／|×✕]\s*|\s+x\s+")
_LOOSE: Final = re.compile(r"\s*[·•]\s*|\s+")
"""Separates makers only if all parts are known."""
_MADE_BY: Final = re.compile(r"^由|(?:联合|共同|合作)?(?:研发|开发|推出|发布|研制|打造)$|(?:联合|共同|合作)$")
_JOINTLY: Final = re.compile(
    r"(?:由\s*)?(\S.*?)\s*(?:联合|共同|合作)\s*(?:研发|开发|推出|发布|研制|打造)?\s*(?:[(（][^()（）]*[)）])?"
)
_WITH: Final = (re.compile(r"\s*与\s*"), re.compile(r"\s*[和、&]\s*"))
_LATIN_ACADEMIC: Final = re.compile(r"\b(?:University|Institute|College|Laborator(?:y|ies))$")
_AND: Final = re.compile(r"\s*(?:[和与]|联合|携手)\s*|\s+(?:and|with)\s+", re.IGNORECASE)
_LINES: Final = re.compile(rf"\s*[\r\n{LINE_BREAK}]\s*(?![(（\[【])")
_LEGAL_FORMS: Final = {
    "inc", "ltd", "llc", "corp", "corporation", "co", "co ltd", "coltd", "limited", "gmbh", "sa", "ag", "plc", "lp", "llp", "bv", "nv",
    "srl", "pte", "pty", "pte ltd", "pty ltd", "kk", "ab", "as", "oy", "spa", "incorporated", "company",
}  # fmt: skip
_FORM: Final = "|".join(
    sorted((form.replace(" ", r"\.?,?\s*") for form in _LEGAL_FORMS), key=len, reverse=True)
)
_LEGAL_NEXT: Final = re.compile(rf"(?:{_FORM})\.?(?=\s*(?:$|[,，;；、&＆/(（]|and\b|with\b))", re.IGNORECASE)
LEGAL_END: Final = re.compile(rf",?\s*\b(?:{_FORM})\.?$|(?:股份|有限|责任|集团)*公司$|集团$", re.IGNORECASE)
_CAMPUS: Final = re.compile(
    r"^University of (?:California|Texas|Illinois|Wisconsin|Michigan|Maryland|Massachusetts|North Carolina|Colorado|Minnesota|Tennessee"
    r"|Missouri|Nebraska)(?: at)?, ?(?:Berkeley|Los Angeles|San Diego|Davis|Irvine|Santa Barbara|Santa Cruz|Riverside|Merced|San Francisco"
    r"|Austin|Dallas|Arlington|San Antonio|Urbana.Champaign|Chicago|Madison|Milwaukee|Ann Arbor|College Park|Baltimore County|Amherst"
    r"|Boston|Chapel Hill|Charlotte|Boulder|Denver|Twin Cities|Knoxville|Columbia|Lincoln)$",
    re.IGNORECASE,
)
_HAN: Final = re.compile("[\u3400-\u9fff]")
_EDGE: Final = re.compile("(?<=[\u3400-\u9fff])\\s*(?=[A-Za-z])|(?<=[A-Za-z.])\\s*(?=[\u3400-\u9fff])")
_ORGANISATION: Final = re.compile(
    r"(?:大学|学院|研究院|研究所|研究中心|实验室|公司|集团|科技|软件|数据|智能|技术|信息|网络|中心|医院|银行|云|局)$"
)
_AND_OTHERS: Final = re.compile(
    r"\s*(?:等(?:多?家?(?:公司|机构|单位|企业|高校)|\d+家.{0,4})?|[,，;；]?\s*(?:et al\.?|and others|etc\.?|and more))$",
    re.IGNORECASE,
)
_LATIN_OTHERS: Final = re.compile(r"\s*[,，;；、]?\s*(?:\bet al\.?|\band others|\betc\.?)$", re.IGNORECASE)


def makers_in(cell: str, is_known: IsKnown) -> list[str]:
    """Return the makers in `cell` in order, split at separators that are not part of a name; none if it is a link's label."""
    if is_label(cell) and not is_known(plain(cell)):
        return []
    lines = [plain(line) for line in _LINES.split(squeezed(cell))]
    makers = [maker for line in lines if line for maker in _of_line(line, is_known)]
    told = [maker for maker in makers if not (says_nothing(maker) or is_undisclosed(maker))]
    return list(dict.fromkeys(map(bare_name, told))) or [plain(cell)]


def _of_line(words: str, is_known: IsKnown) -> list[str]:
    jointly = None if is_known(words) else _JOINTLY.fullmatch(words)
    parts = (
        next((parts for sign in _WITH if len(parts := split(jointly[1], sign)) > 1), []) if jointly else []
    )
    if parts and all(len(part) > 1 for part in parts):
        return [maker for part in parts for maker in _of_line(part, is_known)]
    if not is_known(words):
        words = _without_verb(_LATIN_OTHERS.sub("", words) or words, is_known)
    if is_known(words) or without_brackets(words).strip("\0 ") == "":
        return [words]
    listed = [maker for part in split(words, OF_LISTS) for maker in _by_commas(part, is_known)]
    is_list = len(listed) > 1
    apart = [
        maker
        for part in listed
        for whole in _joined(_without_others(part, is_known, is_list=is_list), is_known)
        for maker in _by_words(whole, is_known)
    ]
    return [_known_form(maker, is_known) for maker in apart] or [words]


def _without_verb(words: str, is_known: IsKnown) -> str:
    """Return `words` without 由 or 联合研发, if what remains names a known maker."""
    left = _MADE_BY.sub("", _MADE_BY.sub("", words)).strip()
    parts = [part for part in _AND.split(left) if part]
    is_maker = any(map(is_known, parts)) or all(map(_ORGANISATION.search, parts))
    return left if left != words and parts and is_maker else words


def _without_others(words: str, is_known: IsKnown, *, is_list: bool) -> str:
    """Return `words` without 等 or et al., if what remains is a maker."""
    found = None if is_known(words) else _AND_OTHERS.search(words)
    if not found or not found.start():
        return words
    left = words[: found.start()].strip()
    is_sure = is_list or is_known(left) or "等" not in found[0] or len(found[0].strip()) > 1
    return left if is_sure or _ORGANISATION.search(left) else words


def _known_form(words: str, is_known: IsKnown) -> str:
    """Return the part of `words` that is the maker's known name: 百度（Baidu）, Baidu百度."""
    if is_known(words):
        return words
    if (plain_name := LEGAL_END.sub("", words).strip(" ,")) != words and is_known(plain_name):
        return plain_name
    bare = " ".join(WITHIN.sub(" ", words).split())
    if bare != words and is_known(bare):
        return bare
    parts = [part for part in _EDGE.split(bare) if part]
    both = len(parts) == 2 and all(map(is_known, parts))
    return next((part for part in parts if _HAN.search(part)), words) if both else words


def _by_commas(words: str, is_known: IsKnown) -> list[str]:
    """Split `words` at commas, unless known as a whole; legal forms and campuses stay with the name before them."""
    if is_known(words):
        return [words]
    parts: list[str] = []
    begin = 0
    for comma in LISTED.finditer(without_brackets(words)):
        if _LEGAL_NEXT.match(words, comma.end()) or _CAMPUS.search(
            words[begin : comma.end()] + words[comma.end() :].split(",")[0]
        ):
            continue
        parts.append(words[begin : comma.start()].strip())
        begin = comma.end()
    return [part for part in [*parts, words[begin:].strip()] if part]


def _joined(words: str, is_known: IsKnown) -> list[str]:
    """Split `words` at &, + and / between names: one is known, or Chinese or a legal form adjoins each sign."""
    for sign in (_JOINED, _SLASH):
        parts = [part for part in split(words, sign) if part]
        if is_known(words) or len(parts) < 2:
            continue
        if (any(map(is_known, parts)) and all(len(part) > 1 for part in parts)) or _stand_apart(
            words, sign, parts
        ):
            return [maker for part in parts for maker in _joined(part, is_known)]
    loose = split(words, _LOOSE)
    return loose if len(loose) > 1 and not is_known(words) and _are_two(loose, is_known) else [words]


def _are_two(parts: list[str], is_known: IsKnown) -> bool:
    """Return whether every part is a known maker with Chinese characters: 百度 Baidu is one maker."""
    return all(is_known(part) and _HAN.search(part) for part in parts)


def _stand_apart(words: str, sign: re.Pattern[str], parts: list[str]) -> bool:
    signs = [found.span() for found in sign.finditer(without_brackets(words))]
    apart = all(
        start > 0
        and end < len(words)
        and (_HAN.match(words[start - 1]) or _HAN.match(words[end]) or LEGAL_END.search(words[:start]))
        for start, end in signs
    )
    return bool(apart) and all(len(part) > 1 for part in parts)


def _by_words(words: str, is_known: IsKnown) -> Iterator[str]:
    """Split `words` at 和, 与 or and, if one side is known, both look like organisations, or the left one is academic."""
    for found in () if is_known(words) else _AND.finditer(without_brackets(words)):
        left, right = words[: found.start()].strip(), words[found.end() :].strip()
        if min(len(left), len(right)) < 2:
            continue
        if (
            is_known(left)
            or is_known(right)
            or all(map(_ORGANISATION.search, (left, right)))
            or _LATIN_ACADEMIC.search(left)
            or (left.isascii() and LEGAL_END.search(left))
        ):
            yield left
            yield from _by_words(right, is_known)
            return
    yield words
