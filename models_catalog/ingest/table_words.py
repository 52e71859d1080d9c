"""What one cell of a table holds: one name or several, joint makers, lists of values, and what a maker's name tells."""

from __future__ import annotations

import re
from collections.abc import Callable

from models_catalog.models.vocabulary import Category
from models_catalog.text.characters import folded

SYNONYMS = {
    "医学": "healthcare", "健康": "healthcare", "司法": "legal", "电商": "retail", "商业": "retail",
    "交通运输": "logistics", "物流": "logistics", "航运": "logistics", "企业": "enterprise", "科学": "research",
    "工业制造": "industry", "制造": "industry", "文旅": "travel", "消费电子": "devices", "智能家居": "devices",
    "城市治理": "government", "公共服务": "government", "社交": "community", "政府": "government", "政务服务": "government",
    "零售": "retail", "电子商务": "retail", "e-commerce": "retail", "ecommerce": "retail", "医药": "healthcare", "医疗健康": "healthcare",
    "医疗卫生": "healthcare", "health": "healthcare", "medical": "healthcare", "medicine": "healthcare", "供应链": "logistics",
    "科学研究": "research", "科研教育": "research", "science": "research", "文学": "publishing", "出版": "publishing",
    "办公": "enterprise", "企业服务": "enterprise", "手机": "devices", "智能硬件": "devices", "音视频": "media", "设计": "media",
    "通讯": "telecom", "电信": "telecom", "天气": "meteorology", "weather": "meteorology", "旅行": "travel", "tourism": "travel",
    "银行": "finance", "保险": "finance", "证券": "finance", "banking": "finance", "制造业": "manufacturing", "智能制造": "manufacturing",
    "智能汽车": "automotive", "新能源汽车": "automotive", "车载": "automotive",
    "传媒": "media", "媒体": "media", "影视": "media", "robot": "robotics", "robots": "robotics",
    "智能驾驶": "autonomous-driving", "无人驾驶": "autonomous-driving", "客户服务": "customer-service", "智能客服": "customer-service",
}  # fmt: skip
"""Words of other tables for the sectors of the registry, by slug."""

WORDS_FOR_GENERAL = {"通用", "general", "general-purpose"}
WORDS_FOR_INDUSTRY = {"垂直", "行业", "industry-specific"}
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
WITHIN = re.compile(r"\([^()]*\)|（[^（）]*）|《[^《》]*》|“[^“”]*”|「[^「」]*」")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LISTED = re.compile(r"\s*[;；、，,]\s*")
OF_LISTS = re.compile(r"\s*[;；、]\s*")
_LOOSELY = re.compile(r"\s*(?:[和与及&＆+＋]|\band\b)\s*|\s+")
_WORDS_LISTED = re.compile(r"\s*[;；、，,/／|\n\u2028]\s*")
_BETWEEN_NAMES = re.compile(r"\s*[/／]\s*|\s*[\n\u2028]\s*(?![(（])")
_WIDE = re.compile(r"[^\S\r\n\u2028]{20,}")
_ANY_MODEL = {"大模型", "模型", "系列", "平台", "大语言模型"}
_HAN = re.compile("[\u3400-\u9fff]")


def plain(text: str) -> str:
    """A cell's words on one line, without links and invisible characters."""
    return folded(_LINK.sub(r"\1", text))


def squeezed(text: str) -> str:
    """`text` with one blank for very many: patterns that begin with blanks try each of them."""
    return _WIDE.sub(" ", text)


def names_several(cell: str) -> bool:
    """Whether the cell seems to name more than one model."""
    return has_links(cell) or len(names_in(cell)) > 1


def has_links(cell: str) -> bool:
    """Whether the cell names several models by a link each."""
    return len(_LINK.findall(cell)) > 1


def names_in(cell: str) -> list[str]:
    """The names in the cell: several with a sign of lists between them; a comma may stand within a Latin name."""
    words = plain(cell)
    parts = split(words, LISTED if _HAN.search(words) else OF_LISTS)
    if len(parts) < 2:
        parts = [plain(part) for part in _BETWEEN_NAMES.split(squeezed(cell))]
        parts = (
            parts
            if all(len(part) > 1 and _HAN.search(part) and part not in _ANY_MODEL for part in parts)
            else []
        )
    return parts if len(parts) > 1 else [words]


def values_in(words: str) -> list[str]:
    """The values of a list, as the registry's own files have it; a comma may stand within a value."""
    return split(words, OF_LISTS)


def words_in(text: str) -> list[str]:
    """The words of a list from a vocabulary, in which no word has a sign of lists."""
    return [words for part in _WORDS_LISTED.split(squeezed(text)) if (words := plain(part))]


def listed(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """The words of a list; 和, & and blanks part those that are all known by themselves."""
    found: list[str] = []
    for words in words_in(text):
        parts = [part for part in _LOOSELY.split(words) if part]
        found += parts if not is_known(words) and len(parts) > 1 and all(map(is_known, parts)) else [words]
    return found


def split(words: str, at: re.Pattern[str]) -> list[str]:
    parts, begin = [], 0
    for found in at.finditer(without_brackets(words)):
        parts.append(words[begin : found.start()].strip())
        begin = found.end()
    return [part for part in [*parts, words[begin:].strip()] if part]


def without_brackets(words: str) -> str:
    """`words` with what is in brackets, or marks thousands, blotted out; as long as before."""
    return _THOUSANDS.sub("\0", WITHIN.sub(lambda found: "\0" * len(found.group()), words))


def category_of(words: str) -> str:
    """The category that `words` name, or ""."""
    if words.casefold() in WORDS_FOR_GENERAL:
        return Category.GENERAL.value
    return (
        Category.INDUSTRY.value if words.casefold() in {*WORDS_FOR_INDUSTRY, Category.INDUSTRY.value} else ""
    )
