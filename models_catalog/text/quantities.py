"""Sizes of models: converts words of an article to an interval of whole parameters, and back.

`sizes` has the grammar, `numerals` the numbers.
"""

import re
from dataclasses import dataclass
from typing import Final

from models_catalog.text.numerals import MAX_NUMBER, normalise, read_term
from models_catalog.text.sizes import Interval as Interval
from models_catalog.text.sizes import Size, scan

MAX_QUANTITY_CHARS: Final = 40


class NotAQuantity(ValueError):
    """The text is not exactly one size, or a size beyond bigint."""


@dataclass(frozen=True)
class Found:
    """A size at `text[start:end]` (code points), as written, and its interval."""

    start: int
    end: int
    text: str
    interval: Interval


_REACHING: Final = re.compile(r"(?:已经|已)?(?:达到了?|高达|多达|达|拥有|具有|具备|为|是|有|在|:)? ?")
_HEAD: Final = re.compile("参数(?:规模|总量|总数|数量|量级|量|数)? ?")


def parse_quantity(text: str) -> Interval:
    """The interval that `text` states; `参数规模为` before and `参数` after the size are accepted.

    Raises NotAQuantity if the text is longer than MAX_QUANTITY_CHARS or not exactly one size.
    """
    if len(text) > MAX_QUANTITY_CHARS:
        raise NotAQuantity(f"A size has at most {MAX_QUANTITY_CHARS} characters, this has {len(text)}.")
    plain = normalise(text).strip()
    head = _HEAD.match(plain)
    reaching = _REACHING.match(plain, head.end() if head else 0)
    size = scan(plain, reaching.end() if reaching else 0)
    if size is None or size.nouns_end != len(plain):
        raise NotAQuantity(f"“{text}” is not exactly one size.")
    return size.interval


_START: Final = re.compile(
    r"[0-9零一二两三四五六七八九十百千万亿几数好若超逾突大高多至不最低小少未将接近约差上≥≤<>~≈]"
    r"|(?<![A-Za-z])(?i:over|more|at|up|less|under|nearly|almost|about|around|approximately|roughly) "
)
_INSIDE: Final = re.compile(
    r"(?:[0-9][.,]|[0-9A-Za-z_.零一二两三四五六七八九十百千万亿几第$¥€£]|(?<!参)数|[$¥€£] )$"
)
_OTHER_THING: Final = re.compile(
    r" ?(?:的|多)? ?(?:元|美元|美金|人民币|港|日元|欧元|英镑|块|颗|张|个|人|名|用户|微信|次|条|字|词|词元|单词|次|倍|级玩家"
    r"|英文|tokens?|标记|数据|样本|语料|字节|[GTMK]B|台|辆|家|篇|页|小时|市值|市场|资金|融资|估值"
    r"|dollars?|users?|usd|rmb|yuan|words?|people)",
    re.IGNORECASE,
)
_MODEL: Final = re.compile(
    r" ?(?:级|的|大|中英|中文|英文|双语|语言|多模态|预训练|自然|通用|行业|对话|基座|开源|闭源|稠密|稀疏"
    r"|视觉|图像|生成式|处理|小|单体|产业|AI|[ ·])*(?:模型|版|大小|体量|尺寸)|[- ](?:[a-z]+[- ]){0,3}models?(?![a-z])",
    re.IGNORECASE,
)
_NAMED_MODEL: Final = re.compile(r"[\u4e00-\u9fffA-Za-z·]{0,12}?(?:模型|模子)")
_BREAK: Final = re.compile(r" *(?:$|and [0-9]|[。,，;；:：、.!！?？()（）\[\]【】「」『』《》“”‘’\"'…/|-])")
_CLAUSE_END: Final = re.compile(r"[。，,;；!！?？\n]")
_SPEAKS_OF_PARAMETERS: Final = re.compile(r"参数|总参|parameter", re.IGNORECASE)
_TOTAL: Final = re.compile(r" ?(?:总参|激活|total\b|active\b|activated\b)", re.IGNORECASE)
_NAME_BEFORE: Final = re.compile(r"[A-Za-z][0-9.]*-$")
_CLAUSE_REACH: Final = 60
_JOINS: Final = re.compile(r" ?(?:[、,，/]|和|与|及|以及) ?$")
_VERSIONS: Final = re.compile(
    r" ?(?:等)? ?(?:[一两二三四五六七八九十几多0-9]+)? ?(?:种|个|档|款)?(?:不同)?的?(?:参数|规模|尺寸|版本|大小|规格|体量)"
)


