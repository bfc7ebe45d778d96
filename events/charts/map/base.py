"""Coasts and borders of the world: Natural Earth at 1:50 million, as world-atlas packs it.

It is read once in each process. What it draws with whom is no word of ours. Crimea is a ring of its
own, known as "crimea", which belongs to no country's shape.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from django.conf import settings

from events.charts.map.topology import RADIUS, Floats, Ints, Mask, Ring, Topology, read

CRIMEA = "crimea"
_FILE = settings.BASE_DIR / "static" / "vendor" / "world-atlas" / "countries-50m.json"
# Shapes without a code, by their names in the file. Kosovo has none in ISO 3166.
_CODES = {"Kosovo": "XKX"}
# A point in the middle of Crimea, and how far the ring around it reaches at most, in degrees.
_IN_CRIMEA, _SIZE_OF_CRIMEA = (34.2, 45.2), 5


@dataclass(frozen=True)
class Base:
    """The rings of all shapes. `centres` are unit vectors, `reach` the angle from one to the
    farthest point of its ring; `areas` are in km²."""

    topology: Topology
    rings: list[Ring]

    @cached_property
    def vectors(self) -> Floats:
        """Each point of the topology on the ball of radius 1."""
        return vectors_of(*self.topology.points.T)

    @cached_property
    def caps(self) -> tuple[Floats, Floats]:
        """Of each ring the centre, as a unit vector, and the angle to its farthest point."""
        centres, reach = np.empty((len(self.rings), 3)), np.empty(len(self.rings))
        for number, ring in enumerate(self.rings):
            vectors = self.vectors[self.topology.places_of(ring, 0)]
            centre = vectors.mean(axis=0)
            centre /= np.linalg.norm(centre) or 1.0
            centres[number] = centre
            reach[number] = np.arccos(np.clip((vectors @ centre).min(), -1, 1))
        return centres, reach

    @cached_property
    def areas(self) -> Floats:
        """Of each ring, in km²; in a cylindrical projection that keeps areas."""
        return np.array([abs(_area(self.lines(ring, 0))) for ring in self.rings])

    @cached_property
    def rings_of(self) -> dict[str, list[int]]:
        """The rings of each shape, the largest first."""
        found = defaultdict(list)
        for number in np.argsort(-self.areas, kind="stable").tolist():
            found[self.rings[number].key].append(number)
        return dict(found)

    def lines(self, ring: Ring, least: float) -> Floats:
        """The longitudes and latitudes of a ring, which runs on beyond ±180°, without points that
        are worth less."""
        points = self.topology.points[self.topology.places_of(ring, least)].copy()
        points[:, 0] = np.unwrap(points[:, 0], period=360)
        return points

    def worth_of(self, number: int) -> Floats:
        """What each point of a ring is worth."""
        return self._worth[number]

    @cached_property
    def _worth(self) -> list[Floats]:
        places, worth = self.topology.places_of, self.topology.worth
        return [worth[places(ring, 0)] for ring in self.rings]

    def near(self, longitude: float, latitude: float, angle: float) -> Ints:
        """The rings that may reach into a circle around a point."""
        centres, reach = self.caps
        away = np.arccos(np.clip(centres @ vectors_of(longitude, latitude), -1, 1))
        return np.flatnonzero(away <= reach + angle)


@cache
def base() -> Base:
    topology = read(_FILE, "countries")
    rings = []
    for ring in topology.rings:
        line = topology.points[topology.places_of(ring, 0)]
        if line[:, 1].max() < -89:
            continue  # The pole, which the file has as a line along its lower edge.
        rings.append(
            replace(ring, key=CRIMEA if _is_crimea(line) else _CODES.get(ring.name, ring.key))
        )
    return Base(topology, rings)


def load() -> None:
    """Read it before the first request asks for it."""
    _ = base().caps, base().rings_of


def vectors_of(longitude: Floats | float, latitude: Floats | float) -> Floats:
    turn, height = np.radians(longitude), np.radians(latitude)
    cosine = np.cos(height)
    return np.stack([cosine * np.cos(turn), cosine * np.sin(turn), np.sin(height)], axis=-1)


def is_inside(line: Floats, x: float, y: float) -> bool:
    """Whether a point lies in a ring."""
    return bool(are_inside(line, np.array([[x, y]]))[0])


def are_inside(line: Floats, points: Floats) -> Mask:
    """Which points lie in a ring: a ray from such a one crosses the ring an odd number of times."""
    (ax, ay), (bx, by) = line.T, np.roll(line, -1, axis=0).T
    x, y = points[:, :1], points[:, 1:]
    crosses = (ay > y) != (by > y)
    steps = np.where(by == ay, 1.0, by - ay)
    is_left = x < (bx - ax) * (y - ay) / steps + ax
    odd: Mask = np.count_nonzero(crosses & is_left, axis=1) % 2 == 1
    return odd


def _is_crimea(line: Floats) -> bool:
    is_small = np.ptp(line[:, 0]) < _SIZE_OF_CRIMEA
    return bool(is_small and is_inside(line, *_IN_CRIMEA))


def _area(line: Floats) -> float:
    x, y = np.radians(line[:, 0]), np.sin(np.radians(line[:, 1]))
    return float(RADIUS**2 * (x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)
