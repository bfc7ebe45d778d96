"""Periods, and the units of the calendar that they are made of: days, weeks, months, years.

Day numbers are those of `config.edtf.dates`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from config.edtf.bounds import day_number, day_text, year_of
from config.edtf.dates import parse

# The start of the unit that a day lies in, or of the one that comes so many units later.
Start = Callable[[int, int], int]


@dataclass(frozen=True)
class Period:
    first_day: int
    last_day: int

    @cached_property
    def since(self) -> str:
        """Its first day as a filter takes it (EDTF)."""
        return _edtf(self.first_day)

    @cached_property
    def until(self) -> str:
        return _edtf(self.last_day)

    @cached_property
    def start_words(self) -> str:
        """Its beginning, for the mark on an axis: a year, a month or a day."""
        text = self.since
        if day_text(self.first_day).endswith("-01-01") and self.last_day - self.first_day > 31:
            text = _year_text(year_of(self.first_day))
        elif text.endswith("-01") and self.last_day - self.first_day >= 27:
            text = text[: -len("-01")]
        return parse(text).words

    @property
    def days(self) -> int:
        return self.last_day - self.first_day + 1

    def holds(self, other: "Period") -> bool:
        return self.first_day <= other.first_day and other.last_day <= self.last_day

    @cached_property
    def text(self) -> str:
        """EDTF, as short as it can be written: "2017-04", "2017-04-03/2017-04-09"."""
        first, last = self.since, self.until
        ends = (day_text(self.first_day), day_text(self.last_day + 1))
        if all(end.endswith("-01-01") for end in ends):
            first, last = (_year_text(year_of(day)) for day in (self.first_day, self.last_day))
        elif all(end.endswith("-01") for end in ends):
            first, last = first[: -len("-01")], last[: -len("-01")]
        return first if first == last else f"{first}/{last}"

    @cached_property
    def words(self) -> str:
        """As short as it can be said: "April 2017", "3 to 9 April 2017", "2010 to 2019"."""
        return parse(self.text).words


@dataclass(frozen=True, slots=True)
class Unit:
    """`length` is the greatest number of days that one has."""

    length: int
    start: Start

    def around(self, day: int) -> Period:
        return Period(self.start(day, 0), self.start(day, 1) - 1)

    def between(self, first_day: int, last_day: int) -> list[Period]:
        """Those that hold the days from the first to the last."""
        starts = [self.start(first_day, 0)]
        while starts[-1] <= last_day:
            starts.append(self.start(starts[-1], 1))
        return [Period(start, end - 1) for start, end in pairwise(starts)]


def of_months(number: int) -> Unit:
    return Unit(31 * number, _months(number))


def of_years(number: int) -> Unit:
    """Counted from the year 0."""
    return Unit(366 * number, _years(number))


def _months(size: int) -> Start:
    def start(day: int, steps: int) -> int:
        year = year_of(day)
        month = next(m for m in range(12, 0, -1) if day_number(year, m, 1) <= day)
        carry, number = divmod((month - 1) // size * size + steps * size, 12)
        return day_number(year + carry, number + 1, 1)

    return start


def _years(size: int) -> Start:
    def start(day: int, steps: int) -> int:
        return day_number(year_of(day) // size * size + steps * size, 1, 1)

    return start


def _year_text(year: int) -> str:
    if -9999 <= year <= 9999:
        return f"{'-' if year < 0 else ''}{abs(year):04}"
    return f"Y{year}"


def _edtf(day: int) -> str:
    """The day; of years that need more than four digits, which EDTF has no days of, the year."""
    year = year_of(day)
    return day_text(day) if -9999 <= year <= 9999 else _year_text(year)


DAY = Unit(1, lambda day, steps: day + steps)
# Weeks begin on Mondays, as 0001-01-01 was one (ISO 8601).
WEEK = Unit(7, lambda day, steps: day - (day - 1) % 7 + steps * 7)
MONTH, QUARTER = of_months(1), of_months(3)
YEAR, DECADE, CENTURY = of_years(1), of_years(10), of_years(100)
