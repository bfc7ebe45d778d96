"""The middle of a country, where its number stands, and the window that shows it whole."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from events.charts.map.base import base
from events.charts.map.outlines import middle_of
from events.charts.map.projections import EqualAreaAzimuthal
from events.charts.map.topology import Floats
from events.charts.map.windows import NARROWEST, Window, window_at

# Parts of a country belong to its window that are as large as this of its largest, and no farther
# from its middle than so many times what that reaches, and some degrees.
_PART, _TIMES, _MORE = 0.1, 2, 3
_MARGIN = 1.15
_HEIGHT = 0.72


@dataclass(frozen=True)
class Heart:
    """`room` is how far in km the nearest border lies from that point."""

    latitude: float
    longitude: float
    room: float


@cache
def heart_of(shape: str) -> Heart | None:
    """The point of the largest part that is farthest from its borders; None for no shape."""
    if not (numbers := base().rings_of.get(shape)):
        return None
    projection, line = _laid_flat(numbers[0], numbers[0])
    x, y, room = middle_of([line])
    longitude, latitude = projection.unproject(x, y)
    return Heart(latitude, longitude, room)


@cache
def window_of(shape: str) -> Window | None:
    """What shows the country whole, as far as its parts are not small and far away."""
    shapes = base()
    if not (numbers := shapes.rings_of.get(shape)):
        return None
    centres, reach = shapes.caps
    away = np.arccos(np.clip(centres[numbers] @ centres[numbers[0]], -1, 1))
    is_near = away <= _TIMES * reach[numbers[0]] + np.radians(_MORE)
    is_large = shapes.areas[numbers] >= _PART * shapes.areas[numbers[0]]
    parts = np.array(numbers)[is_near & is_large].tolist()
    lines = [_laid_flat(number, numbers[0])[1] for number in parts]
    points = np.concatenate(lines)
    low, high = points.min(axis=0), points.max(axis=0)
    projection, _line = _laid_flat(numbers[0], numbers[0])
    longitude, latitude = projection.unproject(*((low + high) / 2).tolist())
    wide, tall = (high - low).tolist()
    return window_at(latitude, longitude, max(_MARGIN * max(wide, tall / _HEIGHT), NARROWEST))


def _laid_flat(number: int, around: int) -> tuple[EqualAreaAzimuthal, Floats]:
    """A ring in km, around the middle of another."""
    shapes = base()
    x, y, z = shapes.caps[0][around].tolist()
    longitude, latitude = np.degrees(np.arctan2(y, x)), np.degrees(np.arcsin(z))
    projection = EqualAreaAzimuthal(float(longitude), float(latitude))
    points = shapes.topology.points[shapes.topology.places_of(shapes.rings[number], 0)]
    return projection, np.stack(projection.project(*points.T), axis=1)
