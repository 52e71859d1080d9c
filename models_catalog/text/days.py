"""Intervals of days, the form of every date: a year is 365 or 366 days, not its first day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

FIRST_YEAR: Final = 1950
LAST_YEAR: Final = 2100


class NotADate(ValueError):
    """The text is not a day, month or year between FIRST_YEAR and LAST_YEAR, or is ambiguous."""


@dataclass(frozen=True)
class Days:
    """The days from `first` to `last`, both included. Raises NotADate if `first` is after `last`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise NotADate(f"{self.first} comes after {self.last}.")

    @property
    def is_day(self) -> bool:
        return self.first == self.last

    @property
    def is_in_one_year(self) -> bool:
        return self.first.year == self.last.year

    @property
    def is_in_one_month(self) -> bool:
        return self.is_in_one_year and self.first.month == self.last.month


def day(year: int, month: int, number: int) -> Days:
    """One day. Raises NotADate if it does not exist or its year is out of bounds."""
    _check(year)
    try:
        only = date(year, month, number)
    except ValueError as error:
        raise NotADate(f"There is no {year}-{month:02}-{number:02}.") from error
    return Days(only, only)


def months(year: int, first: int, last: int, *, first_day: int = 1, last_day: int = 31) -> Days:
    """From a day of one month to a day of another in the same year; `last_day` is cut to the length of its month.

    Raises NotADate for an invalid month or a year out of bounds.
    """
    _check(year)
    if not 1 <= first <= 12 or not 1 <= last <= 12:
        raise NotADate(f"There is no month {first if not 1 <= first <= 12 else last}.")
    return Days(date(year, first, first_day), date(year, last, min(last_day, monthrange(year, last)[1])))


def month(year: int, number: int) -> Days:
    return months(year, number, number)


def year(number: int) -> Days:
    return months(number, 1, 12)


def _check(number: int) -> None:
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotADate(f"The year {number} is not between {FIRST_YEAR} and {LAST_YEAR}.")
