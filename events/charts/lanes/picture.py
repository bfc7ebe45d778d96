"""The drawn timeline: lanes below each other, each told by titles, marks or numbers.

Which of these a lane has is a matter of room alone. Titles are placed for the least width that the
picture has, where none may stand on another; in a wider one they are further apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from config.edtf.stretches import Body, Stretch, stretches
from events.charts.axis import Axis, Mark, Shape
from events.charts.crowd import DAY
from events.charts.lanes.density import HEIGHT, LABEL, Density, bins_of, draw_density, highest
from events.charts.lanes.lane import Lane, LaneEvent
from events.charts.lanes.packing import Extent, Label, Placed, Words, place_marks, place_titles
from events.charts.widths import text_width

# The least width of the column in which the lanes are drawn, and a gutter in percent of it.
COLUMN = 960  # pixels
GUTTER = 8.75
# Pixels: the column of lane names, a row of titles, a row of marks, and what is around them.
NAMES = 176
_ROW, _MARKS, _PADDING = 22, 7, 4
_NAME_LINE, _NAME_SIZE = 16, 13
_DOT = 9
# Rows of titles that a lane may have: fewer in a picture of more pixels than the highest.
_MOST_ROWS = (12, 8, 5, 0)
_HIGHEST = 1200
_ROWS_OF_MARKS = 10
_EMPTY = Stretch(Body.THROUGH, None, None)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event with its mark, at `y` pixels from the top of its lane; `label_x` is where the label
    hangs, in percent."""

    event: LaneEvent
    mark: Mark
    y: int
    label: Label | None = None
    label_x: float = 0.0

    @property
    def plain_bar(self) -> Shape | None:
        """The bar of a mark that is one bar and nothing else."""
        if len(self.mark.bars) != 1 or self.mark.dots or self.event.standing == "refuted":
            return None
        [bar] = self.mark.bars
        is_more = bar.mask or bar.is_edge or bar.goes_before or bar.goes_after
        return None if is_more else bar

    @property
    def plain_dot(self) -> Shape | None:
        """The dot of a mark that is one dot and nothing else."""
        if len(self.mark.dots) != 1 or self.mark.bars or self.event.standing == "refuted":
            return None
        return self.mark.dots[0]

    @property
    def role_x(self) -> float:
        """Where the role begins, in pixels from where the label hangs."""
        return round(self.label.offset + self.label.role_x, 1) if self.label else 0.0

    @property
    def badge_x(self) -> float:
        return round(self.label.offset + self.label.badge_x, 1) if self.label else 0.0

    @property
    def badge_middle(self) -> float:
        return round(self.badge_x + self.label.badge_width / 2, 1) if self.label else 0.0


@dataclass(slots=True)
class DrawnLane:
    """`y` counts from the top of the first lane. `density` is there where the events are too many
    for `titles` or `marks`, which `is_counted` says."""

    lane: Lane
    height: int
    y: int = 0
    titles: list[Drawn] = field(default_factory=list)
    marks: list[Drawn] = field(default_factory=list)
    is_counted: bool = False
    density: Density | None = None

    @property
    def base(self) -> int:
        """The line on which bars stand."""
        return self.height - _PADDING


@dataclass(frozen=True, slots=True)
class Picture:
    axis: Axis
    lanes: list[DrawnLane]

    @property
    def height(self) -> int:
        return sum(lane.height + 1 for lane in self.lanes)

    @property
    def drawn(self) -> Iterable[Drawn]:
        for lane in self.lanes:
            yield from (*lane.titles, *lane.marks)

    @property
    def densities(self) -> list[Density]:
        return [lane.density for lane in self.lanes if lane.density]


def mark_of(axis: Axis, event: LaneEvent) -> Mark | None:
    """As the axis draws it; what is said to last without a beginning or an end, through all of it.
    None for what has no date, or none in the window."""
    when = event.when
    found = stretches(when.text) or ((_EMPTY,) if when.text else ())
    shapes = axis.shapes(found, when)
    if not shapes:
        return None
    if found == (_EMPTY,):
        shapes = [Shape("through", 0.0, 100.0, "both")]
    smallest = 100 * DAY / axis.column
    return Mark(
        bars=[shape for shape in shapes if shape.width > smallest],
        dots=[shape for shape in shapes if shape.width <= smallest],
    )


def extent_of(axis: Axis, mark: Mark, *, is_struck: bool = False) -> Extent:
    """`is_struck` is a mark with a line through it, which would go through a title as well."""
    pixels = axis.column / 100
    starts = [bar.x * pixels for bar in mark.bars]
    starts += [dot.middle * pixels - _DOT / 2 for dot in mark.dots]
    ends = [bar.end * pixels for bar in mark.bars]
    ends += [dot.middle * pixels + _DOT / 2 for dot in mark.dots]
    start, end = min(starts), max(ends)
    is_solid = is_struck or bool(mark.dots) or any(bar.css == Body.ON for bar in mark.bars)
    # What fades into a gutter is not written upon.
    fades_in = any(bar.mask in ("before", "both") for bar in mark.bars)
    fades_out = any(bar.mask in ("after", "both") for bar in mark.bars)
    inside = (
        max(start, axis.start * pixels) if fades_in else start,
        min(end, axis.end * pixels) if fades_out else end,
    )
    return Extent(start, end, None if is_solid else inside)


