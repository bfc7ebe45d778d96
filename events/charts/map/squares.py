"""Where the square of an area stands: on the area, on no other mark, or beside a small country."""

import math

import numpy as np

from events.charts.map.labels import Box, Room
from events.charts.map.outlines import Outline
from events.charts.map.topology import Floats

_HALF = 11.0  # pixels: half of its height, and of its width at least
_DIGIT, _BESIDE = 6.8, 4.5  # pixels, of a number of such a size
_TRIES = 12  # points across and down a country
# A country in which less room is left around the middle has its square beside it, so far away.
_SMALL, _AWAY = 9.0, (26.0, 38.0, 52.0)
# How far towards how many known places the square of a province may move.
_PARTS, _KNOWN = (0.4, 0.7), 12
_ANGLES = [math.radians(angle) for angle in (0, 180, 45, 135, 315, 225, 90, 270)]


def half_width(number: int) -> float:
    return round(max(_HALF, len(f"{number:,}") * _DIGIT / 2 + _BESIDE), 1)


def place_country(
    room: Room, outline: Outline | None, at: tuple[float, float], size: float, across: float
) -> tuple[float, float, tuple[float, float] | None] | None:
    """A point in the country, as near to its middle as is free; or one beside it and the middle,
    to which a line leads. `size` is how far its borders are from there; None where all is taken."""
    if outline and size >= _SMALL:
        for x, y in _inside(outline, at):
            if room.is_free(_box(x, y, across)):
                return x, y, None
    for away in _AWAY:
        for angle in _ANGLES:
            x, y = at[0] + (away + across - _HALF) * math.cos(angle), at[1] + away * math.sin(angle)
            if room.is_free(_box(x, y, across)):
                return x, y, at
    return None


def place_province(
    room: Room, at: Floats, known: Floats, across: float
) -> tuple[float, float] | None:
    """At its coordinates, or between these and a place that is `known` to lie in it: never beyond
    what is known of the province. None where all of that is taken."""
    between = [at + part * (place - at) for part in _PARTS for place in known[:_KNOWN]]
    for x, y in (at, *between):
        if room.is_free(_box(float(x), float(y), across)):
            return float(x), float(y)
    return None


def _inside(outline: Outline, at: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of a country, those near its middle first."""
    points = _grid(outline)
    away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    near = points[np.argsort(away, kind="stable")].tolist()
    return [at, *((x, y) for x, y in near if outline.holds(x, y))]


def _grid(outline: Outline) -> Floats:
    every = np.concatenate(outline.rings)
    low, high = every.min(axis=0), every.max(axis=0)
    across, down = (np.linspace(a, b, _TRIES + 2)[1:-1] for a, b in zip(low, high, strict=True))
    return np.array([(x, y) for x in across for y in down])


def _box(x: float, y: float, across: float) -> Box:
    return x - across - 2, y - _HALF - 2, x + across + 2, y + _HALF + 2
