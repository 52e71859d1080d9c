"""Dates: parses words of an article into intervals of days, parses filter bounds, and formats dates for readers.

`calendar_words` has the grammar, `days` the intervals.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from models_catalog.text.calendar_words import Context, plain, read_date
from models_catalog.text.days import Days as Days
from models_catalog.text.days import NotADate as NotADate
from models_catalog.text.days import day, month, year

MAX_DATE_CHARS: Final = 40


@dataclass(frozen=True)
class FoundDays:
    """A date at `text[start:end]` (code points), as written, and the days that it means."""

    start: int
    end: int
    text: str
    days: Days


def parse_days(text: str, published: Days, previous: Days | None = None, *, future: bool = False) -> Days:
    """The days that `text` means in an article published on `published`, after a date `previous` in it.

    Raises NotADate unless `text` is exactly one date, and if it needs a `previous` that is missing.
    """
    if len(text) > MAX_DATE_CHARS:
        raise NotADate(f"A date has at most {MAX_DATE_CHARS} characters, this has {len(text)}.")
    words = plain(text).strip()
    read = read_date(words, 0, Context(published, previous, future)) if words else None
    if read is None or read[1] != len(words):
        raise NotADate(f"“{text}” is not exactly one date.")
    return read[0]


def find_days(text: str, published: Days, previous: Days | None = None) -> list[FoundDays]:
    """The dates in `text` in order, each relative to the one before, the first to `previous`; 将 means the future."""
    words = plain(text)
    found: list[FoundDays] = []
    position = 0
    while start := _START.search(words, position):
        before = found[-1].days if found else previous
        context = Context(published, before, _speaks_of_future(words, start.start()), in_text=True)
        try:
            read = read_date(words, start.start(), context)
            if read is not None and context.future and (read[0].first - published.last).days > _FAR_AHEAD:
                read = read_date(words, start.start(), replace(context, future=False))
        except NotADate:
            position = _past_impossible(words, start.start())
            continue
        position = start.start() + 1
        if read is not None and found and _YEARLESS.fullmatch(words[start.start() : read[1]].strip()):
            read = _in_the_year_of(found[-1], words, start.start(), context) or read
        if read is not None and _FINDABLE.search(words[start.start() : read[1]]):
            position = read[1]
            stated = text[start.start() : position].rstrip()
            found.append(FoundDays(start.start(), start.start() + len(stated), stated, read[0]))
    return found


_YEARLESS: Final = re.compile(r"[0-9]{1,2} ?月(?:份|[0-9 ]{1,3}[日号]|[上中下]旬|[初中末底])?.{0,4}")
_WITH_YEAR: Final = re.compile(r"[0-9]{4}|[今去前]年")


def _in_the_year_of(before: FoundDays, words: str, start: int, context: Context) -> tuple[Days, int] | None:
    """The second date of 2023年4月7日内测,9月13日开放: in the year of the first, or the next if it is earlier in the year."""
    if not _WITH_YEAR.search(before.text) or re.search("[。！？\n]", words[before.end : start]):
        return None
    read = read_date(words, start, replace(context, published=before.days, future=True))
    return read if read and read[0].first <= context.published.last else None


_START: Final = re.compile(
    r"(?<![0-9.])[0-9]|(?<![零一二三四五六七八九十百第])[一二三四五六七八九十两]"
    r"|[今去前明同本][年月]|次月|上个?月|下个?月|[上下]半年|[一两二三]年前的?(?:今天|今日|同一天|同日)|[同次昨今]日|(?<![目此当之以先年月])前日(?!均)|同一天|[今昨前]天|昨晚|今起|[上本下]周(?!期|边|围|年|转|遭|身|密|到)|(?<![上本这下每个])(?:周|星期)[一二三四五六日天](?=[，,（(上下晚早凌中]|宣布|正式|发布|推出|开源|上线|表示|在|起|公布)|(?<![0-9今去明同前当次一二三四五六七八九十])年[初中末底](?![会账])|第?[一二三四]季度"
    r"|(?i:(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* (?=[0-9])|(?<![a-z])(?:in|early|mid|late)[ -](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?![a-z])|(?<![a-z])(?:the same day|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|(?:last|next|(?:earlier |later )?this) (?:month|week|year))(?![a-z]))"
)
_FINDABLE: Final = re.compile("[年月日天周]|星期|季度|昨晚|今起|[0-9][-/.][0-9]|[A-Za-z]{3}")
_IMPOSSIBLE: Final = re.compile("[0-9 年月日号]*")
_FUTURE: Final = re.compile(
    r"将(?!近)|计划|预计|即将|拟于?|有望|定[于在]|要[等晚迟拖]?到|[得需][等拖]到|[等晚迟拖]到(?=[^，,。；]{0,16}才[会能])|(?<![大布年展峰晚议])会[在于]|(?i:\b(?:will|would|plans? to|planned|expected|scheduled|due|set to)\b)"
)
_PLANNED_BEHIND: Final = re.compile(
    r"[0-9年月日号上中下旬初底末 ]{1,12}[，,]?(?:(?!发布|推出|开源|上线)[^，,。；;]){0,14}(?:将(?!近)|计划|拟|才[会能])"
)
_FAR_AHEAD: Final = 240
"""Days beyond which a plan without a year is placed in the past year: in December 将于11月29日 is past."""
_TOLD_BEFORE: Final = re.compile("此前|曾|原定|早前|早先|当时")
_CLAUSE_END: Final = re.compile("[。,，;；!！?？\n]")


def _past_impossible(text: str, start: int) -> int:
    """The position after a date that does not exist: no part of 2月30日 is a date."""
    rest = _IMPOSSIBLE.match(text, start + 1)
    return rest.end() if rest else start + 1


def _speaks_of_future(text: str, start: int) -> bool:
    before = text[max(0, start - (60 if text[start].isascii() and text[start].isalpha() else 20)) : start]
    if _PLANNED_BEHIND.match(text, start):
        return True
    return _FUTURE.search(_CLAUSE_END.split(before)[-1]) is not None and not _TOLD_BEFORE.search(before)


_BOUND: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:年|[-/](?P<month>[0-9]{1,2})(?:[-/](?P<day>[0-9]{1,2}))?|年(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?)?"
)


def parse_day_bound(text: str) -> Days:
    """A filter bound: `2023`, `2023-04`, `2023-04-16`, `2023年4月`. Raises NotADate for anything else."""
    match = _BOUND.fullmatch(plain(text[: MAX_DATE_CHARS + 1]).replace(" ", ""))
    if match is None:
        raise NotADate("Write a year, a month or a day: 2023, 2023-04 or 2023-04-16.")
    in_month, number = match["month"] or match["m"], match["day"] or match["d"]
    if number:
        return day(int(match["year"]), int(in_month), int(number))
    return month(int(match["year"]), int(in_month)) if in_month else year(int(match["year"]))


_MONTHS: Final = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


def format_days(days: Days, language: str) -> str:
    """For readers: `2023年3月16日`, `2023年6月`, `2023年`; in other languages `16 March 2023`, `June 2023`, `2023`.

    Anything but a day, month or year is a range: `2023年1月至6月`, `11–20 April 2023`. A range from 1 January to a day in
    the same year is shown by its end: `2023, by 11 April`.
    """
    first, last = days.first, days.last
    chinese = language.lower().startswith("zh")
    write = _chinese if chinese else _english
    if days.is_day:
        return write(first, "ymd")
    parts = "ymd"
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        parts = "y" if (first.month, last.month) == (1, 12) else "ym"
    if write(first, parts) == write(last, parts):
        return write(first, parts)
    if parts == "ymd" and days.is_in_one_year and (first.month, first.day) == (1, 1):
        return (
            f"{first.year}年，不晚于{write(last, 'md')}"
            if chinese
            else f"{first.year}, by {write(last, 'md')}"
        )
    shared = "y" if days.is_in_one_year and "m" in parts else ""
    shared += "m" if days.is_in_one_month and "d" in parts else ""
    short = "".join(part for part in parts if part not in shared)
    if chinese:
        return f"{write(first, parts)}至{write(last, short)}"
    separator = "–" if " " not in write(first, short) + write(last, parts if not shared else short) else " – "
    return f"{write(first, short)}{separator}{write(last, parts)}"


def _chinese(moment: date, parts: str) -> str:
    written = {"y": f"{moment.year}年", "m": f"{moment.month}月", "d": f"{moment.day}日"}
    return "".join(written[part] for part in parts)


def _english(moment: date, parts: str) -> str:
    written = {"y": str(moment.year), "m": _MONTHS[moment.month - 1], "d": str(moment.day)}
    return " ".join(written[part] for part in reversed(parts))
