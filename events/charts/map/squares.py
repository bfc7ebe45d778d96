"""Where the square of an area stands: on the area, on no other mark, or beside a small country."""

import math

import numpy as np

from events.charts.map.labels import Room
from events.charts.map.outlines import Outline
from events.charts.map.topology import Floats

_HALF = 11.0  # pixels: half of its height, and of its width at least
_DIGIT, _BESIDE = 6.8, 4.5  # pixels, of a number of such a size
_TRIES = 12  # points across and down a country
# A country in which less room is left around the middle has its square beside it, so far away.
_SMALL, _AWAY = 9.0, (26.0, 38.0, 52.0)
# How far towards how many known places the square of a province may move.
_PARTS, _KNOWN = (0.3, 0.6, 0.9), 40
_ANGLES = [math.radians(angle) for angle in (0, 180, 45, 135, 315, 225, 90, 270)]


def half_width(number: int) -> float:
    return round(max(_HALF, len(f"{number:,}") * _DIGIT / 2 + _BESIDE), 1)


def place_country(
    room: Room, outline: Outline | None, at: tuple[float, float], size: float, across: float
) -> tuple[float, float, tuple[float, float] | None] | None:
    """A point in the country, as near to its middle as is free; or one beside it and the middle,
    to which a line leads. `size` is how far its borders are from there; None where all is taken."""
    if outline and size >= _SMALL:
        inside = _inside(outline, at)
        if (free := room.first_free(_boxes(inside, across))) is not None:
            x, y = inside[free].tolist()
            return x, y, None
    beside = np.array(
        [
            (at[0] + (away + across - _HALF) * math.cos(angle), at[1] + away * math.sin(angle))
            for away in _AWAY
            for angle in _ANGLES
        ]
    )
    if (free := room.first_free(_boxes(beside, across))) is None:
        return None
    x, y = beside[free].tolist()
    return x, y, at


def place_province(
    room: Room, at: Floats, known: Floats, across: float
) -> tuple[float, float] | None:
    """At its coordinates, or between these and a place that is `known` to lie in it: never beyond
    what is known of the province. None where all of that is taken."""
    some = known[:: len(known) // _KNOWN + 1]
    between = np.concatenate([at + part * (some - at) for part in _PARTS])
    between = between[np.argsort(np.hypot(*(between - at).T), kind="stable")]
    places = np.concatenate([[at], between])
    if (free := room.first_free(_boxes(places, across))) is None:
        return None
    x, y = places[free].tolist()
    return x, y


def _inside(outline: Outline, at: tuple[float, float]) -> Floats:
    """Points of a country, those near its middle first."""
    points = _grid(outline)
    away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    near = points[np.argsort(away, kind="stable")]
    return np.concatenate([[at], near[outline.holds(near)]])


def _grid(outline: Outline) -> Floats:
    every = np.concatenate(outline.rings)
    low, high = every.min(axis=0), every.max(axis=0)
    across, down = (np.linspace(a, b, _TRIES + 2)[1:-1] for a, b in zip(low, high, strict=True))
    return np.array([(x, y) for x in across for y in down])


def _boxes(points: Floats, across: float) -> Floats:
    """What a square takes at each point, with some room around it."""
    half = np.array([across + 2, _HALF + 2])
    return np.concatenate([points - half, points + half], axis=1)
