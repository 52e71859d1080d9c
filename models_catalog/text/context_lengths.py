"""Context lengths: the words of an article as an interval of tokens, or of characters where the words count those."""

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.numerals import normalise
from models_catalog.text.sizes import Interval

_NUMBER: Final = r"(?P<{0}>\d{{1,4}}(?:\.\d+)?\s?[KkMm]|\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?\s?(?:百|千)?万|\d{{3,7}}(?!\d|万))(?![A-Za-z\d亿.])\s?(?:个)?(?:[Tt]okens?|字|汉字|词元|左右)?"
_CONTEXT: Final = r"(?:上下文|context)"
_BEHIND: Final = re.compile(
    rf"{_CONTEXT}(?:的)?(?: ?window| ?length|窗口|长度|窗口长度|输入|处理|理解|能力|window|length)*(?:大小|上限)?\s?(?:已|则|仅|可|就|均|也)?(?:从[^，,。]{{1,10}}?(?:做到|扩大到|扩大至|扩展为|拉长至|扩展到|扩展至|提升到|提升至|扩大到|扩至|升至|升级到|增加到|增至|拉长到|到|至)"
    rf"|扩大到|扩大至|扩展为|拉长至|增至|升至|突破|超过|约|近|为|达到了?|高达|可达|达|是|有|支持|提升到|提升至|扩展到|扩展至|扩至|做到|of|：|:)?\s?{_NUMBER.format('behind')}",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(rf"{_NUMBER.format('before')}\s?(?:的)?(?:超长|长)?{_CONTEXT}", re.IGNORECASE)
_AT_ONCE: Final = re.compile(
    rf"(?:一次|单次|一口气)(?:性)?(?:可|能)?(?:以)?(?:处理|输入|读取|读完|读|阅读|支持)(?:约|近|长达)?\s?{_NUMBER.format('once')}"
)
_UNITS: Final = {"k": 1000, "m": 10**6, "万": 10**4, "百万": 10**6, "千万": 10**7}


@dataclass(frozen=True)
class FoundLength:
    """A context length in a text: `text[start:end]`, and what it says. 128K is read as 128,000."""

    start: int
    end: int
    text: str
    interval: Interval


def find_lengths(text: str) -> list[FoundLength]:
    """The context lengths that `text` states, in order; of 从4K扩展到200K the second, which holds now."""
    plain = normalise(text)
    found: dict[int, FoundLength] = {}
    for pattern, name in ((_BEHIND, "behind"), (_BEFORE, "before"), (_AT_ONCE, "once")):
        for match in pattern.finditer(plain):
            start, end = match.span(name)
            value = _value(match[name])
            if value:
                found[start] = FoundLength(start, end, text[start:end], Interval(value, value))
    return [found[start] for start in sorted(found)]


def _value(words: str) -> int:
    figures = re.match(r"[\d.,]+", words)
    number = float(figures.group().replace(",", "")) if figures else 0.0
    unit = words[figures.end() :].strip().lower() if figures else ""
    return round(number * _UNITS.get(unit, 1))
