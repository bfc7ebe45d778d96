"""Periods to count dates in: days, weeks, months, quarters, years or more, after the span.

Day numbers are those of `config.edtf.dates`. Periods follow the calendar, so the first and the last
one may reach beyond the days that they were made for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from config.edtf.bounds import day_number, day_text, year_of
from config.edtf.dates import parse

# As many bars as stand side by side on a phone.
MOST = 32
# Weeks begin on Mondays, as 0001-01-01 was one.
_WEEK = 7
# More days than these are laid over whole months or more.
MOST_BY_WEEKS = _WEEK * MOST


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

    @cached_property
    def words(self) -> str:
        """As short as it can be said: "April 2017", "3 to 9 April 2017", "2010 to 2019"."""
        first, last = self.since, self.until
        ends = (day_text(self.first_day), day_text(self.last_day + 1))
        if all(end.endswith("-01-01") for end in ends):
            first, last = (_year_text(year_of(day)) for day in (self.first_day, self.last_day))
        elif all(end.endswith("-01") for end in ends):
            first, last = first[: -len("-01")], last[: -len("-01")]
        return parse(first if first == last else f"{first}/{last}").words


def periods(first_day: int, last_day: int, *, most: int = MOST) -> list[Period]:
    """The periods that hold the days from the first to the last, of the finest unit that gives
    no more than `most` of them."""
    for length, after in _units(first_day, last_day, most):
        # An estimate first: not every day of ten thousand years is worth trying.
        if (last_day - first_day) / length > most:
            continue
        starts = [after(first_day, 0)]
        while starts[-1] <= last_day:
            starts.append(after(starts[-1], 1))
        if len(starts) - 1 <= most:
            return [Period(start, end - 1) for start, end in pairwise(starts)]
    raise ValueError("the last unit holds everything")


def periods_within(
    days: tuple[int, int] | None, since: int | None, until: int | None
) -> list[Period]:
    """The periods of a range of time, as far as the days that dates are known to touch lie in it;
    none where no day does."""
    if days is None:
        return []
    first, last = days
    first = max(first, since) if since is not None else first
    last = min(last, until) if until is not None else last
    return periods(first, last) if first <= last else []


def _units(
    first_day: int, last_day: int, most: int
) -> list[tuple[float, Callable[[int, int], int]]]:
    """Each unit's greatest length in days, and a function: the start of the unit that a day lies
    in, or of one that comes some units later."""
    units: list[tuple[float, Callable[[int, int], int]]] = [
        (1, lambda day, steps: day + steps),
        (_WEEK, lambda day, steps: day - (day - 1) % _WEEK + steps * _WEEK),
        (31, _months(1)),
        (92, _months(3)),
    ]
    # EDTF has neither days nor months of longer years: no filter could ask for them.
    if year_of(first_day) < -9999 or year_of(last_day) > 9999:
        units = []
    size = 1
    while size * most <= (last_day - first_day + 1) // 18 + most:
        units += [(size * scale * 366, _years(size * scale)) for scale in (1, 2, 5)]
        size *= 10
    return units


def _months(size: int) -> Callable[[int, int], int]:
    def start(day: int, steps: int) -> int:
        year = year_of(day)
        month = next(m for m in range(12, 0, -1) if day_number(year, m, 1) <= day)
        carry, number = divmod((month - 1) // size * size + steps * size, 12)
        return day_number(year + carry, number + 1, 1)

    return start


def _years(size: int) -> Callable[[int, int], int]:
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
