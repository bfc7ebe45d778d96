"""How many events of a lane lie in each unit of time, as one path, or two where there is doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from config.edtf.periods import periods
from config.edtf.units import Period
from events.charts.axis import Axis
from events.charts.lanes.ticks import short_words
from events.charts.widths import text_width

HEIGHT = 32  # pixels, of the highest bar
LABEL = 14  # pixels above the bars, for the number of the highest
_SIZE = 11
# Pixels: how wide a bar is, and how high, at least.
_NARROWEST, _LOWEST = 2.4, 0.8


class Count(NamedTuple):
    """Of a bin: how many events surely lie in it, and how many may, these included."""

    surely: int
    number: int

    @property
    def perhaps(self) -> int:
        return self.number - self.surely


@dataclass(frozen=True, slots=True)
class Bins:
    """The bins of an axis; the first may be the gutter before it, the last the one behind it."""

    periods: list[Period]
    axis: Axis

    @property
    def starts(self) -> list[int]:
        """Of each bin the first day; of the gutter before the axis, one that is before all."""
        first = [-(2**62)] if self.axis.has_earlier else []
        last = [self.axis.last_day + 1] if self.axis.has_later else []
        within = [max(period.first_day, self.axis.first_day) for period in self.periods]
        return [*first, *within, *last]

    @property
    def last_day(self) -> int:
        return 2**62 if self.axis.has_later else self.axis.last_day


def bins_of(axis: Axis) -> Bins:
    """Of the smallest unit of the calendar that has room enough."""
    room = (axis.end - axis.start) / 100 * axis.column
    found = periods(axis.first_day, axis.last_day, most=max(1, int(room / _NARROWEST)))
    return Bins(found, axis)


@dataclass(frozen=True, slots=True)
class Path:
    """A stepped path over the days of the axis: `d` in a box of so many days by `HEIGHT`."""

    d: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest bar in words, and where they stand: in percent, and by which of their ends."""

    words: str
    x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Density:
    """`earlier` and `later` are the numbers of events that may lie in the gutters, which have no
    scale."""

    paths: list[Path]
    peak: Peak | None
    earlier: int
    later: int

    @property
    def has_doubt(self) -> bool:
        return any(not path.is_sure for path in self.paths)

    @property
    def has_certainty(self) -> bool:
        return any(path.is_sure for path in self.paths)


def draw_density(bins: Bins, counts: Sequence[Count], top: int = 0) -> Density:
    """`counts` are those of `bins.starts`. A `top` that is given lets lanes share a scale."""
    first = 1 if bins.axis.has_earlier else 0
    within = counts[first : first + len(bins.periods)]
    return Density(
        list(_paths(bins, within, top or highest(bins, counts) or 1)),
        _peak(bins, within),
        earlier=counts[0].number if bins.axis.has_earlier else 0,
        later=counts[-1].number if bins.axis.has_later else 0,
    )


def highest(bins: Bins, counts: Sequence[Count]) -> int:
    """The greatest number of a bin, gutters aside."""
    first = 1 if bins.axis.has_earlier else 0
    return max((count.number for count in counts[first : first + len(bins.periods)]), default=0)


def _paths(bins: Bins, within: Sequence[Count], top: int) -> Iterator[Path]:
    axis = bins.axis
    days = [
        min(period.last_day, axis.last_day) - max(period.first_day, axis.first_day) + 1
        for period in bins.periods
    ]
    if any(count.number > count.surely for count in within):
        yield Path(_stepped(days, [count.number for count in within], top), is_sure=False)
    if any(count.surely for count in within):
        yield Path(_stepped(days, [count.surely for count in within], top), is_sure=True)


def _stepped(days: Sequence[int], numbers: Sequence[int], top: int) -> str:
    """From the base line up and down, and along it where there is nothing."""
    parts = [f"M0 {HEIGHT}"]
    level, run = 0.0, 0
    for length, number in zip(days, numbers, strict=True):
        height = max(round(number / top * HEIGHT, 1), _LOWEST) if number else 0.0
        if height != level:
            parts += [f"h{run}"] if run else []
            parts.append(f"v{level - height:.1f}".replace(".0", ""))
            level, run = height, 0
        run += length
    parts.append(f"h{run}")
    return "".join([*parts, f"v{level:.1f}z"]).replace(".0z", "z")


def _peak(bins: Bins, within: Sequence[Count]) -> Peak | None:
    number = max((count.number for count in within), default=0)
    if not number:
        return None
    place = next(i for i, count in enumerate(within) if count.number == number)
    period, axis = bins.periods[place], bins.axis
    words = number_format(number, force_grouping=True)
    if number > within[place].surely:
        words = _("up to %(number)s") % {"number": words}
    words = f"{words} · {short_words(period)}"
    first, last = max(period.first_day, axis.first_day), min(period.last_day, axis.last_day)
    middle = (axis.x(first) + axis.x(last + 1)) / 2
    half = text_width(words, _SIZE) / axis.column * 50
    if middle < half:
        return Peak(words, 0.0, "start")
    return (
        Peak(words, 100.0, "end")
        if middle > 100 - half
        else Peak(words, round(middle, 2), "middle")
    )
