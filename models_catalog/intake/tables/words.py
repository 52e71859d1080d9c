"""Interpret one table cell: nothing, a name, several names or values, or an undisclosed value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from models_catalog.models.vocabulary import Category
from models_catalog.text.characters import folded
from models_catalog.text.names import simplify

_SIGNS: Final = re.compile(r"[-–—―‐‑−_/\\|?.。…·*~\s]+")
_ASIDE: Final = re.compile(r" ?\([^()]*\)$")
_NOTHING: Final = frozenset(
    "未知 不知 不明 不详 未详 无 暂无 尚无 没有 待定 未定 待补充 待补 待确认 待核实 待查 待更新 暂缺 暂未知 缺 缺失 空 空白 无数据 暂无数据 无信息 "
    "暂无信息 未提供 未说明 未注明 未提及 不适用 不清楚 待公布 待披露 待公开 n/a na n.a none null nil nan nat <na> unknown unspecified tbd tba tbc "
    "not+available not+applicable not+specified not+stated not+known no+data nothing unk n.d missing to+be+determined to+be+announced".replace(
        "+", "\0"
    ).split()
)
_DITTO: Final = frozenset("同上 同前 同左 同下 见上 见前 〃 ′′ ditto".split())  # noqa: SIM905
_UNDISCLOSED: Final = re.compile(
    r"(?:(?:暂|尚|官方|均|并)?(?:未|没有|不)(?:对外|正式)?(?:公开|披露|公布|透露)(?:具体)?(?:参数量?|规模|数据|信息)?|(?:参数量?|规模)(?:未|不)(?:公开|披露|公布)|保密|confidential"
    r"|undisclosed|un-?published|not (?:been )?(?:publicly )?(?:disclosed|published|revealed|public|announced)|non-?public)"
)
_ERRORS: Final = re.compile(
    r"#(?:n/a|ref!|value!|div/0!|name\?|null!|num!|spill!|calc!|field!|blocked!|connect!|busy!|unknown!|getting_data|值!|无!|#+)"
)
_SUM: Final = re.compile(
    r"(?:总计|合计|小计|共计|总数|总和|汇总|平均|平均值|均值|中位数|最大值|最小值|grand total|sub-?total|totals?|sum|average|mean)"
    r"(?: ?[:(].*| ?[\d.,]+ ?(?:个|款|项|家|条|种|行)?)?|共 ?\d+ ?(?:个|款|项|家|条|种)(?:大?模型)?"
)
_COUNT: Final = re.compile(r"(?:共 ?)?[\d.,]* ?(?:个|款|项|家|条|种|models?|rows?|entries)?(?:大?模型)?")
_NOTE: Final = re.compile(
    r"(?:(?:注|备注|附注|说明|注释|注意|数据来源|资料来源|信息来源|来源|出处|统计口径|数据截至|截至|截止|制表(?:人|单位|时间|日期)?|填表人|填报单位|更新时间|更新日期"
    r"|notes?|n\.b\.|remarks?|(?:data )?sources?|footnotes?|disclaimer|(?:last )?updated(?: on| at)?|as of|compiled by)"
    r" ?\d* ?:.*|注 ?\d+ ?[.、:].*|[*※†][^*].*\s.*)"
)


_LONGEST_KEPT: Final = 120
"""Maximum length of a cell whose normalised form is cached: a file may hold four million characters in one cell."""


def narrow(words: str) -> str:
    """Normalise `words`: narrow and simplified characters, lower case, single blanks."""
    return _kept(words) if len(words) <= _LONGEST_KEPT else _narrow(words)


@lru_cache(maxsize=8_192)
def _kept(words: str) -> str:
    return _narrow(words)


def _narrow(words: str) -> str:
    said = " ".join(unicodedata.normalize("NFKC", words).casefold().split())
    return said if said.isascii() else simplify(said)


def says_nothing(words: str) -> bool:
    """Return whether the whole cell means “no value”: -, 未知, N/A, or a formula error."""
    said = narrow(words)
    bare = said.strip("()[]{}<> ") if said[:1] in "([{" else _ASIDE.sub("", said)
    bare = bare.rstrip("。.! ") or bare
    return not bare or bool(_SIGNS.fullmatch(said)) or bare.replace(" ", "\0") in _NOTHING or is_error(words)


def is_error(words: str) -> bool:
    return _ERRORS.fullmatch(narrow(words)) is not None


def is_ditto(words: str) -> bool:
    """Return whether the cell points to another one."""
    return narrow(words).strip("()[]。.! ") in _DITTO


def has_no_value(words: str) -> bool:
    """Return whether the cell has no value of its own."""
    return says_nothing(words) or is_ditto(words)


def is_undisclosed(words: str) -> bool:
    """Return whether the cell says that the value is undisclosed."""
    return _UNDISCLOSED.fullmatch(narrow(words)) is not None


_NOTE_ALONE: Final = re.compile(
    r"(?:数据来源|资料来源|信息来源|备注|附注|说明|注)|[*※†•] ?\S.*|\(?(?:注|备注)\).*"
    r"|(?:数据|资料|信息)(?:来源|来自|截至|截止|均|口径|更新|统计|由).*|以上(?:数据|信息|内容|模型|排名|为|均).*|本表.*|(?:截至|截止).*\d.*"
    r"|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|.*不分先后.*|(?:以下空白|续表|接上页|转下页|完)"
)
_BETWEEN_HAN: Final = re.compile("(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


def is_sum(name: str, first: str, *, first_is_name: bool) -> bool:
    """Return whether a row with this name and first cell is a sum of other rows."""
    if _SUM.fullmatch(_BETWEEN_HAN.sub("", narrow(name))):
        return True
    if first_is_name or not _SUM.fullmatch(_BETWEEN_HAN.sub("", narrow(first))):
        return False
    return says_nothing(name) or _COUNT.fullmatch(narrow(name)) is not None


def is_note(first: str, filled: int) -> bool:
    """Return whether a row with this first cell and `filled` different cells is a note on the table."""
    said = _BETWEEN_HAN.sub("", narrow(first))
    if filled <= 2 and _NOTE.fullmatch(said):
        return True
    bare = said[1:-1] if said[:1] in "([【" and said[-1:] in ")]】" else said
    return bool(_NOTE_ALONE.fullmatch(said) or _NOTE_ALONE.fullmatch(bare)) and (
        filled == 1 or said in ("数据来源", "资料来源", "备注", "注")
    )


def is_heading_again(cells: Sequence[str], heading: Sequence[str]) -> bool:
    """Return whether the row repeats the heading, as on the second page of a printed table."""
    pairs = [(narrow(cell), narrow(words)) for cell, words in zip(cells, heading, strict=False)]
    said = [cell == words for cell, words in pairs if cell and words]
    return len(said) > 1 and all(said)


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
"""Other tables' words for target industries → slug."""

