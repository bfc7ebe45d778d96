"""The globe laid flat, in km. Both projections keep areas: as much land is as much paper.

`x` grows to the east and `y` to the south, as SVG counts. Angles are degrees.
"""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from events.charts.map.topology import RADIUS, Floats

# Šavrič, Patterson, Jenny, The Equal Earth map projection, 2018.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


class Projection(Protocol):
    def project(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]: ...


@dataclass(frozen=True)
class EqualEarth:
    """The whole world. Longitudes are as far as 180° from `centre`, beyond ±180° where need be."""

    centre: float = 0.0

    def project(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        angle = np.arcsin(_M * np.sin(np.radians(latitude)))
        square = angle * angle
        sixth = square * square * square
        width = _M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square))
        x = RADIUS * np.radians(longitude - self.centre) * np.cos(angle) / width
        y = RADIUS * angle * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
        return x, -y

    def turned(self, longitude: Floats) -> Floats:
        """The same longitudes, within 180° of the centre."""
        turned: Floats = (longitude - self.centre + 180) % 360 - 180 + self.centre
        return turned


@dataclass(frozen=True)
class EqualAreaAzimuthal:
    """Lambert's, around a point: directions from it are true, and a circle around it is one."""

    longitude: float
    latitude: float

    def project(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        turn = np.radians(longitude - self.longitude)
        sine, cosine = np.sin(np.radians(latitude)), np.cos(np.radians(latitude))
        sine0, cosine0 = (
            math.sin(math.radians(self.latitude)),
            math.cos(math.radians(self.latitude)),
        )
        across = cosine * np.cos(turn)
        nearness = 1 + sine0 * sine + cosine0 * across
        # The point on the other side of the globe is everywhere; it is never in a window.
        factor = RADIUS * np.sqrt(2 / np.maximum(nearness, 1e-9))
        return factor * cosine * np.sin(turn), -factor * (cosine0 * sine - sine0 * across)

    def unproject(self, x: float, y: float) -> tuple[float, float]:
        """The longitude and the latitude of a point in km."""
        y, away = -y, math.hypot(x, y)
        if not away:
            return self.longitude, self.latitude
        angle = 2 * math.asin(min(1.0, away / (2 * RADIUS)))
        sine0, cosine0 = (
            math.sin(math.radians(self.latitude)),
            math.cos(math.radians(self.latitude)),
        )
        sine, cosine = math.sin(angle), math.cos(angle)
        latitude = math.degrees(math.asin(cosine * sine0 + y * sine * cosine0 / away))
        turn = math.atan2(x * sine, away * cosine0 * cosine - y * sine0 * sine)
        return (self.longitude + math.degrees(turn) + 180) % 360 - 180, latitude
