"""The grammar of Chinese and English dates: parses a date at a position of a text into an interval of days.

Where the calendar does not settle a rule, it is a convention of this project:
- A date without a year is the nearest at or before the publication; with words for the future (将在5月6日), at or after.
- 上旬, 初 of a month: days 1 to 10; 中旬: 11 to 20; 下旬, 末, 尾, 底: 21 to the end.
- 初 of a year: January to March; 年中: May to August; 末, 底: October to December. 春 March to May, and so on.
- A day without a month (16日), 同月, 同年, 当日 and 三天后 are relative to the previous date in the text; in running text
  without one, 16日 is the last such day up to the publication.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from models_catalog.text.calendar_patterns import (
    DAY_WORD,
    DAY_WORDS,
    ENGLISH,
    ENGLISH_DAY,
    FIGURES,
    HOUR,
    ISO,
    JUST_A_DAY,
    MONTH_PARTS,
    MONTH_PARTS_EN,
    MONTHS_EN,
    PLAIN,
    POINT,
    RANGE,
    SEASON_FRILLS,
    SEASONS,
    SLASHED,
    WEEKDAYS_EN,
    YEAR_WORDS,
)
from models_catalog.text.days import Days, NotADate, day, month, months, year
from models_catalog.text.numerals import normalise, number_of

_Maker = Callable[[int], Days]


@dataclass(frozen=True)
class Context:
    published: Days
    previous: Days | None
    future: bool
    in_text: bool = False
    """Whether a day without a month may be relative to the publication, as in news."""


def plain(text: str) -> str:
    """`text` in simplified, half-width characters, as the grammar needs it; the length is the same."""
    return normalise(text).translate(PLAIN)


def read_date(text: str, start: int, context: Context) -> tuple[Days, int] | None:
    """The date or range at `start` of a plain text and its end, or None. Raises NotADate if impossible or ambiguous."""
    first = _read_point(text, start, context)
    if first is None:
        return None
    to = RANGE.match(text, first[1])
    second = _read_point(text, to.end(), Context(first[0], first[0], future=True)) if to else None
    if second is None:
        return first
    return Days(first[0].first, second[0].last), second[1]


def _read_point(text: str, start: int, context: Context) -> tuple[Days, int] | None:
    """One date at `start`, and the end of its time of day, which is ignored; None if there is none."""
    for pattern, reader in (
        (ENGLISH, _english),
        (ENGLISH_DAY, _english_day),
        (ISO, _iso),
        (SLASHED, _slashed),
        (DAY_WORD, _relative_day),
        (POINT, _calendar),
    ):
        match = pattern.match(text, start)
        if match is None or not match.group().strip():
            continue
        days = reader(match, context)
        hour = HOUR.match(text, match.end()) if days.is_day else None
        return days, hour.end() if hour else match.end()
    return None


def _iso(match: re.Match[str], _context: Context) -> Days:
    if match["day"]:
        return day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["mark"] == "." or len(match["month"]) != 2:
        raise NotADate(f"“{match.group()}” is a number rather than a month.")
    return month(int(match["year"]), int(match["month"]))


def _slashed(match: re.Match[str], _context: Context) -> Days:
    """3/16/2023 and 16/3/2023 are 16 March; 3/4/2023 is ambiguous."""
    one, two = int(match["one"]), int(match["two"])
    if one != two and max(one, two) < 13:
        raise NotADate(f"“{match.group()}” may be of two months.")
    return day(int(match["year"]), *((two, one) if one > 12 else (one, two)))


def _english(match: re.Match[str], context: Context) -> Days:
    """March 16, 2023; 16 March 2023; March 2023; without a year as in Chinese."""
    number = MONTHS_EN.index(match["month"][:3].lower()) + 1
    figures = match["first"] or match["day"]
    if not (figures or match["year"] or match["lead"] or match["which"]):
        raise NotADate(f"“{match.group()}” may be a word.")
    part = MONTH_PARTS_EN.get((match["lead"] or "").lower()[:3], (1, 31))

    def make(in_year: int) -> Days:
        if figures:
            return day(in_year, number, int(figures))
        return months(in_year, number, number, first_day=part[0], last_day=part[1])

    if match["which"]:
        return make(context.published.last.year - (match["which"].lower() == "last"))
    return make(int(match["year"])) if match["year"] else _nearest(make, context)


def _english_day(match: re.Match[str], context: Context) -> Days:
    """A weekday, the last one up to and including the publication; today, yesterday, the same day; this month, last week."""
    if match["same"] and context.previous and context.previous.is_day:
        return context.previous
    if match["same"] or not context.published.is_day or (context.future and not match["span"]):
        raise NotADate(f"“{match.group()}” needs the day of publication.")
    if match["span"]:
        return _english_span(_SIDES.get(match["side"].lower(), 0), match["span"].lower(), context.published)
    if match["day"]:
        return _moved(context.published, -1 if match["day"].lower() == "yesterday" else 0)
    weekday = WEEKDAYS_EN.index(match["weekday"][:3].lower())
    return _moved(context.published, -((context.published.first.weekday() - weekday) % 7))


_SIDES: Final = {"last": -1, "next": 1}


def _english_span(side: int, span: str, published: Days) -> Days:
    """Last, this or next week (Monday to Sunday), month or year."""
    if span == "week":
        monday = _moved(published, -published.first.weekday() + 7 * side)
        return Days(monday.first, _moved(monday, 6).last)
    if span == "year":
        return year(published.first.year + side)
    count = published.first.year * 12 + published.first.month - 1 + side
    return month(count // 12, count % 12 + 1)


def _relative_day(match: re.Match[str], context: Context) -> Days:
    word = match["word"]
    if match["week"] or match["weekday"]:
        return _week(match.group(), context)
    if match["years"]:
        then = context.published if match["same"][0] == "今" else context.previous
        if then is None or not then.is_day:
            raise NotADate(f"“{match.group()}” needs a day that it counts from.")
        return day(then.first.year - _number(match["years"]), then.first.month, then.first.day)
    base = context.published if word and word[0] in "今昨前明" else context.previous
    if base is None or not base.is_day:
        raise NotADate(f"“{match.group()}” needs a day that it counts from.")
    if word:
        return _moved(base, DAY_WORDS[word[0]])
    return _moved(base, _number(match["count"]) * (1 if match["side"] == "后" else -1))


def _week(words: str, context: Context) -> Days:
    """Monday to Sunday of the week of publication or of a week relative to it; with a weekday, that day."""
    if not context.published.is_day:
        raise NotADate(f"“{words}” needs the day of publication.")
    today = context.published.first
    shift = -words.count("上") + words.count("下")
    monday = _moved(context.published, 7 * shift - today.weekday())
    named = "一二三四五六日".find(words[-1].replace("天", "日"))
    if words[0] in "周星" and named > today.weekday():
        monday = _moved(monday, -7)
    return _moved(monday, named) if named >= 0 else Days(monday.first, _moved(monday, 6).last)


def _moved(base: Days, count: int) -> Days:
    try:
        moved = base.first + timedelta(days=count)
    except OverflowError as error:
        raise NotADate("The calendar ends before that day.") from error
    return day(moved.year, moved.month, moved.day)


def _number(figures: str) -> int:
    value = number_of(figures)
    if value is None:
        raise NotADate(f"“{figures}” is no number.")
    return int(value)


def _calendar(match: re.Match[str], context: Context) -> Days:
    """A date in words for year, month and day, each optional."""
    in_year = _year_of(match, context)
    in_month = _number(match["month"]) if match["month"] else None
    if match["month_word"] or (in_month is None and _is_inside_a_month(match)):
        if in_year is not None:
            raise NotADate(f"“{match.group()}” names a year and a month that is relative.")
        in_year, in_month = _month_of(match["month_word"] or match.group(), context)
    make = _maker(match, in_month)
    if match["from_year"]:
        if in_month or match["season"] or match["part"] or in_year is None:
            raise NotADate(f"“{match.group()}” is no range of years.")
        return Days(year(int(match["from_year"])).first, year(in_year).last)
    return make(in_year) if in_year is not None else _nearest(make, context)


def _is_inside_a_month(match: re.Match[str]) -> bool:
    """Whether only a day or a third of a month is given: 16日, 中旬."""
    return bool(match["day"]) or (bool(match["part"]) and "旬" in match["part"])


def _year_of(match: re.Match[str], context: Context) -> int | None:
    if figures := match["year"]:
        if len(figures) == 2:
            return 2000 + int(figures)
        return int("".join(str(FIGURES.index(char)) if char in FIGURES else char for char in figures))
    word = match["year_word"]
    if not word:
        return None
    if word in YEAR_WORDS:
        return context.published.last.year + YEAR_WORDS[word]
    if context.previous is None or not context.previous.is_in_one_year:
        raise NotADate(f"“{word}” needs a year before it.")
    return context.previous.first.year + (1 if word in ("次年", "翌年") else 0)


def _month_of(word: str, context: Context) -> tuple[int, int]:
    """Year and month of 本月, 上月, 月, relative to the article; of 同月, 16日, 中旬, relative to the previous date."""
    is_of_article = word.endswith("月") and word[0] in "本上下月"
    base = context.published if is_of_article else context.previous
    if base is None and context.in_text and JUST_A_DAY.fullmatch(word.strip()) and context.published.is_day:
        return _last_month_with(_number(word.strip()[:-1]), context.published)
    if base is None or not base.is_in_one_month:
        raise NotADate(f"“{word.strip()}” needs a month that it belongs to.")
    shift = {"上": -1, "下": 1}.get(word[0], 0) if is_of_article else int(word[0] == "次")
    moved = base.first.year * 12 + base.first.month - 1 + shift
    return moved // 12, moved % 12 + 1


def _last_month_with(number: int, published: Days) -> tuple[int, int]:
    """Year and month of the last day with that number up to the publication: 20日 in news."""
    count = published.first.year * 12 + published.first.month - 1 - (number > published.first.day)
    return count // 12, count % 12 + 1


def _maker(match: re.Match[str], in_month: int | None) -> _Maker:
    """A function from a year to the days meant in it."""
    number, part, season = match["day"], match["part"], match["season"]
    if in_month is not None:
        if match["from_month"]:
            if number or part:
                raise NotADate(f"“{match.group()}” is no range of months.")
            return lambda in_year: months(in_year, int(match["from_month"]), in_month)
        if number:
            return lambda in_year: day(in_year, in_month, _number(number))
        first_day, last_day = MONTH_PARTS[part[0]] if part else (1, 31)
        return lambda in_year: months(in_year, in_month, in_month, first_day=first_day, last_day=last_day)
    if (season and part) or not (season or match["year"] or match["year_word"]):
        raise NotADate(f"“{match.group()}” is no date.")
    if season and season[0] == "冬":
        return lambda in_year: Days(months(in_year, 12, 12).first, month(in_year + 1, 2).last)
    if season or part:
        first, last = SEASONS[SEASON_FRILLS.sub("", season or part).lower()]
        return lambda in_year: months(in_year, first, last)
    return year


def _nearest(make: _Maker, context: Context) -> Days:
    """The days in the year nearest to the publication (see above); tries nine years or more, enough for 29 February."""
    if context.future:
        years = range(context.published.first.year - 1, context.published.first.year + 9)
    else:
        years = range(context.published.last.year, context.published.last.year - 9, -1)
    problem: NotADate | None = None
    for in_year in years:
        try:
            days = make(in_year)
        except NotADate as error:
            problem = problem or error
            continue
        if days.last >= context.published.first if context.future else days.first <= context.published.last:
            return days
    raise problem or NotADate("No year near the article has this date.")
