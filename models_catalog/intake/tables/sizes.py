"""Parse the size or the context length in a table cell, in the forms of articles and of tables.

| cell | size |
|---|---|
| 2400000000, 1.75E+11, 1,000,000,000 | that number, if at least a million |
| 7 under 参数量(B), 62 under 参数量（亿） | times the heading's unit; a unit in the cell takes precedence |
| 7B/13B, 7B、13B, 7/13 under (B) | range from the least to the greatest |
| 236B-A21B, A21B/236B, 26B (A4B), 671B (37B active), 总参数2360亿，激活210亿 | the total |
| Mini(3.8B), Small(7B) | range from the least to the greatest |
| 8x7B, 21B active | none: experts share layers, and active parameters are not the total |
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import gettext as _

from models_catalog.intake.tables.rows import full_heading
from models_catalog.intake.tables.words import plain
from models_catalog.intake.values import NotStated, parse_number
from models_catalog.models.ranges import number_range
from models_catalog.models.vocabulary import Field
from models_catalog.text.numerals import MAX_NUMBER, normalise
from models_catalog.text.quantities import Interval, parse_quantity

SMALLEST: Final = 10**6  # the least number without a unit that is read as a size
LONGEST: Final = 80
LONGEST_WRITTEN: Final = 4 * LONGEST  # characters of a cell that are looked at, more than once
_NUMBER: Final = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
_RAISED: Final = re.compile("[¹²³⁰⁴-⁹]+$")
_POWER: Final = re.compile(
    r"(\d[\d.]*)\s*[x×✕*·]\s*10\s*(?:(?:\^|\*\*)\s*(?=\d)|(?=[⁰¹²³⁴-⁹]))(\d{1,2}|[⁰¹²³⁴-⁹]{1,2})"
)
_FOOTNOTE: Final = re.compile(r"(?:\s*(?:[*†‡^]|\[\d{1,3}\]))+$")
_ACTIVE: Final = "激活|活跃|活动|active|activated|activates"
_ARCHITECTURE: Final = re.compile(r"(?i)\s*(?:\bMoE\b|\bdense\b|混合专家(?:模型)?|稠密(?:模型)?)\s*")
_VERSION: Final = re.compile(
    r"^(?:\w{0,4}版|tiny|mini|nano|lite|small|base|medium|large|x+l|pro|max|plus|ultra|chat)\s?[:：]?\s?(?=\d)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    r"^(?:\w{0,4}版|tiny|mini|nano|lite|small|base|medium|large|x+l|pro|max|plus|ultra|chat|flash)\s?[(（]([^()（）]+)[)）]$",
    re.IGNORECASE,
)
_EXPERTS: Final = re.compile(r"\d\s*[x×✕*]\s*\d", re.IGNORECASE)
_TOTAL_DASH_ACTIVE: Final = re.compile(r"(?:\s*[-/]\s*|\s)A\d+(?:\.\d+)?\s*[BMT]\b", re.IGNORECASE)
_ACTIVE_FIRST: Final = re.compile(r"\bA\d+(?:\.\d+)?\s?[BMT]?\s*/\s*(?=\d)", re.IGNORECASE)
_ACTIVE_BEHIND: Final = re.compile(
    rf"[\d.]+\s*[BMT百千万亿]*\s*[(（\[]\s*(?:{_ACTIVE})(?:参数|parameters|params)?\s*[)）\]]", re.IGNORECASE
)
"""What is active, named behind it: 1.2T(总), 40B(激活)."""
_TAIL: Final = re.compile(r"(?i)(?<=[BMT亿万])-(?:chat|base|instruct|it|sft|dpo|int[48]|\d{1,4}k)(?![a-z\d])")
_COUNT: Final = re.compile(r"(?i)\d+ ?(?:[档种个款](?:规格|尺寸|版本)?|sizes|variants|versions|models)")
"""A bracket that counts the sizes before it."""
_ACTIVE_SIZE: Final = re.compile(r"A\d+(?:\.\d+)?\s*[BMT]", re.IGNORECASE)
_BRACKET: Final = re.compile(r"\s*[(（\[]([^()（）\[\]]*)[)）\]]")
_LABEL: Final = re.compile(
    r"^(?:模型)?(?:总计?|共计?|total )?(?:参数(?:总量|规模|数量|大小|量|数)?|param(?:eter)?s?(?: count)?|规模|总量|总|total|from|从)(?:约?为|是|达到?)?\s*[:：]?\s*(?=\S)",
    re.IGNORECASE,
)
_END: Final = re.compile(r"(?i)\s*(?:个|total|in total|总参数|dense|稠密|多[种个]?(?:规格|尺寸|版本))$")
_LATIN_UNIT: Final = re.compile(r"(?<=[\d.])\s*(bn|mn|tn|[bmtk])(?![A-Za-z])", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?:K|thousand)")
_NO_YEAR: Final = r"(?!(?:19|20)\d\d(?! ?[\d.BMTKbmtk百千万亿]))"
_LISTED: Final = re.compile(
    rf"\s*(?:[/、，;；|&+]|,(?!(?<=\d,)\d{{3}}(?!\d))|(?<=[BMTK亿万])\s(?=\d){_NO_YEAR}|和|与|及|以及|\band\b|\bor\b|或)\s*"
)
_TO: Final = re.compile(r"\s*(?:\bto\b|~|至|到|-)\s*")
_UNIT: Final = re.compile(r"[十百千]?[万亿]+$|\s?(?:[BMTK]|billion|million|trillion)$")
_WRITTEN: Final = {
    10**4: "万", 10**6: "M", 10**7: "千万", 10**8: "亿", 10**9: "B", 10**10: "百亿", 10**11: "千亿", 10**12: "T",
}  # fmt: skip
_BARE: Final = re.compile(r"\d[\d,.]*")
_OWN_UNIT: Final = re.compile(r"[十百千万亿]|[A-Za-z]$")
_UNSURE: Final = re.compile(
    r"[?？]$|估计|估算|推测|猜测|传闻|据传|疑似|存疑|\best(?:\.|imat\w*)|rumou?r\w*|speculat\w*|unconfirmed|alleged\w*",
    re.IGNORECASE,
)
_COMMA: Final = re.compile(r"\d+,\d{1,2} ?[BMT亿万]?")  # two numbers, or one as Europeans write it: 7,13
_LINES: Final = re.compile(rf"(?<=[\dBMTKbmtk亿万])[^\S\n\u2028]*[\n\u2028]\s*(?=\d){_NO_YEAR}")
_TOTAL_AT: Final = {
    0: re.compile(rf"(?:total|总)[^/／|、&]*[/／|、&] ?(?:{_ACTIVE})", re.IGNORECASE),
    -1: re.compile(rf"(?:{_ACTIVE})[^/／|、&]*[/／|、&] ?(?:total|总)", re.IGNORECASE),
}
_NAMES_ACTIVE: Final = re.compile(rf"{_ACTIVE}|\bA\d", re.IGNORECASE)


class Doubtful(NotStated):
    """The cell marks its size as uncertain."""


def size_in_cell(cell: str, unit: int | None, heading: str = "") -> NumericRange:
    """Return the size that the cell states under a heading with that unit. Raises `NotStated`.

    Of two sizes under “total / active” or “激活/总参数” it is the one in the place of the total.
    """
    if len(words := plain(_LINES.sub("、", cell))) > LONGEST_WRITTEN:
        raise _not_stated(words)
    words = _POWER.sub(lambda found: f"{found[1]}e{unicodedata.normalize('NFKC', found[2])}", words)
    words = _total(words, unit, heading)
    text = _LATIN_UNIT.sub(_spelt, normalise(_RAISED.sub("", words.strip())))
    if len(text) > LONGEST:
        raise _not_stated(words)
    if _UNSURE.search(text):
        raise Doubtful(_("“%(words)s” is an estimate or a rumour") % {"words": words[:40]})
    text = _ARCHITECTURE.sub(" ", _BRACKET.sub(_without_experts, text)).strip()
    if _EXPERTS.search(text):
        raise NotStated(
            _("“%(words)s” counts experts, which share layers: no total is stated") % {"words": words[:40]}
        )
    found = _interval(_without_active(words, text), unit)
    if found is None:
        raise _not_stated(words)
    return number_range(found)


def _total(words: str, unit: int | None, heading: str) -> str:
    """Return the size in the place of the total. Raises `NotStated` if that is not one of two, the greater."""
    at = next((at for at, form in _TOTAL_AT.items() if form.search(heading)), None)
    said = _LATIN_UNIT.sub(_spelt, words.replace("／", "/"))
    parts = next((parts for sign in (_LISTED, _TO) if len(parts := sign.split(said)) > 1), [])
    if at is None or _NAMES_ACTIVE.search(words) or sum(bool(re.search(r"\d", part)) for part in parts) < 2:
        return words
    if len(parts) != 2 or re.search(r"\d,\d{1,2}(?!\d)", said):
        raise _not_stated(words)
    total, active = (_one(normalise(part), unit) for part in (parts[at], parts[~at]))
    if total and active and (total.low or 0) < (active.low or 0):
        raise _not_stated(words)
    return parts[at]


def _without_experts(bracket: re.Match[str]) -> str:
    return "" if _EXPERTS.search(bracket[1]) else bracket[0]


def _spelt(found: re.Match[str]) -> str:
    return found[1][0].upper()


def _not_stated(words: str) -> NotStated:
    return NotStated(
        _("“%(words)s” states no size: one would be 70亿, 7B, 7000000000 or 7 under a heading with its unit")
        % {"words": words[:40]}
    )


def _without_active(words: str, text: str) -> str:
    """Return `text` without active parameters. Raises `NotStated` if nothing else remains."""
    text = _ACTIVE_BEHIND.sub("激活", text)
    text = _TAIL.sub("", _TOTAL_DASH_ACTIVE.sub("", _ACTIVE_FIRST.sub("", text)))
    text = _BRACKET.sub(lambda found: "" if _is_aside(found[1]) else found[0], text)
    if re.search(_ACTIVE, text, re.IGNORECASE):
        parts = re.split(rf"\s*[,，;；/、]\s*|\s+(?=总|(?:{_ACTIVE})[参数量约为是: ]*\d)", text)
        rest = [part for part in parts if not re.search(_ACTIVE, part, re.IGNORECASE)]
        if not rest or len(rest) == len(parts):
            raise NotStated(_("“%(words)s” is what is active, not the size") % {"words": words[:40]})
        text = "/".join(rest)
    return _END.sub("", _FOOTNOTE.sub("", text).strip()).strip()


def _is_aside(words: str) -> bool:
    """Return whether a bracket does not state the size: active parameters, a footnote, a word without a number."""
    return (
        bool(re.search(_ACTIVE, words, re.IGNORECASE) or _ACTIVE_SIZE.fullmatch(words.strip()))
        or not re.search(r"\d|[万亿]", words)
        or words.isdecimal()
        or _COUNT.fullmatch(words) is not None
    )


def _interval(text: str, unit: int | None) -> Interval | None:
    """Parse the words as one size, else as a list or range."""
    text = _LABEL.sub("", text)
    if (one := _one(text, unit)) is not None:
        return one
    if (twice := _twice(text, unit)) is not None:
        return twice
    if _COMMA.fullmatch(text):
        return None
    parts = [part for part in _LISTED.split(text) if part]
    if len(parts) < 2:
        parts = [part for part in _TO.split(text) if part]
        if len(parts) != 2:
            return None
    found = [_one(part, unit) or _one(part + _unit_of(parts[-1]), unit) for part in map(_bare, parts)]
    return _around(found)


def _twice(text: str, unit: int | None) -> Interval | None:
    """Parse a size that is repeated in brackets in another unit: 70亿（7B）."""
    bracket = _BRACKET.search(text)
    if bracket is None or bracket.end() != len(text):
        return None
    outside, within = _one(text[: bracket.start()], unit), _one(bracket[1], unit)
    return outside if outside == within else None


def _bare(part: str) -> str:
    part = _NAMED.sub(r"\1", part.strip())
    return _END.sub("", _VERSION.sub("", _LABEL.sub("", part))).strip()


def _unit_of(words: str) -> str:
    found = _UNIT.search(words)
    return found[0] if found else ""


def _around(parts: list[Interval | None]) -> Interval | None:
    """Return the interval from the least to the greatest of the sizes; None if one has an open end."""
    lows = [one.low for one in parts if one and one.low is not None]
    highs = [one.high for one in parts if one and one.high is not None]
    return Interval(min(lows), max(highs)) if len(lows) == len(highs) == len(parts) else None


def _one(text: str, unit: int | None) -> Interval | None:
    if _NUMBER.fullmatch(text):
        return _number(Decimal(text.replace(",", "")), unit)
    if thousands := _THOUSANDS.fullmatch(text):
        return _number(Decimal(thousands["number"]) * 1000, 1)
    for words in (text, _with_unit(text, unit)):
        try:
            return parse_quantity(words)
        except ValueError:
            continue
    return _range(text, unit)


def _with_unit(text: str, unit: int | None) -> str:
    """Append the heading's unit to the only number in `text`: 约70 becomes 约70亿."""
    if unit not in _WRITTEN or len(_BARE.findall(text)) != 1 or _OWN_UNIT.search(text):
        return text
    return _BARE.sub(lambda found: found[0] + _WRITTEN[unit], text)


