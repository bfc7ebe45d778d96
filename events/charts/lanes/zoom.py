"""Which part of time a drawn timeline shows, and where one can go from there.

The levels are those of the calendar: all dates, century, decade, year, month, week.
"""

from dataclasses import dataclass

from config.edtf.units import CENTURY, DAY, DECADE, MONTH, WEEK, YEAR, Period, Unit

_LEVELS = (WEEK, MONTH, YEAR, DECADE, CENTURY)
# A level is closer than a window if so much of the window is left, at most.
_CLOSER = 0.75
# Windows of more days move by whole months.
_MOVED_BY_DAYS = 62
_DAYS_OF_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Zoom:
    """`whole` are the days in which the dates crowd, `every` all days that they are known to touch.
    `window` is what is shown of them, None for all."""

    whole: Period
    every: Period
    window: Period | None = None

    @property
    def shown(self) -> Period:
        return self.window or self.whole

    def closer(self, day: int | None = None) -> Period | None:
        """The unit of the next closer level around a day, or around the middle."""
        unit = self.closer_unit
        return unit.around(self._middle if day is None else day) if unit else None

    @property
    def closer_unit(self) -> Unit | None:
        fitting = [unit for unit in _LEVELS if unit.length <= _CLOSER * self.shown.days]
        return fitting[-1] if fitting else None

    @property
    def crumbs(self) -> list[Period]:
        """The units around the window, the widest first, that are no wider than all dates."""
        if self.window is None:
            return []
        around = [unit.around(self._middle) for unit in reversed(_LEVELS)]
        return [
            found
            for found in around
            if found.holds(self.window) and self.window.days < found.days < self.whole.days
        ]

    @property
    def wider(self) -> Period | None:
        """The next wider window; None for all dates."""
        return self.crumbs[-1] if self.crumbs else None

    def moved(self, direction: int) -> Period | None:
        """The window moved by half of itself, later or earlier (1, -1); None beyond all dates."""
        window = self.shown
        if window.days <= _MOVED_BY_DAYS:
            half = direction * max(1, window.days // 2)
            moved = Period(window.first_day + half, window.last_day + half)
        else:
            half = direction * max(1, round(window.days / _DAYS_OF_A_MONTH / 2))
            moved = Period(
                MONTH.start(window.first_day, half), MONTH.start(window.last_day + 1, half) - 1
            )
        is_beyond = moved.last_day < self.every.first_day or moved.first_day > self.every.last_day
        return None if is_beyond else moved

    def around(self, day: int) -> Period:
        """A window as wide as the one shown, around a day."""
        fitting = [unit for unit in (DAY, *_LEVELS) if unit.length <= self.shown.days + 1]
        return fitting[-1].around(day)

    @property
    def _middle(self) -> int:
        return (self.shown.first_day + self.shown.last_day) // 2
