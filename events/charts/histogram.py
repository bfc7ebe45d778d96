"""Histograms as SVG made on the server: how many events lie where in time, and how surely.

A bar is solid as far as its events surely lie in the period. An event with an uncertain date is a
light bar spread evenly over every period it can mean, so that it is drawn as wide as the doubt.
One with an open end fades out from the end that is known. What has no date at all is not drawn,
but counted in a note. Time runs from left to right, on right-to-left pages too.

Lengths along the axis are percentages and heights pixels, so that a drawing fits any width without
stretching its lines. Nothing has a style of its own: the policy of the site forbids it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain

from config.edtf.periods import Period
from events.charts.tallies import Tallies, Tally

HEIGHT = 96
# Below this a number of events says little.
FEW = 10
# Over how many periods an open end fades out.
_FADE = 4


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

    @property
    def is_few(self) -> bool:
        return self.total.number < FEW


@dataclass(frozen=True)
class Histogram:
    """`key` is unique on its page. `top` is the number that the full height stands for.

    `number` counts each row once; those of the columns count a row in each that it may lie in.
    """

    key: str
    title: str
    unit: str
    layers: list[Layer]
    columns: list[Column]
    boxes: list[Box]
    fades: list[Box]
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

    @property
    def few(self) -> int:
        """How many of these periods count too little to say much."""
        return sum(column.is_few for column in self.filled)

    @cached_property
    def shows_numbers(self) -> bool:
        """Whether every number fits under its bar on a wide page."""
        return all(column.total.number < 1000 for column in self.columns)

    @property
    def is_empty(self) -> bool:
        return not self.filled


def draw(
    key: str,
    title: str,
    tallies: Tallies,
    layers: list[Layer],
    *,
    unit: str,
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
    top = top or scale(together)
    return Histogram(
        key=key,
        title=title,
        unit=unit,
        layers=layers,
        columns=columns,
        boxes=list(_boxes(columns, layers, top)),
        fades=list(_fades(columns, top)),
        top=top,
        number=number,
        undated=tallies.undated(*(layer.series for layer in layers)),
        is_range=is_range,
    )


def scale(*series: Sequence[Tally]) -> int:
    """The least of 1, 2, 5, 10, 20 … that no bar of these series is higher than."""
    highest = max((_height(tally) for tally in chain(*series)), default=1)
    size = 1
    while True:
        for step in (1, 2, 5):
            if highest <= step * size:
                return step * size
        size *= 10


def _height(tally: Tally) -> float:
    return tally.share + tally.until + tally.since


def _ticks(number: int) -> set[int]:
    """Which columns have their date beside them: three at most, none too near another or the last
    edge, on a phone."""
    if number <= 3:
        return set(range(number))
    return {0, number // 2} if number < 8 else {0, number // 3, 2 * number // 3}


def _boxes(columns: list[Column], layers: list[Layer], top: int) -> Iterable[Box]:
    width = 100 / len(columns)
    for i, column in enumerate(columns):
        sure = [float(cell.surely) for cell in column.cells]
        light = [max(0.0, cell.share - cell.surely) for cell in column.cells]
        css = [f"{layer.css} is-sure" for layer in layers]
        css += [f"{layer.css} is-unsure" for layer in layers]
        ends = accumulate(sure + light)
        for value, end, name in zip(sure + light, ends, css, strict=True):
            if value > 1e-9:
                # What is sure stands apart; what is spread joins its neighbours.
                gap = width * 0.1 if name.endswith("is-sure") and len(columns) > 1 else 0
                yield _box(i * width + gap, width - 2 * gap, value, end, top, name)


def _fades(columns: list[Column], top: int) -> Iterable[Box]:
    """Events with an open end, on top of the bar in which their known end lies."""
    width = 100 / len(columns)
    for i, column in enumerate(columns):
        end = column.total.share
        if number := column.total.until:
            end += number
            first = max(0, i + 1 - _FADE)
            yield _box(first * width, (i + 1 - first) * width, number, end, top, "past")
        if number := column.total.since:
            end += number
            last = min(len(columns), i + _FADE)
            yield _box(i * width, (last - i) * width, number, end, top, "future")


def _box(x: float, width: float, value: float, end: float, top: int, css: str) -> Box:
    """A box of `value` events, whose upper edge stands at `end` of `top`."""
    unit = HEIGHT / top
    return Box(
        round(x, 3), round(width, 3), round(HEIGHT - end * unit, 2), round(value * unit, 2), css
    )