def _range(text: str, unit: int | None) -> Interval | None:
    """Parse two bare numbers under a heading with a unit."""
    ends = _TO.split(text) if unit else []
    if len(ends) != 2 or not all(_NUMBER.fullmatch(end) for end in ends):
        return None
    low, high = (_number(Decimal(end.replace(",", "")), unit) for end in ends)
    return Interval(low.low, high.high) if low and high and (low.low or 0) <= (high.high or 0) else None


def _number(number: Decimal, unit: int | None) -> Interval | None:
    """Multiply by the unit; a result within 0.001 of a whole number is rounded."""
    if unit is None and number < SMALLEST:
        return None
    if unit and unit > 1000 and number >= SMALLEST:  # ambiguous: already in full, or in the unit
        return None
    value = number * (unit or 1)
    whole = value.to_integral_value()
    if not 0 < whole <= MAX_NUMBER or abs(value - whole) > Decimal("0.001"):
        return None
    return Interval(int(whole), int(whole))


_AT_MOST: Final = re.compile(r"^(?:最长|最大|最高|支持|可达|up to|max(?:imum)?\.?)\s*", re.IGNORECASE)
_LENGTHS: Final = re.compile(r"\s*(?:[/、，;；|~～]|,(?!\d{3}(?!\d))|至|到|\bto\b|-)\s*")
SHORTEST: Final = 128  # of a list, in tokens; a smaller number is in thousands with its unit left out
_LENGTH_UNIT: Final = re.compile(
    r"[(\[,/ ]\s*(?:单位|unit)?[:： ]*(?:in )?(k|m|千|万|百万)\s*(?:个)?(?:tokens?|词元)?\s*(?:[)\]]|$)"
)
UNCLEAR: Final = 512  # a plain number below it may count thousands, unless the heading says what it counts


