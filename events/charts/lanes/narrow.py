"""The same lanes where there is no room for titles beside marks: on a phone, and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from events.charts.axis import Axis, Mark
from events.charts.lanes.density import Density, bins_of, draw_density, highest
from events.charts.lanes.lane import Lane, LaneEvent
from events.charts.lanes.picture import mark_of

# Events that have a line each: in a lane, and in all.
_MOST_OF_LANE, _MOST_OF_ALL = 12, 120


@dataclass(frozen=True, slots=True)
class NarrowLane:
    """Either a row for each event, with its mark, or the numbers of them."""

    lane: Lane
    rows: list[tuple[LaneEvent, Mark]] = field(default_factory=list)
    density: Density | None = None


def draw_narrow(
    lanes: Sequence[Lane], axis: Axis, *, has_same_height: bool = False
) -> list[NarrowLane]:
    bins = bins_of(axis)
    listed = _listed(lanes)
    counts = {
        lane.key: lane.count(bins) for lane in lanes if lane.number and lane.key not in listed
    }
    top = max((highest(bins, found) for found in counts.values()), default=0)
    return [
        NarrowLane(
            lane,
            _rows(lane, axis) if lane.key in listed else [],
            draw_density(bins, counts[lane.key], top if has_same_height else 0)
            if lane.key in counts
            else None,
        )
        for lane in lanes
    ]


def _listed(lanes: Sequence[Lane]) -> set[int]:
    found, total = set(), 0
    for lane in sorted(lanes, key=lambda lane: lane.number):
        total += lane.number
        if lane.events is not None and lane.number <= _MOST_OF_LANE and total <= _MOST_OF_ALL:
            found.add(lane.key)
    return found


def _rows(lane: Lane, axis: Axis) -> list[tuple[LaneEvent, Mark]]:
    marked = ((event, mark_of(axis, event)) for event in lane.events or ())
    return [(event, mark) for event, mark in marked if mark]