def draw_lanes(
    lanes: Sequence[Lane], axis: Axis, *, has_same_height: bool = False, has_marks: bool = True
) -> Picture:
    """Without `has_marks`, as there is no room for them, numbers take their place."""
    for most in _MOST_ROWS:
        drawn = [_draw_lane(lane, axis, most, has_marks=has_marks) for lane in lanes]
        if sum(lane.height for lane in drawn) <= _HIGHEST:
            break
    _add_densities(drawn, axis, has_same_height=has_same_height)
    y = 0
    for lane in drawn:
        lane.y = y
        y += lane.height + 1
    return Picture(axis, drawn)


def _draw_lane(lane: Lane, axis: Axis, most: int, *, has_marks: bool) -> DrawnLane:
    """Without its density, but as high as that is."""
    least = _lines_of(lane) * _NAME_LINE + 2 * _PADDING
    if not lane.number:
        return DrawnLane(lane, least)
    marked = [
        (event, mark) for event in lane.events or () if (mark := mark_of(axis, event)) is not None
    ]
    if lane.events is not None:
        titles = _titles(marked, axis, most)
        if titles is not None:
            rows = 1 + max((placed.row for placed in titles), default=0)
            found = [_drawn(placed, axis, _ROW, 3 + _PADDING) for placed in titles]
            return DrawnLane(lane, max(least, rows * _ROW + 2 * _PADDING), titles=found)
        marks = _marks(marked, axis) if has_marks else None
        if marks is not None:
            rows = 1 + max((placed.row for placed in marks), default=0)
            height = max(least, rows * _MARKS + 3 * _PADDING)
            found = [_stacked(placed, axis, height) for placed in marks]
            return DrawnLane(lane, height, marks=found)
    return DrawnLane(lane, max(least, LABEL + HEIGHT + 2 * _PADDING), is_counted=True)


def _lines_of(lane: Lane) -> int:
    """How many lines the name takes, and the number below it, which a lane of one event has not."""
    lines = 1 if text_width(lane.name, _NAME_SIZE, is_bold=True) <= NAMES - 6 else 2
    return lines + (lane.number != 1)


def words_of(axis: Axis, event: LaneEvent, mark: Mark) -> Words:
    """With the date where the mark stands in a gutter, which has no scale."""
    shapes = [*mark.bars, *mark.dots]
    is_outside = all(s.end <= axis.start for s in shapes) or all(s.x >= axis.end for s in shapes)
    parts = [event.role, event.when.words if is_outside else ""]
    return Words(event.title, ", ".join(part for part in parts if part), event.badge)


Marked = Sequence[tuple[LaneEvent, Mark]]


def _titles(marked: Marked, axis: Axis, most: int) -> list[Placed[tuple[LaneEvent, Mark]]] | None:
    items = [
        (
            (event, mark),
            extent_of(axis, mark, is_struck=event.standing == "refuted"),
            words_of(axis, event, mark),
        )
        for event, mark in marked
    ]
    # None has so many events in a row.
    return place_titles(items, axis.column, most) if len(items) <= 8 * most else None


def _marks(marked: Marked, axis: Axis) -> list[Placed[tuple[LaneEvent, Mark]]] | None:
    items = [((event, mark), extent_of(axis, mark)) for event, mark in marked]
    return place_marks(items, _ROWS_OF_MARKS)


def _drawn(placed: Placed[tuple[LaneEvent, Mark]], axis: Axis, pitch: int, top: int) -> Drawn:
    event, mark = placed.item
    x = 100 * placed.label.anchor / axis.column if placed.label else 0.0
    return Drawn(event, mark, placed.row * pitch + top, placed.label, round(x, 2))


def _stacked(placed: Placed[tuple[LaneEvent, Mark]], axis: Axis, height: int) -> Drawn:
    """From the base line upwards."""
    event, mark = placed.item
    return Drawn(event, mark, height - _PADDING - (placed.row + 1) * _MARKS)


def _add_densities(drawn: Sequence[DrawnLane], axis: Axis, *, has_same_height: bool) -> None:
    bins = bins_of(axis)
    counts = {lane.lane.key: lane.lane.count(bins) for lane in drawn if lane.is_counted}
    top = max((highest(bins, found) for found in counts.values()), default=0)
    for lane in drawn:
        if lane.lane.key in counts:
            found = counts[lane.lane.key]
            lane.density = draw_density(bins, found, top if has_same_height else 0)
