"""The part of the world that a picture shows, and where on the picture each place is.

A window is named by its middle and its width in km, so that everybody who opens an address sees the
same part, on a screen of any size.
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from events.charts.map.projections import EqualAreaAzimuthal, EqualEarth, Projection
from events.charts.map.topology import Floats, Mask

# Pixels across a picture, on a wide screen and on a phone; a small one on the page of a record.
WIDE, NARROW, SMALL = 860, 358, 320
NARROWEST, WIDEST = 10, 9_000  # km
# Of a window wider than this, the next wider one is the world.
_NEXT_IS_WORLD = 4_500
_HEIGHT = 0.72  # of the width
# Centred so that no part of Russia lies on the other side; ice at both ends is left out.
_WORLD = EqualEarth(centre=11)
_NORTH, _SOUTH = 84, -57


@dataclass(frozen=True)
class Window:
    """`at` is the latitude and longitude of the middle; None for the whole world."""

    at: tuple[float, float] | None = None
    wide: float = 0

    @property
    def is_world(self) -> bool:
        return self.at is None

    @property
    def parameters(self) -> dict[str, str]:
        """As they stand in a query."""
        if self.at is None:
            return {}
        return {"at": f"{self.at[0]:g},{self.at[1]:g}", "wide": f"{self.wide:g}"}

    @cached_property
    def projection(self) -> Projection:
        return _WORLD if self.at is None else EqualAreaAzimuthal(self.at[1], self.at[0])

    @property
    def reach(self) -> float:
        """The angle in degrees from the middle to a corner."""
        half = math.hypot(self.wide, self.wide * _HEIGHT) / 2
        return math.degrees(2 * math.asin(min(1.0, half / (2 * 6371))))

    def moved(self, right: float, down: float) -> "Window":
        """By so many widths and heights; the world has no other side."""
        if self.at is None:
            return self
        projection = EqualAreaAzimuthal(self.at[1], self.at[0])
        x, y = right * self.wide, down * self.wide * _HEIGHT
        longitude, latitude = projection.unproject(x, y)
        return window_at(latitude, longitude, self.wide)

    def wider(self) -> "Window":
        if self.at is None or self.wide > _NEXT_IS_WORLD:
            return Window()
        return window_at(*self.at, self.wide * 2)

    def closer(self, to: tuple[float, float]) -> "Window | None":
        """Half as wide, around its middle; of the world, around a point. None if it is closest."""
        if self.at is None:
            return window_at(*to, _NEXT_IS_WORLD)
        return window_at(*self.at, self.wide / 2) if self.wide >= 2 * NARROWEST else None


def window_at(latitude: float, longitude: float, wide: float) -> Window:
    """Rounded to what can be seen of it, so that its address is short."""
    wide = min(max(wide, NARROWEST), WIDEST)
    wide = float(f"{wide:.2g}")
    decimals = 1 if wide >= 1000 else 2 if wide >= 100 else 3
    longitude = (longitude + 180) % 360 - 180
    return Window((round(latitude, decimals), round(longitude, decimals)), wide)


@dataclass(frozen=True)
class Frame:
    """A window on a picture of so many pixels across."""

    window: Window
    width: int = WIDE

    @cached_property
    def _edges(self) -> tuple[float, float, float, float]:
        """In km: the left edge, the upper edge, the width and the height."""
        if self.window.is_world:
            x, _y = _WORLD.project(np.array([_WORLD.centre + 180.0]), np.zeros(1))
            _x, (top, bottom) = _WORLD.project(np.zeros(2), np.array([_NORTH, _SOUTH]))
            return -float(x[0]), float(top), 2 * float(x[0]), float(bottom - top)
        wide, high = self.window.wide, self.window.wide * _HEIGHT
        return -wide / 2, -high / 2, wide, high

    @property
    def height(self) -> int:
        return round(self._edges[3] / self.scale)

    @property
    def scale(self) -> float:
        """How many km a pixel is; on the world, at the equator."""
        return self._edges[2] / self.width

    def project(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Pixels from the left and from the top."""
        projection = self.window.projection
        if isinstance(projection, EqualEarth):
            longitude = projection.turned(longitude)
        return self.project_line(longitude, latitude)

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """The same of one place."""
        x, y = self.project(np.array([longitude]), np.array([latitude]))
        return float(x[0]), float(y[0])

    def project_line(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """The same of a line, whose longitudes run on as they are."""
        x, y = self.window.projection.project(longitude, latitude)
        left, top, _width, _height = self._edges
        return (x - left) / self.scale, (y - top) / self.scale

    def holds(self, x: Floats, y: Floats) -> Mask:
        """Which points lie on the picture."""
        return (x >= 0) & (x <= self.width) & (y >= 0) & (y <= self.height)

    def sea(self) -> Floats:
        """The outline of the world, as pixels."""
        latitudes = np.linspace(_NORTH, _SOUTH, 48)
        latitudes = np.concatenate([latitudes, latitudes[::-1]])
        sides = np.repeat([_WORLD.centre + 180.0, _WORLD.centre - 180.0], 48)
        return np.stack(self.project_line(sides, latitudes), axis=1)
