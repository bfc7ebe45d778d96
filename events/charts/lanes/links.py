"""Lines between events that bear on each other, where both are drawn with their titles."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from events.charts.axis import Mark
from events.charts.lanes.picture import Drawn, Picture

# Of more links only those of the chosen event are drawn.
MOST = 12
_MIDDLE = 8  # pixels from the top of a mark
_BETWEEN = 11  # pixels from the middle of a mark to the middle of the room between two rows


class Link(NamedTuple):
    """Between two events by their keys; `is_inferred` where it is the editors' word alone."""

    from_event: int
    to_event: int
    is_inferred: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Upright from one event, then along between two rows, where no title is struck through.

    `x` in percent, `y` in pixels. `x2` is None where the other event stands right above or below;
    `y3` is the middle of its mark.
    """

    x: float
    y1: float
    y2: float
    x2: float | None
    y3: float
    is_inferred: bool


def draw_links(picture: Picture, links: Iterable[Link], chosen: int | None) -> list[Line]:
    copies: dict[int, list[tuple[int, Drawn]]] = {}
    for lane in picture.lanes:
        for drawn in lane.titles:
            copies.setdefault(drawn.event.key, []).append((lane.y + drawn.y + _MIDDLE, drawn))
    found = [link for link in links if link.from_event in copies and link.to_event in copies]
    if len(found) > MOST:
        found = [link for link in found if chosen in (link.from_event, link.to_event)][:MOST]
    return [
        _line(
            *_nearest(copies[link.to_event], copies[link.from_event]),
            picture.axis.column,
            is_inferred=link.is_inferred,
        )
        for link in found
    ]


_Copy = tuple[int, Drawn]


def _nearest(ones: Sequence[_Copy], others: Sequence[_Copy]) -> tuple[_Copy, _Copy]:
    return min(
        ((one, other) for one in ones for other in others),
        key=lambda pair: (abs(pair[0][0] - pair[1][0]), pair[0][0]),
    )


def _line(one: _Copy, other: _Copy, column: float, *, is_inferred: bool) -> Line:
    """To where the answer begins or ends, its title included."""
    (y1, answered), (y2, answer) = one, other
    start, end = ends_of(answered.mark)
    x = round((start + end) / 2, 2)
    low, high = left, right = ends_of(answer.mark)
    if answer.label:
        left = min(left, 100 * answer.label.start / column)
        right = max(right, 100 * answer.label.end / column)
    side = 1 if y2 < y1 else -1
    if left <= x <= right:
        return Line(x, y1, y2 + side * _MIDDLE, None, y2, is_inferred)
    x2 = round(low if x < left else high, 2)
    return Line(x, y1, y2 + side * _BETWEEN, x2, y2, is_inferred)


def ends_of(mark: Mark) -> tuple[float, float]:
    shapes = [*mark.bars, *mark.dots]
    return min(shape.x for shape in shapes), max(shape.end for shape in shapes)
