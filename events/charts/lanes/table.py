"""What the drawn timeline shows, as a table: events where they are few, numbers where many."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from config.edtf.periods import periods
from config.edtf.units import Period
from events.charts.axis import Axis
from events.charts.lanes.density import Bins, Count
from events.charts.lanes.lane import Lane, LaneEvent

# Cells with numbers, at most.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """How many events of a lane lie in a period; None for all before or behind the axis."""

    period: Period | None
    is_before: bool
    count: Count


@dataclass(frozen=True, slots=True)
class TableLane:
    """Either its events, or its numbers; `undated` counts the events that no cell has."""

    lane: Lane
    events: Sequence[LaneEvent] = ()
    cells: list[Cell] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return max(1, len(self.events) + len(self.cells) + bool(self.cells and self.lane.undated))


def tabulate(lanes: Sequence[Lane], axis: Axis) -> list[TableLane]:
    counted = [lane for lane in lanes if lane.events is None]
    most = max(1, _MOST // max(1, len(counted)) - 2)
    bins = Bins(periods(axis.first_day, axis.last_day, most=most), axis)
    return [
        TableLane(lane, lane.events)
        if lane.events is not None
        else TableLane(lane, cells=_cells(lane, bins))
        for lane in lanes
    ]


def _cells(lane: Lane, bins: Bins) -> list[Cell]:
    before: list[Period | None] = [None] if bins.axis.has_earlier else []
    behind: list[Period | None] = [None] if bins.axis.has_later else []
    columns = [*before, *bins.periods, *behind]
    return [
        Cell(period, period is None and place == 0, count)
        for place, (period, count) in enumerate(zip(columns, lane.count(bins), strict=True))
        if count.number
    ]
