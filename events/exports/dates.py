"""A date with doubt, for formats that know years, months and days: never finer than it is known."""

from functools import lru_cache
from typing import NamedTuple

from config.edtf.bounds import day_text
from config.edtf.reading import Element, Shape, SimpleDate, read

# Formats with dates of four-digit years: the days of 0001-01-01 and 9999-12-31.
FIRST_DAY, LAST_DAY = 1, 3_652_059


class Ends(NamedTuple):
    """Start and end as reduced ISO 8601 (2017, 2017-04, 2017-04-04); None where not certain."""

    start: str | None
    end: str | None


@lru_cache(maxsize=4096)
def certain_ends(text: str) -> Ends:
    """What is beyond doubt about start and end, in years 1 to 9999.

    One day between 3 and 9 April 2017 is certainly "2017-04"; "about 2011" is nothing for certain.
    """
    reading = read(text)
    if reading.shape is Shape.EMPTY:
        return Ends(None, None)
    first, last = _first(reading.elements[0]), _last(reading.elements[-1])
    if reading.shape is not Shape.ONE_OF:
        return Ends(_certain(first, first), _certain(last, last))
    dates = [end for element in reading.elements for end in (element.first, element.last)]
    if any(isinstance(date, SimpleDate) and any(date.doubts) for date in dates):
        return Ends(None, None)
    shared = _certain(first, last)
    return Ends(shared, shared)


def _first(element: Element) -> SimpleDate | None:
    return element.first if isinstance(element.first, SimpleDate) else None


def _last(element: Element) -> SimpleDate | None:
    end = element.first if element.last is None else element.last
    return end if isinstance(end, SimpleDate) else None


def _certain(first: SimpleDate | None, last: SimpleDate | None) -> str | None:
    """What every day from `first` to `last` has in common, down to the first part in doubt."""
    if first is None or last is None:
        return None
    if first.first_day < FIRST_DAY or last.last_day > LAST_DAY:
        return None
    shared = common_part(first.first_day, last.last_day)
    undoubted = next((i for i, doubt in enumerate(first.doubts) if doubt), 3)
    return "-".join(shared[:undoubted]) or None


def common_part(first_day: int, last_day: int) -> list[str]:
    """Year, month and day, as far as the two days share them; years may have a sign."""
    shared: list[str] = []
    for one, other in zip(_parts(first_day), _parts(last_day), strict=True):
        if one != other:
            break
        shared.append(one)
    return shared


def _parts(day: int) -> tuple[str, str, str]:
    year, month, day_of_month = day_text(day).rsplit("-", 2)
    return year, month, day_of_month


class AxisDates(NamedTuple):
    """Where a date stands on an axis of time: parts of a date, as numbers, and of another."""

    start: list[int]
    end: list[int] | None


@lru_cache(maxsize=4096)
def on_axis(text: str) -> AxisDates | None:
    """The span from first to last possible day, as months and years where it is exactly one.

    Where one end is open the date stands at the other; None where both are.
    """
    reading = read(text)
    if reading.shape is Shape.EMPTY:
        return None
    first, last = _first(reading.elements[0]), _last(reading.elements[-1])
    if first is None or last is None:
        known = first or last
        return AxisDates(_numbers(known.first_day, known.last_day), None) if known else None
    if first is last:
        whole = _whole_part(first)
        if whole:
            return AxisDates(whole, None)
    start, end = first.first_day, last.last_day
    return AxisDates(_numbers(start, start), _numbers(end, end) if end != start else None)


def _whole_part(date: SimpleDate) -> list[int] | None:
    """The parts of a day, a month or a year; None for a season, a decade and the like."""
    parts = common_part(date.first_day, date.last_day)
    wanted = 3 if date.day else 2 if date.month else 1
    return [int(part) for part in parts] if len(parts) == wanted else None


def _numbers(first_day: int, last_day: int) -> list[int]:
    parts = common_part(first_day, last_day) or _parts(last_day)
    return [int(part) for part in parts]
