"""A small picture of where one place is, on the page of a record: as exact as it is known."""

from collections.abc import Mapping
from dataclasses import dataclass

from events.charts.map.base import CRIMEA
from events.charts.map.hearts import window_of
from events.charts.map.outlines import Outline
from events.charts.map.shapes import Shape, circle_around, outlines_of, shapes_of
from events.charts.map.windows import SMALL, Frame, Window, window_at
from events.charts.map.world import identifier

# km across: around a point, and around an area of which nothing but its middle is known.
_AROUND, _AROUND_AREA = 600, 1_200


@dataclass(frozen=True)
class Point:
    """`form` is "in", "near" or "area", as of a mark; `shape` is that of the country around it."""

    latitude: float
    longitude: float
    form: str


@dataclass(frozen=True)
class SmallPicture:
    """A point or, without one, a country that is shaded."""

    frame: Frame
    outlines: Mapping[str, Outline]
    point: Point | None = None
    shaded: str = ""

    @property
    def shapes(self) -> list[Shape]:
        """All land as one path; the shaded country and Crimea apart."""
        return shapes_of(self.frame, self.outlines, {self.shaded})

    @property
    def land(self) -> str:
        return self.shapes[0].path

    @property
    def shade(self) -> str:
        shade = identifier(self.shaded)
        return next((each.path for each in self.shapes[1:] if each.id == shade), "")

    @property
    def crimea(self) -> str:
        shape = identifier(CRIMEA)
        return next((each.path for each in self.shapes[1:] if each.id == shape), "")

    @property
    def at(self) -> tuple[float, float]:
        """Where the point is, in pixels."""
        if not self.point:
            return 0.0, 0.0
        x, y = self.frame.point(self.point.latitude, self.point.longitude)
        return round(x, 1), round(y, 1)

    @property
    def circle(self) -> str:
        """Within which it was, where no more is known."""
        if not self.point or self.point.form != "near":
            return ""
        return circle_around(self.point.latitude, self.point.longitude, self.frame)


def draw_point(point: Point) -> SmallPicture:
    wide = _AROUND_AREA if point.form == "area" else _AROUND
    frame = Frame(window_at(point.latitude, point.longitude, wide), SMALL)
    return SmallPicture(frame, outlines_of(frame), point)


def draw_country(shape: str) -> SmallPicture | None:
    """The country whole; None for one without a shape."""
    window: Window | None = window_of(shape)
    if window is None:
        return None
    frame = Frame(window, SMALL)
    return SmallPicture(frame, outlines_of(frame), shaded=shape)