WORDS_FOR_GENERAL = {"通用", "general", "general-purpose"}
WORDS_FOR_INDUSTRY = {"垂直", "垂类", "行业", "industry-specific", "vertical"}
_ITEM = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_ITEMS = re.compile(rf"\[\s*(?:{_ITEM.pattern})(?:\s*,\s*(?:{_ITEM.pattern}))*\s*\]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ANCHOR = re.compile(r"<a\b[^<>]*>([^<>]*)</a>", re.IGNORECASE)
_LINK = re.compile(r"\[?\[([^\[\]]*)\]\]?\([^()]*\)")
WITHIN = re.compile(r"\([^()]*\)|（[^（）]*）|《[^《》]*》|“[^“”]*”|「[^「」]*」")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
LISTED = re.compile(r"\s*[;；、，,]\s*")
OF_LISTS = re.compile(r"\s*[;；、]\s*")
_LOOSELY = re.compile(r"\s*(?:[和与及&＆+＋]|\band\b)\s*|\s+")
_WORDS_LISTED = re.compile(r"\s*[;；、，,/／|\n\u2028]\s*")
_BETWEEN_NAMES = re.compile(r"\s*[/／]\s*|\s*[\n\u2028]\s*(?![(（])")
_BETWEEN_ALIKE = re.compile(r"\s*[&＆/／,，]\s*|\s+and\s+|\s*[和与]\s*")
_LINES = re.compile(r"\s*[\n\u2028]\s*")
_OF_OWNER = re.compile(r"[A-Za-z-]+/[\w.-]*\d[BMbm](?![A-Za-z\d])[\w.-]*")
"""A model by its address on a hub: Qwen/Qwen-72B; without a size it may be two: ChatGLM/ChatGLM2."""
_ALIKE = 3
"""Number of letters that names share which begin alike."""
_WIDE = re.compile(r"[^\S\r\n\u2028]{20,}")
_ANY_MODEL = {"大模型", "模型", "系列", "平台", "大语言模型"}
_HAN = re.compile("[\u3400-\u9fff]")


def plain(text: str) -> str:
    """Return a cell's words on one line, without links, tags, list syntax and invisible characters."""
    return folded(_LINK.sub(r"\1", unlisted(_without_labels(text))))


_BEHIND_NAME = re.compile(
    r"\s*(?:\[(?:\d{1,3}|[a-z]|注\d*)\]|(?<!^[A-Za-z])(?<!^[A-Za-z][¹²³⁰⁴-⁹])[¹²³⁰⁴-⁹]+|[①-⑳\u2600-\u27bf\u2b50\ufe0f\U0001f300-\U0001faff]+|(?<=\w\w)[*†‡]+"
    r"|[(（](?:即将(?:发布|推出|上线)|待发布|未发布|已下线|已停用|已下架|内测中?|coming soon|upcoming|unreleased|deprecated|discontinued|retired|new|新)[)）]|\s+(?:已下线|已停用|已下架))$",
    re.IGNORECASE,
)
"""A footnote's mark, or what is to come of the model, behind its name: Grok 1[82], 问川4（即将发布）."""


def bare_name(words: str) -> str:
    """Return the name without the marks of footnotes and remarks behind it, if anything is left."""
    shorter = _BEHIND_NAME.sub("", words) if len(words) <= _LONGEST_KEPT * 2 else words
    return bare_name(shorter) if shorter and shorter != words else words


def _without_labels(text: str) -> str:
    """Return the text without links whose labels name nothing, if others do: [Qwen](…)[Paper](…)."""
    links = _LINK.findall(text) if "](" in text else []
    labels = {label for label in links if _LABEL.fullmatch(narrow(label))}
    if not labels or labels >= {*links}:
        return text
    return _LINK.sub(lambda found: "" if found[1] in labels else found[0], text)


def unlisted(text: str) -> str:
    """Return the items of a program's list (['Text', 'Vision']), joined by semicolons; else the text without tags."""
    if _ITEMS.fullmatch(text.strip()):
        return "; ".join(one or other for one, other in _ITEM.findall(text))
    if "</" in text:
        return _TAG.sub(" ", _ANCHOR.sub(lambda found: found[1] if re.search(r"\w", found[1]) else "", text))
    return text


def squeezed(text: str) -> str:
    """Replace long runs of blanks with one; patterns that begin with blanks would retry at each of them."""
    return _WIDE.sub(" ", text)


def names_several(cell: str) -> bool:
    """Return whether the cell seems to name more than one model."""
    return has_links(cell) or len(names_in(cell)) > 1


_LABEL = re.compile(
    r"\W*(?:hf|github|gitee|gitlab|arxiv|papers?|(?:tech |technical )?(?:blog|report)(?: post)?|code|demo|links?|website|homepage"
    r"|论文|链接|官网|主页|下载|代码|详情|查看|(?:项目|模型)(?:首页|主页|地址|下载))\W*"
)


def is_label(cell: str) -> bool:
    """Return whether the cell is a link with a label that names nothing: [Paper](…)."""
    return bool(_LINK.search(cell)) and _LABEL.fullmatch(narrow(plain(cell))) is not None


def has_links(cell: str) -> bool:
    """Return whether the cell contains several links, one for each model."""
    return len(_LINK.findall(_without_labels(cell))) > 1


def is_tangled(cell: str) -> bool:
    """Return whether the cell contains several links and cannot be taken apart."""
    return has_links(cell) and len(names_in(cell)) < 2


def names_in(cell: str) -> list[str]:
    """Return the names in the cell, split at list separators; a comma or slash can be part of a Latin name.

    Several links, and names that begin alike, are several names: Tern-7B & Tern-13B.
    """
    words = plain(cell)
    parts = split(words, LISTED if _HAN.search(words) else OF_LISTS)
    if len(parts) < 2:
        parts = [plain(part) for part in _BETWEEN_NAMES.split(squeezed(cell))]
        parts = (
            parts
            if all(len(part) > 1 and _HAN.search(part) and part not in _ANY_MODEL for part in parts)
            else []
        )
    if len(parts) < 2 and not re.search(r"\w", _LINK.sub("", cell)):
        parts = [folded(label) for label in _LINK.findall(_without_labels(cell)) if re.search(r"\w", label)]
    if len(parts) < 2 and not _OF_OWNER.fullmatch(words):
        lines = [plain(part) for part in _LINES.split(_LINK.sub(r"\1", squeezed(cell)))]
        parts = next(filter(_begin_alike, (split(words, _BETWEEN_ALIKE), lines)), [])
    return parts if len(parts) > 1 else [words]


def _begin_alike(parts: Sequence[str]) -> bool:
    begin = {part.casefold()[:_ALIKE] for part in parts}
    return len(parts) > 1 and len(begin) == 1 and len(min(begin)) == _ALIKE and min(begin).isalpha()


def values_in(words: str) -> list[str]:
    """Split a list of values in the format of our own files; a comma can be part of a value."""
    return split(words, OF_LISTS)


def words_in(text: str) -> list[str]:
    """Split a list of vocabulary words, which contain no separators."""
    return [words for part in _WORDS_LISTED.split(squeezed(unlisted(text))) if (words := plain(part))]


def listed(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Split a list of words; 和, & and blanks separate only words that are all known."""
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
    """Blot out brackets and thousands separators in `words`, keeping its length."""
    return _THOUSANDS.sub("\0", WITHIN.sub(lambda found: "\0" * len(found.group()), words))


def category_of(words: str) -> str:
    """Return the category that `words` name, or ""."""
    if words.casefold() in WORDS_FOR_GENERAL:
        return Category.GENERAL.value
    return (
        Category.INDUSTRY.value if words.casefold() in {*WORDS_FOR_INDUSTRY, Category.INDUSTRY.value} else ""
    )