def find_quantities(text: str) -> list[Found]:
    """The sizes that `text` states, in order. For each, `parse_quantity(found.text) == found.interval`.

    A number is a size if the context says so: parameters next to it or earlier in its clause, a level (级, 规模) or a
    model after it, or the B of a name (GLM-130B). Money, users, tokens, data volumes and chips are excluded.
    """
    plain = normalise(text)
    found: list[Found] = []
    listed: list[Found] = []
    position = 0
    while start := _START.search(plain, position):
        size = None if _is_inside(plain, start.start()) else scan(plain, start.start())
        if size is None:
            position = start.start() + 1
            continue
        position = size.end
        if size.end - start.start() > MAX_QUANTITY_CHARS:
            continue
        one = Found(start.start(), size.end, text[start.start() : size.end], size.interval)
        if not (listed and _JOINS.fullmatch(plain, listed[-1].end, one.start)):
            listed = []
        listed.append(one)
        if len(listed) > 1 and _VERSIONS.match(plain, one.end):
            found += [earlier for earlier in listed if earlier not in found]
        elif _is_size(plain, start.start(), size):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def _is_inside(text: str, start: int) -> bool:
    """Whether the number continues to the left, in a longer number, a word or an amount of money."""
    return _INSIDE.search(text[max(0, start - 2) : start]) is not None


def _is_size(text: str, start: int, size: Size) -> bool:
    if size.names_parameters or (size.is_latin and _TOTAL.match(text, size.nouns_end)):
        return True
    after = size.nouns_end
    if _OTHER_THING.match(text, after):
        return False
    earlier = text[max(0, start - _CLAUSE_REACH) : start]
    clause = _CLAUSE_END.split(earlier)[-1]
    if _SPEAKS_OF_PARAMETERS.search(clause) or _MODEL.match(text, after):
        return True
    if size.names_level and _NAMED_MODEL.match(text, after):
        return True
    stands_alone = not text[:start].strip() and not text[after:].strip()
    if size.is_latin and _NAME_BEFORE.search(earlier):
        return True
    is_bare_b = size.is_latin and text[size.end - 1] in "Bb"
    named = stands_alone or is_bare_b or size.names_level
    latin_follows = size.names_level and re.match(" ?的? ?[A-Z“]", text[after:])
    return named and bool(_BREAK.match(text, after) or latin_follows)


_BOUND: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")


def parse_bound(text: str) -> int:
    """A filter bound in whole parameters: `100B`, `1.5B`, `1000亿`, `2,600,000`, `0`; 千亿 is 1000亿.

    Raises NotAQuantity for anything else, and for numbers beyond bigint.
    """
    plain = normalise(text[: MAX_QUANTITY_CHARS + 1]).strip()
    if len(text) > MAX_QUANTITY_CHARS:
        raise NotAQuantity(f"A number of parameters has at most {MAX_QUANTITY_CHARS} characters.")
    if _BOUND.fullmatch(plain):
        value = int(plain.replace(",", ""))
    else:
        term = read_term(plain, 0)
        if term is None or term.end != len(plain) or not (term.is_exact or term.is_order):
            raise NotAQuantity(f"“{text}” is no number of parameters; write 100B, 1000亿 or 2600000.")
        value = term.low
    if value > MAX_NUMBER:
        raise NotAQuantity(f"“{text}” is larger than any number of parameters can be here.")
    return value


_CHINESE_UNITS: Final = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"), (1, ""))
_ENGLISH_UNITS: Final = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (1, ""))


def format_quantity(interval: Interval, language: str) -> str:
    """An interval for readers: in Chinese `2600亿`, `1000亿–1万亿`, `≥10亿`; otherwise `260B`, `100B–1T`, `≥1B`.

    Numbers are not rounded, but an upper end just under a round number is shown as that number. "" if both ends are
    open.
    """
    units = _CHINESE_UNITS if language.lower().startswith("zh") else _ENGLISH_UNITS
    low, high = interval.low, interval.high
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥{_written(low or 0, units)}"
    if low is None:
        return f"<{_written(high + 1, units)}" if _is_just_under(high) else f"≤{_written(high, units)}"
    upper = high + 1 if _is_just_under(high) else high
    return _written(low, units) if low == high else f"{_written(low, units)}–{_written(upper, units)}"


def format_quantity_in_full(interval: Interval, language: str) -> str:
    """The same in a longer form that excludes the end: `1000亿至1万亿（不含1万亿）`, `100B to less than 1T`."""
    low, high = interval.low, interval.high
    if low is None or high is None or low == high or not _is_just_under(high):
        return format_quantity(interval, language)
    if language.lower().startswith("zh"):
        end = _written(high + 1, _CHINESE_UNITS)
        return f"{_written(low, _CHINESE_UNITS)}至{end}（不含{end}）"
    return f"{_written(low, _ENGLISH_UNITS)} to less than {_written(high + 1, _ENGLISH_UNITS)}"


def _written(value: int, units: tuple[tuple[int, str], ...]) -> str:
    """`value` in the largest unit that it reaches, without rounding."""
    scale, unit = next((scale, unit) for scale, unit in units if value >= scale or scale == 1)
    whole, rest = divmod(value, scale)
    decimals = f"{rest:0{len(str(scale)) - 1}d}".rstrip("0") if rest else ""
    return f"{whole}{'.' if decimals else ''}{decimals}{unit}"


def _is_just_under(value: int) -> bool:
    return value >= 10**6 and (value + 1) % 10**6 == 0