def length_unit_of(heading: str) -> str:
    """Return the unit in the heading of a column of context lengths: 上下文（K）, Context (K tokens); "" if there is none."""
    found = _LENGTH_UNIT.search(full_heading(heading))
    return found[1] if found else ""


def length_in_cell(words: str, unit: str = "") -> NumericRange:
    """Return the context length that `words` state: 84k (ALiBi), 最长128K, 2K/32K, 131072.0. Raises `NotStated`.

    `unit` is that of the heading, for a plain number.
    """
    written = _RAISED.sub("", words.strip()) if len(words) <= LONGEST_WRITTEN else ""
    bare = _FOOTNOTE.sub("", _BRACKET.sub("", written)).strip()
    bare = re.sub(r"(?<=\d)\.0$", "", _AT_MOST.sub("", bare))
    if re.fullmatch(r"\d+(?:\.\d+)?", bare):
        bare = "" if not unit and float(bare) < UNCLEAR else f"{bare}{unit}"
    for parts in ([bare], _LENGTHS.split(bare)):
        try:
            found = [
                parse_number(Field.CONTEXT_LENGTH, part) for part in parts if part and len(bare) <= LONGEST
            ]
        except NotStated:
            continue
        if found and all(
            one.lower and one.upper and (len(found) == 1 or one.lower >= SHORTEST) for one in found
        ):
            return NumericRange(min(one.lower for one in found), max(one.upper for one in found), "[)")
    told = _("“%(words)s” states no number of tokens: one would be 8K, 32768 or 20万")
    raise NotStated(told % {"words": words[:40]})
