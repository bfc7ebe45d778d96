"""First and last days of years, months, seasons and masked dates, in any year.

A day is its number in the proleptic Gregorian calendar, as `date.toordinal` counts: 0001-01-01 is
1, the day before it 0. Years are astronomical: 0 is 1 BCE, -43 is 44 BCE.
"""

import calendar
from datetime import date
from functools import cache

_DAYS_IN_400_YEARS = 146_097
_MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

# First and last month of each season; 0 is December of the year before, 15 March of the year after.
# Quarters are 33 to 36, thirds of a year 37 to 39, halves 40 and 41.
SEASON_MONTHS = (
    {21: (3, 12), 22: (0, 15), 23: (3, 12), 24: (0, 15)}  # no hemisphere given
    | {25: (3, 6), 26: (6, 9), 27: (9, 12), 28: (0, 15)}  # northern
    | {29: (9, 12), 30: (0, 15), 31: (3, 6), 32: (6, 9)}  # southern
    | {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
    | {37: (1, 4), 38: (5, 8), 39: (9, 12), 40: (1, 6), 41: (7, 12)}
)


def day_number(year: int, month: int, day: int) -> int:
    """The day's number; the calendar repeats after 400 years."""
    cycles, year_in_cycle = divmod(year - 1, 400)
    return date(year_in_cycle + 1, month, day).toordinal() + cycles * _DAYS_IN_400_YEARS


def year_of(number: int) -> int:
    """The astronomical year that the day of that number lies in."""
    cycles, day_in_cycle = divmod(number - 1, _DAYS_IN_400_YEARS)
    return date.fromordinal(day_in_cycle + 1).year + 400 * cycles


def day_text(number: int) -> str:
    """The day of that number as ISO 8601 writes it; longer years keep all their digits."""
    day = date.fromordinal((number - 1) % _DAYS_IN_400_YEARS + 1)
    year = year_of(number)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{day.month:02}-{day.day:02}"


def fits(number: int, mask: str) -> bool:
    """Whether the number's digits can be read into the mask, whose X stand for any digit."""
    digits = f"{number:0{len(mask)}}"
    return len(digits) == len(mask) and all(
        place in ("X", digit) for place, digit in zip(mask, digits, strict=True)
    )


def leap_years(low: int, high: int, mask: str) -> list[int]:
    """The leap years from `low` to `high` whose digits fit the mask."""
    return [y for y in range(low, high + 1) if calendar.isleap(y) and fits(abs(y), mask)]


def fitting_days(year: int, month_mask: str, day_mask: str) -> list[tuple[int, int]]:
    """The (month, day) pairs of that year which fit both masks, in order."""
    return [
        (month, day)
        for month in _fitting_numbers(month_mask)
        if month <= 12
        for day in _fitting_numbers(day_mask)
        if day <= _month_length(year, month)
    ]


def masked_bounds(low: int, high: int, month_mask: str, day_mask: str) -> tuple[int, int] | None:
    """First and last day in the years `low` to `high` that fit the masks; None if none does."""
    first, last = fitting_days(low, month_mask, day_mask), fitting_days(high, month_mask, day_mask)
    if not first or not last:
        return None
    return day_number(low, *first[0]), day_number(high, *last[-1])


def season_bounds(low: int, high: int, season: int) -> tuple[int, int]:
    """First and last day that the season of a year from `low` to `high` can have."""
    first_month, last_month = SEASON_MONTHS[season]
    # divmod by 12 of months counted from 0 carries into the year before or after.
    first_carry, first_month = divmod(first_month - 1, 12)
    after_carry, after_month = divmod(last_month, 12)
    return (
        day_number(low + first_carry, first_month + 1, 1),
        day_number(high + after_carry, after_month + 1, 1) - 1,
    )


@cache
def _fitting_numbers(mask: str) -> tuple[int, ...]:
    return tuple(number for number in range(1, 32) if fits(number, mask))


def _month_length(year: int, month: int) -> int:
    return 29 if month == 2 and calendar.isleap(year) else _MONTH_LENGTHS[month - 1]
