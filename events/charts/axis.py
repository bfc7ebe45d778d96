"""Some dates on one linear axis of days, and numbers on one from 0, each as wide as its doubt."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.edtf.dates import Kind, UncertainDate

# Room at either end, where what is open fades out, as a part of the days that are known.
_ROOM = 0.18
# Fewer days around a single one would make it look like a time.
_LEAST = 6
# What is narrower, in hundredths of the axis, is drawn as a dot.
_DOT = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """Hundredths of the axis. `shape` says how the date is in these days: `day`, on this one day;
    `all`, through all of them; `one`, on one of them. So, too, of a number: `day` is this one."""

    start: float
    width: float
    shape: str
    is_open_before: bool
    is_open_after: bool
    is_about: bool

    @property
    def middle(self) -> float:
        return round(self.start + self.width / 2, 2)

    @property
    def is_dot(self) -> bool:
        return self.shape == "day" and self.width < _DOT and not self.is_about

    @property
    def fading(self) -> str:
        """Which ends are not sharp."""
        if self.is_about or (self.is_open_before and self.is_open_after):
            return "both"
        return "before" if self.is_open_before else "after" if self.is_open_after else ""


class Axis:
    """From the first known end of these dates to the last, with room on both sides."""

    def __init__(self, dates: Iterable[UncertainDate]) -> None:
        known = [
            day for date in dates for day in (date.first_day, date.last_day) if day is not None
        ]
        first, last = min(known, default=0), max(known, default=0)
        room = max((last - first) * _ROOM, (_LEAST - (last - first)) / 2, 1)
        self._first, self._days = first - room, last - first + 1 + 2 * room

    def bar(self, when: UncertainDate) -> Bar | None:
        """None where neither end of the date is known."""
        if when.first_day is None and when.last_day is None:
            return None
        start = 0.0 if when.first_day is None else self._part(when.first_day)
        end = 100.0 if when.last_day is None else self._part(when.last_day + 1)
        return Bar(
            start=round(start, 2),
            width=round(end - start, 2),
            shape=_SHAPES.get(when.kind, "one"),
            is_open_before=when.first_day is None,
            is_open_after=when.last_day is None,
            is_about=when.is_qualified,
        )

    def _part(self, day: int) -> float:
        return 100 * (day - self._first) / self._days


# How far "about" reaches, drawn: no number says how far it does.
_ABOUT = 7


def bars_of_numbers(numbers: Iterable[tuple[float, float, bool]]) -> list[Bar]:
    """Of each its low and its high end, and whether it is said to be about so many."""
    given = list(numbers)
    first = min(0.0, *(low for low, _high, _is_about in given))
    length = (max(0.0, *(high for _low, high, _is_about in given)) - first) * 1.1 or 1.0

    def bar(low: float, high: float, is_about: bool) -> Bar:
        start, end = (100 * (value - first) / length for value in (low, high))
        more = _ABOUT if is_about else 0
        return Bar(
            start=round(start - more, 2),
            width=round(end - start + 2 * more, 2),
            shape="day" if low == high else "one",
            is_open_before=False,
            is_open_after=False,
            is_about=is_about,
        )

    return [bar(*number) for number in given]


_SHAPES = {Kind.DAY: "day", Kind.SPAN: "all", Kind.ALL_OF: "all"}
