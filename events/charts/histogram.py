"""Histograms as SVG made on the server: how many events may lie, and surely lie, in each period.

A bar is as high as the number of events that may lie in its period, which is the number that a
list of that period has. It is solid up to those that surely lie in it, and light above. So one
measure is drawn and written. What has no date at all is not drawn, but counted in a note.

Lengths along the axis are percentages and heights pixels, so that a drawing fits any width without
stretching its lines. Nothing has a style of its own: the policy of the site forbids it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext_lazy

from config.edtf.units import Period
from config.lists.count_words import written
from events.charts.tallies import Tallies, Tally

HEIGHT = 96
# Of fewer rows no histogram is made: the list shows each.
FEWEST = 50


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted, in the sentences around a drawing; plurals as in `CountWords`."""

    number: Any
    caption: str | Promise
    undated: Any


EVENTS = Unit(
    ngettext_lazy("%(number)s event", "%(number)s events", "count"),
    gettext_lazy("%(title)s: how many events lie in each period"),
    ngettext_lazy(
        "%(number)s event without any date is not drawn.",
        "%(number)s events without any date are not drawn.",
        "count",
    ),
)
STATEMENTS = Unit(
    ngettext_lazy("%(number)s statement", "%(number)s statements", "count"),
    gettext_lazy("%(title)s: how many statements lie in each period"),
    ngettext_lazy(
        "%(number)s statement without any date is not drawn.",
        "%(number)s statements without any date are not drawn.",
        "count",
    ),
)


@dataclass(frozen=True, slots=True)
class Layer:
    """A part of every bar: the series in it, its name, and the class that draws it."""

    series: str
    label: str
    css: str = "is-plain"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: `x` and `width` in percent, `y` and `height` in pixels from the top."""

    x: float
    width: float
    y: float
    height: float
    css: str


@dataclass(frozen=True, slots=True)
class Column:
    """One period: its numbers, by layer and together, and where its events are listed."""

    period: Period
    cells: list[Tally]
    total: Tally
    query: str
    is_tick: bool


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest bar, the first of several: its column and where it stands, in percent and pixels.

    `anchor` says which end of its label stands there, as SVG names it."""

    column: Column
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Histogram:
    """`key` is unique on its page. `top` is the number that the full height stands for.

    `number` counts each row once; those of the columns count a row in each that it may lie in.
    """

    key: str
    title: str
    unit: Unit
    layers: list[Layer]
    columns: list[Column]
    boxes: list[Box]
    top: int
    number: int
    undated: int
    # Whether a range of its time can be chosen on it.
    is_range: bool = False
    height: int = HEIGHT

    @cached_property
    def filled(self) -> list[Column]:
        """The rows of the table: periods in which something may lie."""
        return [column for column in self.columns if column.total.number]

    @cached_property
    def peak(self) -> Peak | None:
        numbers = [column.total.number for column in self.columns]
        highest = max(numbers)
        if not highest:
            return None
        place = numbers.index(highest)
        x = (place + 0.5) * 100 / len(numbers)
        anchor = "start" if x < 15 else "end" if x > 85 else "middle"
        return Peak(
            self.columns[place], round(x, 3), round(HEIGHT - highest * self.unit_height), anchor
        )

    @property
    def unit_height(self) -> float:
        """The height of one row in pixels."""
        return HEIGHT / self.top

    @property
    def number_in_words(self) -> str:
        return written(self.unit.number, self.number)

    @property
    def undated_in_words(self) -> str:
        return written(self.unit.undated, self.undated)

    @property
    def caption(self) -> str:
        return self.unit.caption % {"title": self.title}

    @property
    def has_doubt(self) -> bool:
        return any(column.total.possibly for column in self.columns)

    @property
    def has_certainty(self) -> bool:
        return any(column.total.surely for column in self.columns)


def is_worth_drawing(number: int, periods: Sequence[Period]) -> bool:
    """Whether so many rows over these periods make a picture."""
    return number >= FEWEST and len(periods) > 1


def draw(
    key: str,
    title: str,
    tallies: Tallies,
    layers: list[Layer],
    *,
    unit: Unit,
    number: int,
    link: Callable[[Period], str],
    top: int = 0,
    is_range: bool = False,
) -> Histogram:
    """One drawing of `number` rows, each a `unit`; `link` leads to those of a period.

    A `top` that is given lets several drawings share a scale.
    """
    by_layer = [tallies.of(layer.series) for layer in layers]
    together = tallies.of(*(layer.series for layer in layers))
    ticks = _ticks(len(tallies.periods))
    columns = [
        Column(period, [cells[i] for cells in by_layer], together[i], link(period), i in ticks)
        for i, period in enumerate(tallies.periods)
    ]
    top = top or highest(together)
    return Histogram(
        key=key,
        title=title,
        unit=unit,
        layers=layers,
        columns=columns,
        boxes=list(_boxes(columns, layers, top)),
        top=top,
        number=number,
        undated=tallies.undated(*(layer.series for layer in layers)),
        is_range=is_range,
    )


def highest(*series: Iterable[Tally]) -> int:
    """The greatest number of these series; 1 where there is none."""
    return max((tally.number for tally in chain(*series)), default=0) or 1


def _ticks(number: int) -> set[int]:
    """Which columns have their date beside them: three at most, none too near another or the last
    edge, on a phone."""
    if number <= 3:
        return set(range(number))
    return {0, number // 2} if number < 8 else {0, number // 3, 2 * number // 3}


def _boxes(columns: list[Column], layers: list[Layer], top: int) -> Iterable[Box]:
    width, unit = 100 / len(columns), HEIGHT / top
    gap = width * 0.1
    names = [f"{layer.css} is-sure" for layer in layers]
    names += [f"{layer.css} is-unsure" for layer in layers]
    for i, column in enumerate(columns):
        numbers = [cell.surely for cell in column.cells]
        numbers += [cell.possibly for cell in column.cells]
        for number, end, name in zip(numbers, accumulate(numbers), names, strict=True):
            if number:
                yield Box(
                    round(i * width + gap, 3),
                    round(width - 2 * gap, 3),
                    round(HEIGHT - end * unit, 2),
                    round(number * unit, 2),
                    name,
                )
