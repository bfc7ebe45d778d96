"""Reads TopoJSON (https://github.com/topojson/topojson-specification): shapes that share borders.

A border between two countries is one arc. It is simplified once, so that both sides stay alike.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]

RADIUS = 6371.0088  # km, of the earth as a ball
# Areas of triangles in km² by which points are graded.
_GRADES = [0.25 * 4**step for step in range(12)]
# With so few points a grade is as good as done; the next one takes what is left of it.
_FEW = 20


@dataclass(frozen=True)
class Ring:
    """A closed line. `arcs` are places in the list of arcs; one below zero runs backwards, as in
    the format."""

    key: str
    name: str
    arcs: tuple[int, ...]


@dataclass(frozen=True)
class Topology:
    """`points` are longitudes and latitudes of all arcs, which begin at `starts`. `worth` says of
    each point how large a triangle in km² is lost without it; ends of arcs have no limit."""

    points: Floats
    starts: Ints
    worth: Floats
    rings: list[Ring]

    def places_of(self, ring: Ring, least: float) -> Ints:
        """Which points a ring runs through, without those that are worth less."""
        return np.concatenate([self._places_of(arc, least)[:-1] for arc in ring.arcs])

    def _places_of(self, arc: int, least: float) -> Ints:
        number = arc if arc >= 0 else ~arc
        first, last = self.starts[number], self.starts[number + 1]
        places: Ints = first + np.flatnonzero(self.worth[first:last] >= least)
        return places if arc >= 0 else places[::-1]


def read(path: Path, layer: str) -> Topology:
    """One layer of a file, in which a shape is known by its code or else by its name."""
    content = json.loads(path.read_bytes())
    scale, shift = (np.array(content["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in content["arcs"]]
    points = np.concatenate(arcs)
    starts = np.cumsum([0, *map(len, arcs)])
    shapes = content["objects"][layer]["geometries"]
    rings = [ring for shape in shapes for ring in _rings(shape)]
    return Topology(points, starts, _worth(points, starts), rings)


def _rings(shape: dict[str, Any]) -> list[Ring]:
    name = shape["properties"]["name"]
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    key = str(shape.get("id", name))
    return [Ring(key, name, tuple(arcs)) for polygon in polygons for arcs in polygon]


def _worth(points: Floats, starts: Ints) -> Floats:
    """The least important points are taken away first, again and again (Visvalingam and Whyatt,
    Line generalisation by repeated elimination of points, 1993); of neighbours never two at once.
    """
    longitude, latitude = np.radians(points).T
    plane = RADIUS * np.stack([longitude, np.sin(latitude)], axis=1)
    worth = np.full(len(points), np.inf)
    is_end = np.zeros(len(points), dtype=np.bool_)
    is_end[starts[:-1]] = is_end[starts[1:] - 1] = True
    left = np.arange(len(points))
    for grade in _GRADES:
        while True:
            area = _triangles(plane[left])
            area[is_end[left]] = np.inf
            before, behind = np.roll(area, 1), np.roll(area, -1)
            is_least = (area < grade) & (area <= before) & (area < behind)
            worth[left[is_least]] = grade
            left = left[~is_least]
            if np.count_nonzero(is_least) < _FEW:
                break
    return worth


def _triangles(points: Floats) -> Floats:
    """The area that each point has with its neighbours."""
    (ax, ay), (bx, by) = (
        (np.roll(points, 1, axis=0) - points).T,
        (np.roll(points, -1, 0) - points).T,
    )
    # Across the edge of the file, from 180° to -180°, it is no triangle.
    area: Floats = np.abs(ax * by - ay * bx) / 2
    return area
