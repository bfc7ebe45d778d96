"""The shapes of countries on a picture: cut at its edges, and as simple as it is small."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from events.charts.map.base import Base, are_inside, base
from events.charts.map.topology import Floats, Ints, Mask
from events.charts.map.windows import Frame

# Square pixels: of a triangle that a point makes, and of a ring, so that they are drawn.
_POINT, _RING = 0.6, 1.5
# So many points at most: a picture of many coasts is drawn more simply than one of few.
_MOST = 4_000
_BEYOND = 6  # pixels that shapes run on beyond the edges, where nobody sees how they are cut
# Points across and down, among which the middle of a shape is looked for; and points of its ring.
_TRIES, _SIDES = 12, 80
_NAMED = 900  # square pixels of a country that has its name on it


@dataclass(frozen=True)
class Outline:
    """One country, or Crimea. `rings` are pixels."""

    key: str
    rings: list[Floats]

    @cached_property
    def path(self) -> str:
        return "".join(map(path_of, self.rings))

    def holds(self, points: Floats) -> Mask:
        """Which points lie in it, and in no lake or enclave."""
        numbers = np.sum([are_inside(ring, points) for ring in self.rings], axis=0)
        odd: Mask = numbers % 2 == 1
        return odd


def outlines_in(frame: Frame) -> list[Outline]:
    """All shapes of which something lies in a window of a part of the world."""
    shapes, found = base(), dict[str, list[Floats]]()
    window = frame.window
    latitude, longitude = window.at or (0.0, 0.0)
    near = shapes.near(longitude, latitude, np.radians(window.reach))
    near = near[shapes.areas[near] >= _RING * frame.scale**2]
    least = _least_worth(shapes, near, _POINT * frame.scale**2)
    for number in near.tolist():
        line = _drawn(shapes, number, least, frame)
        if len(line):
            found.setdefault(shapes.rings[number].key, []).append(line)
    return [Outline(key, rings) for key, rings in found.items()]


def _least_worth(shapes: Base, rings: Ints, least: float) -> float:
    """What a point must be worth at least, so that there are not too many."""
    worth = [shapes.worth_of(number) for number in rings.tolist()]
    every = np.concatenate([*worth, np.empty(0)])
    # Ends of arcs stay in any case.
    every = every[every < np.inf]
    most = _MOST - sum(map(len, worth)) + len(every)
    while np.count_nonzero(every >= least) > max(most, 0):
        least *= 1.5
    return least


def _drawn(shapes: Base, number: int, least: float, frame: Frame) -> Floats:
    points = shapes.topology.points[shapes.topology.places_of(shapes.rings[number], least)]
    if len(points) < 3:
        return np.empty((0, 2))
    return cut(np.stack(frame.project_line(*points.T), axis=1), frame)


def cut(line: Floats, frame: Frame) -> Floats:
    """A ring without what lies beyond the edges (Sutherland and Hodgman, Reentrant polygon
    clipping, 1974)."""
    for axis, size in ((0, frame.width), (1, frame.height)):
        line = cut_at(line, line[:, axis] + _BEYOND)
        line = cut_at(line, size + _BEYOND - line[:, axis])
    return line


def cut_at(line: Floats, inside: Floats) -> Floats:
    """`inside` says how far each point lies on the side that stays; where it is below zero, the
    point goes, and one on the edge takes its place."""
    stays = inside >= 0
    if stays.all():
        return line
    following, then = np.roll(line, -1, axis=0), np.roll(inside, -1)
    crosses = stays != (then >= 0)
    part = np.divide(inside, inside - then, out=np.zeros_like(inside), where=crosses)
    edge = line + part[:, None] * (following - line)
    both = np.stack([line, edge], axis=1).reshape(-1, 2)
    left: Floats = both[np.stack([stays, crosses], axis=1).ravel()]
    return left


def path_of(line: Floats) -> str:
    """A closed ring as SVG has it, in tenths of a pixel; points that fall together stand once."""
    tenths = np.rint(line * 10).astype(np.int64)
    steps = np.diff(tenths, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    if not len(steps):
        return ""
    return f"M{_pair(tenths[0])}l{' '.join(map(_pair, steps))}z"


def _pair(tenths: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]") -> str:
    return f"{tenths[0] / 10:g},{tenths[1] / 10:g}"


def middle_of(rings: list[Floats], frame: Frame | None = None) -> tuple[float, float, float]:
    """A point in the shape's largest ring, as far from its edges as can be, and how far that is.

    With a frame, as much of the shape as is seen counts.
    """
    ring = max(rings, key=_size)
    low, high = ring.min(axis=0), ring.max(axis=0)
    if frame:
        low, high = np.maximum(low, 0), np.minimum(high, (frame.width, frame.height))
    across, down = (np.linspace(a, b, _TRIES + 2)[1:-1] for a, b in zip(low, high, strict=True))
    tries = np.array([(x, y) for x in across for y in down])
    away = _away_from(ring[:: len(ring) // _SIDES + 1], tries)
    away[~are_inside(ring, tries)] = 0
    best = int(away.argmax())
    x, y = (tries[best] if away[best] else ring.mean(axis=0)).tolist()
    return x, y, float(away[best])


def _away_from(ring: Floats, tries: Floats) -> Floats:
    """How far each point is from the nearest side of the ring."""
    start, side = ring, np.roll(ring, -1, axis=0) - ring
    length = np.maximum((side * side).sum(axis=1), 1e-9)
    to = tries[:, None, :] - start[None]
    part = np.clip((to * side).sum(axis=2) / length, 0, 1)
    away: Floats = np.linalg.norm(to - part[..., None] * side, axis=2).min(axis=1)
    return away


def names_at(outlines: list[Outline], frame: Frame) -> Iterator[tuple[str, float, float, float]]:
    """Key, place and room of each country of which enough is seen to bear a name, the largest
    first."""
    sizes = [(max(map(_size, outline.rings)), place) for place, outline in enumerate(outlines)]
    for size, place in sorted(sizes, reverse=True):
        if size > _NAMED:
            x, y, room = middle_of(outlines[place].rings, frame)
            yield outlines[place].key, x, y, room


def _size(ring: Floats) -> float:
    """Of the box around a ring, in square pixels."""
    return float(np.prod(np.ptp(ring, axis=0)))
