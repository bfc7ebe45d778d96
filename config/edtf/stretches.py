"""What a date states of the days that it can mean: what a drawing of it shows.

A stretch is a run of days. On a day the date is. Through all of the days it lasts. Within them it
is one, or begins or ends on one. An end that is not known is None.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from config.edtf.reading import Element, Shape, SimpleDate, read


class Body(StrEnum):
    """What is known of the days of a stretch."""

    ON = "on"
    THROUGH = "through"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Stretch:
    body: Body
    first_day: int | None
    last_day: int | None


@lru_cache(maxsize=4096)
def stretches(text: str) -> tuple[Stretch, ...]:
    """Of an EDTF text, in the order of time; none where it names no day. Raises DateError.

    Doubt that a qualifier (? ~ %) adds has no days, and is not in them.
    """
    reading = read(text)
    elements = reading.elements
    if not elements:
        return ()
    first, last = elements[0].first_day, elements[-1].last_day
    if first is None and last is None:
        return ()
    match reading.shape:
        case Shape.INTERVAL:
            return _interval(elements[0])
        case Shape.ALL_OF:
            return (Stretch(Body.THROUGH, first, last),)
        case _:
            is_day = first == last
            return (Stretch(Body.ON if is_day else Body.WITHIN, first, last),)


def _interval(element: Element) -> tuple[Stretch, ...]:
    """It lasts from its beginning to its end. Where one of these is a month or a year, it begins or
    ends within that."""
    start, end = _days(element.first), _days(element.last)
    if start[1] is not None and end[0] is not None and start[1] >= end[0]:
        # No day is surely between the beginning and the end.
        is_day = start[0] == end[1]
        return (Stretch(Body.ON if is_day else Body.WITHIN, start[0], end[1]),)
    begins = _edge(start)
    ends = _edge(end)
    first = start[0] if begins is None or start[1] is None else start[1] + 1
    last = end[1] if ends is None or end[0] is None else end[0] - 1
    through = Stretch(Body.THROUGH, first, last)
    is_empty = first is not None and last is not None and first > last
    parts = (begins, None if is_empty else through, ends)
    return tuple(part for part in parts if part is not None)


def _days(end: SimpleDate | str | None) -> tuple[int | None, int | None]:
    return (end.first_day, end.last_day) if isinstance(end, SimpleDate) else (None, None)


def _edge(days: tuple[int | None, int | None]) -> Stretch | None:
    """The days within which it begins or ends; None where that is one day, or not known."""
    return None if days[0] == days[1] else Stretch(Body.WITHIN, *days)
