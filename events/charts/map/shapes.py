"""What lies under the marks: the shapes of a picture, shaded ones apart, and their names."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from events.charts.map.base import CRIMEA
from events.charts.map.labels import Label, Room, label_at
from events.charts.map.outlines import Outline, names_at, outlines_in, path_of
from events.charts.map.sites import Land
from events.charts.map.topology import RADIUS
from events.charts.map.windows import NARROW, Frame
from events.charts.map.world import identifier, world

NEAR = 25  # km, what the precision "near" stands for
_SIDES = 72  # of a circle
_NAMES = {NARROW: 5}
_MOST_NAMES = 14
_BAR = 130  # pixels of a scale bar at most, on a wide picture


@dataclass(frozen=True, slots=True)
class Shape:
    """A path with a name by which pictures refer to it."""

    id: str
    path: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A scale: how long it is in pixels, and in km."""

    width: float
    km: int


def outlines_of(frame: Frame) -> dict[str, Outline]:
    """The shapes of a picture by their keys."""
    if not frame.window.is_world:
        return {outline.key: outline for outline in outlines_in(frame)}
    return world()


def resized(outlines: Mapping[str, Outline], factor: float) -> dict[str, Outline]:
    """The same on a picture of another size."""
    return {
        key: Outline(key, [ring * factor for ring in outline.rings])
        for key, outline in outlines.items()
    }


def shapes_of(frame: Frame, outlines: Mapping[str, Outline], shaded: Iterable[str]) -> list[Shape]:
    """The shapes as a picture holds them itself: shaded ones and Crimea, and all others as one."""
    apart = {*shaded, CRIMEA} & outlines.keys()
    land = "".join(each.path for key, each in outlines.items() if key not in apart)
    shapes = [Shape(identifier("land"), land)]
    if frame.window.is_world:
        shapes.append(Shape(identifier("sea"), path_of(frame.sea())))
    return shapes + [Shape(identifier(key), outlines[key].path) for key in sorted(apart)]


def name_lands(
    outlines: Mapping[str, Outline], lands: Mapping[int, Land], frame: Frame, room: Room
) -> list[Label]:
    """The names of countries, where nothing else stands; the largest first."""
    names = {land.shape: land.name for land in lands.values()}
    labels = []
    for key, x, y, away in names_at(list(outlines.values()), frame):
        if key in names and (label := label_at(room, names[key], x, y, max(60, 3 * away))):
            labels.append(label)
        if len(labels) == _NAMES.get(frame.width, _MOST_NAMES):
            break
    return labels


def bar_of(frame: Frame) -> Bar | None:
    """A round number of km; none for the world, where a pixel is more or less of them."""
    if frame.window.is_world:
        return None
    longest = _BAR * frame.width / 860 * frame.scale
    unit = 10 ** math.floor(math.log10(longest))
    km = max(step * unit for step in (1, 2, 5) if step * unit <= longest)
    return Bar(round(km / frame.scale, 1), round(km))


def circle_around(latitude: float, longitude: float, frame: Frame) -> str:
    """All points that lie as far from one as the precision "near" says, as a path."""
    angle, turns = NEAR / RADIUS, np.linspace(0, 2 * np.pi, _SIDES, endpoint=False)
    north = math.radians(latitude)
    sine = math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * np.cos(turns)
    across = np.arctan2(
        np.sin(turns) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * sine
    )
    x, y = frame.project(longitude + np.degrees(across), np.degrees(np.arcsin(sine)))
    return path_of(np.stack([x, y], axis=1))
