"""Context lengths: parses them into intervals of tokens, or of characters where the text counts those."""

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.numerals import normalise
from models_catalog.text.sizes import Interval

_NUMBER: Final = r"(?P<{0}>\d{{1,4}}(?:\.\d+)?(?:\s?[KkMm]|[ -]million)|\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?\s?(?:百|千)?万|\d{{3,7}}(?!\d|万))(?!(?![Tt]oken)[A-Za-z\d亿.])[\s-]?(?:个)?(?:[Tt]okens?|字|汉字|词元|左右)?"
_CONTEXT: Final = r"(?:上下文|context|(?:序列|文本|窗口|输入)长度|长文本)"
_BEHIND: Final = re.compile(
    rf"{_CONTEXT}(?:的)?(?: ?windows?| ?lengths?|窗口|长度|输入|处理|理解|能力| ?handling)*(?:大小|上限|限制)?(?: from [^,.]{{1,12}} to| of| up to)?[（(]?\s?(?:已|则|仅|可|就|均|也|分别)?(?:[从由][^，,。]{{1,10}}?(?:做到|扩大到|扩大至|扩展为|拉长至|扩展到|扩展至|提升到|提升至|扩大到|扩至|升至|提升到了|扩展到了|升级到|增加到|增至|拉长到|到|至)"
    rf"|扩大到|扩大至|扩展为|拉长至|增至|升至|突破|超过|约|近|为|达到了?|高达|可达|达|是|有|支持|提升到|提升至|扩展到|扩展至|扩至|做到|of|up to|to|最多|最长|最高|：|:)?\s?{_NUMBER.format('behind')}",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(
    rf"{_NUMBER.format('before')}\s?(?:的|of )?(?:无损|超长|长|long )?(?:{_CONTEXT}|(?<=[长损])(?:文档|文本|输入))",
    re.IGNORECASE,
)
_TAKES: Final = re.compile(
    rf"(?<!每秒)(?<!日均)(?<!每[天日])(?:支持|处理|容纳|接收|读完|\baccept(?:s|ing)?|\bhandl(?:es?|ing)|\bprocess(?:es|ing)?|\bsupport(?:s|ing)?|\breach(?:es|ing))(?: (?:prompts?|inputs?|documents?|texts?|sequences?)(?: of)?)?(?:高达|长达|最长|最多|最高|约|近|多达|达| up to)?\s?{_NUMBER.format('takes')}(?<=[字元ns])",
    re.IGNORECASE,
)
_AT_ONCE: Final = re.compile(
    rf"(?:一次|单次|一口气)(?:性)?(?:可|能)?(?:以)?(?:处理|输入|读取|读完|读|阅读|支持)(?:约|近|长达)?\s?{_NUMBER.format('once')}"
)
MAX_CHARS: Final = 40
MOST: Final = 8
"""Lengths read from one list."""
_BINARY: Final = {"k": 2**10, "m": 2**20}
_UNITS: Final = {"k": 1000, "m": 10**6, "million": 10**6, "万": 10**4, "百万": 10**6, "千万": 10**7}


@dataclass(frozen=True)
class FoundLength:
    """A context length at `text[start:end]`. `interval` counts tokens, or characters if `is_characters`."""

    start: int
    end: int
    text: str
    interval: Interval
    is_characters: bool


def find_lengths(text: str) -> list[FoundLength]:
    """The context lengths that `text` states, in order; of 从4K扩展到200K only the second, the current one."""
    plain = normalise(text)
    found: dict[int, FoundLength] = {}
    for pattern, name in ((_BEHIND, "behind"), (_BEFORE, "before"), (_AT_ONCE, "once"), (_TAKES, "takes")):
        for match in pattern.finditer(plain):
            start, end = match.span(name)
            length = _interval(match[name])
            if length.high:
                is_characters = _CHARACTERS.match(plain, end) is not None
                found[start] = FoundLength(start, end, text[start:end], length, is_characters)
    for one in list(found.values()):
        found |= _listed(plain, text, one)
    return [found[start] for start in sorted(found)]


_MORE: Final = re.compile(
    rf"\s?(?:[、和与及]|,? and )\s?{_NUMBER.format('more')}"
    r"(?:(?<=token)|(?<=tokens)|(?<=词元)|(?=\s?(?:$|[，,。;；、()（）]|\.(?!\d)|和|与|及|and |的|上下文|context|窗口|长度|[两三四]|版|respectively)))",
    re.IGNORECASE,
)
"""Another length of a list: one that no noun of its own follows, as in 32K、1000万用户."""


def _listed(plain: str, text: str, first: FoundLength) -> dict[int, FoundLength]:
    """The lengths listed behind one, by start: 32K和128K."""
    found: dict[int, FoundLength] = {}
    place = first.end
    while len(found) < MOST and (match := _MORE.match(plain, place)):
        (start, end), length = match.span("more"), _interval(match["more"])
        is_year_like = not re.search("[KkMm万]", match["more"]) and re.search("[KkMm万]", first.text)
        if not length.high or is_year_like or not re.search(r"[KkMm万]|\d{4}", match["more"]):
            break
        is_characters = _CHARACTERS.match(plain, end) is not None
        found[start] = FoundLength(start, end, text[start:end], length, is_characters)
        place = end
    return found


def parse_length(text: str) -> Interval:
    """The number of tokens that `text` states: `8K`, `32,768 tokens`, `20万`. 8K is the interval from 8,000 to 8,192.

    Raises `ValueError` for anything else, and for characters (100万字).
    """
    words = _LENGTH.fullmatch(normalise(text[:MAX_CHARS]).strip())
    if words is None or len(text) >= MAX_CHARS:
        raise ValueError(f"“{text[:MAX_CHARS]}” is no number of tokens; 8K, 32768 or 20万 would be.")
    found = _interval(words["number"])
    if not found.low:
        raise ValueError(f"“{text}” is no tokens at all.")
    return found


def parse_length_bound(text: str) -> int:
    """A filter bound in whole tokens, without a unit word; K is a thousand. Raises `ValueError`."""
    words = _LENGTH.fullmatch(normalise(text[:MAX_CHARS]).strip())
    if words is None or words["unit"]:
        raise ValueError(f"“{text[:MAX_CHARS]}” is no number of tokens")
    return _interval(words["number"]).low or 0


def format_length(interval: Interval, language: str) -> str:
    """An interval of tokens for readers, the same in every language: `8K`, `32,768`, `4K–8K`, `≥128K`."""
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        for thousands, unit in (10**6, "M"), (10**3, "K"):
            number = low // thousands
            if low == number * thousands and high in (low, number * _BINARY[unit.lower()]) and number:
                return f"{number}{unit}"
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"
    if low is None and high is None:
        return ""
    return (
        f"≥{format_length(Interval(low, low), language)}"
        if high is None
        else f"≤{format_length(Interval(high, high), language)}"
    )


_CHARACTERS: Final = re.compile(r"\s?(?:个)?(?:字|汉字)")
_LENGTH: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,3}(?: ?[Kk])?|[0-9]{1,12}|[0-9]{1,4}(?:\.[0-9]{1,3})? ?(?:[KkMm]|million|[百千]?万))"
    r"(?P<unit>\s?(?:个)?(?:[Tt]okens?|词元))?"
)


def _interval(words: str) -> Interval:
    """The interval of a number with its unit: K and M may be decimal or binary."""
    figures = re.match(r"[\d.,]+", words)
    number = float(figures.group().replace(",", "")) if figures else 0.0
    unit = words[figures.end() :].strip(" -").lower() if figures else ""
    least = round(number * _UNITS.get(unit, 1))
    return Interval(least, round(number * _BINARY[unit]) if unit in _BINARY else least)
