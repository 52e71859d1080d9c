"""What one cell of a table holds: one name or several, joint makers, lists of values, and what a maker's name tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from models_catalog.models.vocabulary import Category, DeveloperKind, Openness
from models_catalog.text.characters import folded

SYNONYMS = {
    "医学": "healthcare", "健康": "healthcare", "司法": "legal", "电商": "retail", "商业": "retail",
    "交通运输": "logistics", "物流": "logistics", "航运": "logistics", "企业": "enterprise", "科学": "research",
    "工业制造": "industry", "制造": "industry", "文旅": "travel", "消费电子": "devices", "智能家居": "devices",
    "城市治理": "government", "公共服务": "government", "社交": "community",
}  # fmt: skip
"""Words of other tables for the sectors of the registry, by slug."""

WORDS_FOR_GENERAL = {"通用", "general", "general-purpose"}
WORDS_FOR_INDUSTRY = {"垂直", "行业", "industry-specific"}
WORDS_FOR_OPENNESS = {
    "开源": Openness.OPEN, "open": Openness.OPEN, "是": Openness.OPEN, "闭源": Openness.CLOSED,
    "closed": Openness.CLOSED, "否": Openness.CLOSED,
}  # fmt: skip

_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_WITHIN = re.compile(r"\([^()]*\)|（[^（）]*）|《[^《》]*》|“[^“”]*”|「[^「」]*」")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_LISTED = re.compile(r"\s*[;；、，,]\s*")
_OF_LISTS = re.compile(r"\s*[;；、]\s*")
_JOINED = re.compile(r"\s*[&＆+＋]\s*")
_LEGAL_FORMS = {"inc", "inc.", "ltd", "ltd.", "llc", "corp", "corp.", "co.", "co", "limited", "gmbh", "s.a."}
_HAN = re.compile("[\u3400-\u9fff]")

_ACADEMIC = re.compile(
    r"(?:大学|学院|研究院|研究所|研究室|实验室|University|Institute|Laboratory| Lab)$", re.IGNORECASE
)
_TELECOM = re.compile(r"^中国(?:移动|电信|联通)")


def plain(text: str) -> str:
    """A cell's words on one line, without links and invisible characters."""
    return folded(_LINK.sub(r"\1", text))


def names_several(cell: str) -> bool:
    """Whether the cell names more than one model: several links, or names with a comma between them."""
    if len(_LINK.findall(cell)) > 1:
        return True
    return len([part for part in _LISTED.split(_without_brackets(plain(cell))) if part]) > 1


def makers_in(words: str, is_known: Callable[[str], bool]) -> list[str]:
    """The makers that `words` name, in order: one, or several with a sign between them that is no part of a name."""
    if is_known(words) or _without_brackets(words).strip("\0 ") == "":
        return [words]
    listed = [maker for part in values_in(words) for maker in _by_commas(part, is_known)]
    makers = [maker for part in listed for maker in _joined(part, is_known)]
    return list(dict.fromkeys(makers)) or [words]


def values_in(words: str) -> list[str]:
    """The values of a list, as the registry's own files have it; a comma may stand within a value."""
    return _split(words, _OF_LISTS)


def kind_of(maker: str, otherwise: DeveloperKind) -> DeveloperKind:
    """What the maker's name tells of its kind by its end or beginning, or `otherwise`."""
    bare = _WITHIN.sub("", maker).strip()
    if _TELECOM.match(bare):
        return DeveloperKind.TELECOM
    return DeveloperKind.ACADEMIA if _ACADEMIC.search(bare) else otherwise


def _by_commas(words: str, is_known: Callable[[str], bool]) -> list[str]:
    """`words` split at commas, unless the registry knows them as one name or a legal form stands behind one."""
    parts = _split(words, _LISTED)
    return [words] if is_known(words) or any(part.casefold() in _LEGAL_FORMS for part in parts) else parts


def _joined(words: str, is_known: Callable[[str], bool]) -> list[str]:
    """`words` split at & and +, where each side is a name: known, or long enough and one of them Chinese at the sign."""
    parts = [part for part in _split(words, _JOINED) if part]
    if is_known(words) or len(parts) < 2:
        return [words]
    if all(is_known(part) for part in parts):
        return parts
    signs = [found.span() for found in _JOINED.finditer(_without_brackets(words))]
    apart = all(
        start > 0 and end < len(words) and (_HAN.match(words[start - 1]) or _HAN.match(words[end]))
        for start, end in signs
    )
    return parts if apart and all(len(part) > 1 for part in parts) else [words]


def _split(words: str, at: re.Pattern[str]) -> list[str]:
    parts, begin = [], 0
    for found in at.finditer(_without_brackets(words)):
        parts.append(words[begin : found.start()].strip())
        begin = found.end()
    return [part for part in [*parts, words[begin:].strip()] if part]


def _without_brackets(words: str) -> str:
    """`words` with what is in brackets, or marks thousands, blotted out; as long as before."""
    return _THOUSANDS.sub("\0", _WITHIN.sub(lambda found: "\0" * len(found.group()), words))


def category_of(words: str) -> str:
    """The category that `words` name, or ""."""
    if words.casefold() in WORDS_FOR_GENERAL:
        return Category.GENERAL.value
    return (
        Category.INDUSTRY.value if words.casefold() in {*WORDS_FOR_INDUSTRY, Category.INDUSTRY.value} else ""
    )
