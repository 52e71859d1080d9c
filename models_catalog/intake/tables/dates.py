"""Parse the dates in table cells: as articles write them, and as tables do: 2023/7, Jul-23, 45113, Q3 2023.

Ambiguous dates are refused: 7/6/2023, 2023.1 (which a spreadsheet makes of 2023.10), 23-Jul.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from models_catalog.intake.values import NotStated, parse_event_days
from models_catalog.models.ranges import date_range
from models_catalog.models.vocabulary import EventKind
from models_catalog.text.days import Days, NotADate, day, month, months, year
from models_catalog.text.numerals import normalise

FIRST, LAST = 1950, 2099
"""First and last year that a bare number can mean."""
_PLANNED: Final = re.compile(
    r"预计|计划|即将|拟于?|将于|将在|有望|规划|筹备|研发中|开发中|待发布|planned|plan to|expected|upcoming|coming|scheduled|forthcoming|未发布|尚未发布|unreleased",
    re.IGNORECASE,
)
_MONTHS: Final = {
    name[:length]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
         "december"), 1
    )
    for length in (3, 4, len(name))
}  # fmt: skip
_M: Final = r"(?P<m>[a-z]{3,9})\.?"
_Y: Final = r"(?P<y>\d{4})"
_ASIDE: Final = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]$|\s*[*†]+$")
_SHORT_YEAR: Final = re.compile(r"['’](\d\d)\b")
_IN_BRACKET: Final = re.compile(
    r"^(\d{4}年?) ?[(（\[]([^()（）\[\]]*(?:[qh][1-4]|[月季半])[^()（）\[\]]*)[)）\]]$", re.IGNORECASE
)
"""A year followed by a part of it in brackets: 2023 (Q1)."""
_OTHER_EVENT: Final = re.compile(
    r"内测|公测|测试|试用|体验|宣布|公布|预告|更新|升级|论文|备案|立项|启动|beta|preview|announce|update|paper|arxiv|preprint",
    re.IGNORECASE,
)
_FRILL: Final = re.compile(
    r"^(?:(?:正式|首次|对外)*(?:发布|上线|推出|开放|公开)?于|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? |released?(?: on| in)? )"
    r"|(?:正式|首次|对外)*(?:发布|上线|推出|面世|亮相)$|(?<=[-/.年月])\s+(?=\d)|(?<=\d)\s+(?=[-/.年月日])|(?<=\d)\.(?= [a-z])",
    re.IGNORECASE,
)
_HALF: Final = re.compile(r"^(\d{4})(?=[上下]半年|第?[一二三四1-4]季度|[年初中末底春夏秋冬])(?!年)")
_SEASON: Final = re.compile(r"(early|mid|late|end of|spring|summer|autumn|fall)[- ](\d{4})", re.IGNORECASE)
_SEASONS: Final = {
    "early": "年初", "mid": "年5月至8月", "late": "年底", "end of": "年底", "spring": "年春", "summer": "年夏", "autumn": "年秋", "fall": "年秋",
}  # fmt: skip
_TO: Final = re.compile(r"\s*(?:~|—|–|至|到|\bto\b|\s-\s)\s*")
Reader = Callable[[re.Match[str]], Days]


def days_in_cell(words: str, published: DateRange | None) -> DateRange:
    """Return the days that `words` state. Raises `NotStated`, also if they depend on an unknown date of the file."""
    if _PLANNED.search(words):
        raise NotStated(_("“%(words)s” is a plan, no release") % {"words": words[:40]})
    if _OTHER_EVENT.search(words):
        raise NotStated(_("“%(words)s” is the day of something else than a release") % {"words": words[:40]})
    plain = _IN_BRACKET.sub(r"\1 \2", _SHORT_YEAR.sub(r"20\1", " ".join(normalise(words).split())))
    text = _FRILL.sub("", _ASIDE.sub("", plain.replace("'", "")))
    text = _SEASON.sub(lambda found: found[2] + _SEASONS[found[1].casefold()], _HALF.sub(r"\1年", text))
    try:
        found = _of_table(text) or _range(text)
        return date_range(found) if found else _of_article(text, published)
    except (NotADate, NotStated, ValueError, OverflowError) as error:
        raise NotStated(
            _("“%(words)s” states no day, month or year: one would be 2023-07-06, 2023年7月 or 2023")
            % {"words": words[:40]}
        ) from error


def _of_article(words: str, published: DateRange | None) -> DateRange:
    """Parse the words as in an article. If the file's date is unknown, the result must not depend on it."""
    if short := re.fullmatch(r"(\d\d)(年.*)", words):
        words = f"20{short[1]}{short[2]}"
    days = [
        parse_event_days(words, event=EventKind.RELEASED, published=published or date_range(year(number)))
        for number in (2023, 2016)
    ]
    if days[0] != days[1]:
        raise NotStated("needs the date of the file")
    return days[0]


def _range(text: str) -> Days | None:
    """Return the days from one date to another, joined by 至 or ~; None if the text has another form."""
    ends = [_of_table(part) for part in _TO.split(text)]
    if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0].first > ends[1].last:
        return None
    return Days(ends[0].first, ends[1].last)


