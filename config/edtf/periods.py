"""Periods to count dates in: days, weeks, months, quarters, years or more, after the span.

Periods follow the calendar, so the first and the last one may reach beyond the days that they were
made for.
"""

from collections.abc import Iterator

from config.edtf.bounds import year_of
from config.edtf.units import DAY, MONTH, QUARTER, WEEK, Period, Unit, of_years

# As many bars as stand side by side on a phone.
MOST = 32
# More days than these are laid over whole months or more.
MOST_BY_WEEKS = WEEK.length * MOST


def periods(first_day: int, last_day: int, *, most: int = MOST) -> list[Period]:
    """The periods that hold the days from the first to the last, of the finest unit that gives
    no more than `most` of them."""
    for unit in units_over(first_day, last_day, most):
        # An estimate first: not every day of ten thousand years is worth trying.
        if (last_day - first_day) / unit.length > most:
            continue
        found = unit.between(first_day, last_day)
        if len(found) <= most:
            return found
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


def units_over(first_day: int, last_day: int, most: int) -> Iterator[Unit]:
    """From the finest on, to one of which no more than `most` hold these days."""
    # EDTF has neither days nor months of longer years: no filter could ask for them.
    if year_of(first_day) >= -9999 and year_of(last_day) <= 9999:
        yield from (DAY, WEEK, MONTH, QUARTER)
    size = 1
    while size * most <= (last_day - first_day + 1) // 18 + most:
        yield from (of_years(size * scale) for scale in (1, 2, 5))
        size *= 10