def _of_table(text: str) -> Days | None:
    """Return the days of `text` in one of the table formats, or None. Raises `NotADate`."""
    for pattern, reader in _FORMS:
        if found := pattern.fullmatch(text):
            return reader(found)
    return None


def _iso(found: re.Match[str]) -> Days:
    return day(int(found["y"]), int(found["m"]), int(found["d"]))


def _month(found: re.Match[str]) -> Days:
    if found["mark"] == "." and found["m"] == "1":
        raise NotADate("2023.1 may have been 2023.10")
    return month(int(found["y"]), int(found["m"]))


def _year(found: re.Match[str]) -> Days:
    number = int(found["y"])
    if not FIRST <= number <= LAST:
        raise NotADate(f"{number} is no year")
    return year(number)


def _years(found: re.Match[str]) -> Days:
    first, last = int(found["y"]), int(found["to"])
    if not FIRST <= first < last <= LAST:
        raise NotADate("no range of years")
    return Days(year(first).first, year(last).last)


def _figures(found: re.Match[str]) -> Days:
    _year(found)
    number = int(found["y"])
    return day(number, int(found["m"]), int(found["d"])) if found["d"] else month(number, int(found["m"]))


def _serial(found: re.Match[str]) -> Days:
    """Return the day of a spreadsheet's serial date, from 1980 to 2064."""
    number = int(found["n"])
    if not 29_221 <= number <= 60_000:
        raise NotADate(f"{number} is no day of a spreadsheet")
    counted = date(1899, 12, 30) + timedelta(days=number)
    return Days(counted, counted)


def _named_month(found: re.Match[str]) -> Days:
    return month(_long_year(found["y"]), _number_of(found["m"]))


def _named_day(found: re.Match[str]) -> Days:
    return day(_long_year(found["y"]), _number_of(found["m"]), int(found["d"]))


def _number_of(name: str) -> int:
    number = _MONTHS.get(name.casefold())
    if number is None:
        raise NotADate(f"“{name}” is no month")
    return number


def _long_year(figures: str) -> int:
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def _part(found: re.Match[str]) -> Days:
    """Return the days of a quarter or half-year."""
    length, number = (3, int(found["q"])) if found["kind"].casefold() == "q" else (6, int(found["q"]))
    if number * length > 12:
        raise NotADate("a year has two halves")
    return months(_long_year(found["y"]), (number - 1) * length + 1, number * length)


def _either_first(found: re.Match[str]) -> Days:
    """Parse a date whose day and month come in unknown order: only one can be the month, or both are equal."""
    one, other = int(found["a"]), int(found["b"])
    if one != other and one <= 12 and other <= 12:
        raise NotADate("day or month first: nobody says")
    in_month, number = (other, one) if one > 12 else (one, other)
    return day(int(found["y"]), in_month, number)


_FORMS: Final[list[tuple[re.Pattern[str], Reader]]] = [
    (re.compile(form, re.IGNORECASE), reader)
    for form, reader in [
        (rf"{_Y}(?P<mark>[-/.])(?P<m>\d\d?)(?P=mark)(?P<d>\d\d?)(?:[t ]\d\d?:\d\d.*)?", _iso),
        (rf"{_Y}(?P<mark>[-/.])(?P<m>\d\d?)", _month),
        (rf"{_Y}", _year),
        (rf"{_Y}(?P<m>\d\d)(?P<d>\d\d)?", _figures),
        (r"(?P<n>\d{5})(?:\.\d+)?", _serial),
        (rf"{_M},? ?{_Y}", _named_month),
        (rf"{_M}[-/](?P<y>\d{{4}}|\d\d)", _named_month),
        (rf"{_Y}[-/ ]{_M}", _named_month),
        (rf"(?P<d>\d\d?)(?:st|nd|rd|th)?(?: of)? {_M},? {_Y}", _named_day),
        (rf"(?P<d>\d\d?)[-/]{_M}[-/](?P<y>\d{{4}}|\d\d)", _named_day),
        (rf"{_M} (?P<d>\d\d?)(?:st|nd|rd|th)?,? {_Y}", _named_day),
        (rf"{_Y}[-/ ]{_M}[-/ ](?P<d>\d\d?)", _named_day),
        (rf"{_Y}[-/ ]?(?P<kind>[qh])(?P<q>[1-4])", _part),
        (r"(?P<kind>[qh])(?P<q>[1-4])[-/ ,]* ?(?P<y>\d{4}|\d\d)", _part),
        (r"(?P<q>[1-4])(?P<kind>[qh])[-/ ,]* ?(?P<y>\d{4}|\d\d)", _part),
        (r"(?P<m>\d\d?)(?P<mark>[-/])(?P<y>\d{4})", _month),
        (r"(?P<y>\d{4})-(?P<to>\d{4})", _years),
        (rf"{_Y} (?P<m>\d\d) (?P<d>\d\d)", _iso),
        (rf"(?P<a>\d\d?)(?P<mark>[-/.])(?P<b>\d\d?)(?P=mark){_Y}", _either_first),
    ]
]
