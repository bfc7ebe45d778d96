"""A page's map: one picture for wide screens and one for narrow ones, and the list of each.

Both show the same window. On a narrow one marks of the same size take more of the world, and so
they are fewer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from events.charts.map.base import CRIMEA
from events.charts.map.crumbs import Crumb, Moves, crumbs_of, moves_of, notes_of
from events.charts.map.labels import Label, Room
from events.charts.map.legend import Key, legend_of
from events.charts.map.links import Links
from events.charts.map.marks import Mark, Marks, in_order, mark
from events.charts.map.naming import label_marks, name_marks, read_names
from events.charts.map.outlines import Outline
from events.charts.map.rows import Row, rows_of
from events.charts.map.shapes import (
    NEAR,
    Bar,
    Shape,
    bar_of,
    circle_around,
    name_lands,
    outlines_of,
    resized,
    shapes_of,
)
from events.charts.map.sites import Land, Sites, Spots, spots_of
from events.charts.map.windows import NARROW, WIDE, Frame, Window
from events.charts.map.world import identifier
from events.index.selection import Selection


@dataclass
class Picture:
    """`key` tells it from the other one of its page. Marks stand in the order of their numbers;
    `shaded` are the ids of shapes in which events were somewhere."""

    key: str
    frame: Frame
    found: Marks
    room: Room
    outlines: Mapping[str, Outline]
    labels: list[Label] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    circle: str = ""

    @cached_property
    def marks(self) -> list[Mark]:
        return in_order(self.found.drawn)

    @property
    def forms(self) -> set[str]:
        """What the legend explains."""
        return {each.form for each in self.found.drawn} | ({"shaded"} if self.shaded else set())

    @property
    def shaded(self) -> list[str]:
        return sorted(identifier(key) for key in self.found.shaded)

    @property
    def crimea(self) -> str:
        """The id of its shape, where something of it is seen."""
        return identifier(CRIMEA) if CRIMEA in self.outlines else ""

    @property
    def legend(self) -> list[Key]:
        return legend_of(self)

    @property
    def factor(self) -> float:
        """By which the shapes of the wide picture are made smaller."""
        return round(self.frame.width / WIDE, 5)

    @property
    def are_dots(self) -> bool:
        return any(each.is_dot for each in self.found.drawn)

    @property
    def are_clustered(self) -> bool:
        return any(len(each.members) > 1 for each in self.found.drawn if not each.is_square)

    @property
    def bar(self) -> Bar | None:
        return bar_of(self.frame)

    @property
    def bar_at(self) -> tuple[float, float]:
        """In the lower right corner, with room for its number."""
        long = self.bar.width if self.bar else 0
        return round(self.frame.width - long - 62, 1), self.frame.height - 12


@dataclass(frozen=True)
class Map:
    """`shapes` are those that the page brings itself; none of the world, which is in a file."""

    window: Window
    links: Links
    pictures: list[Picture]
    shapes: list[Shape]
    crumbs: list[Crumb]
    moves: Moves
    notes: list[str]
    number: int
    unplaced: int

    @property
    def plain(self) -> list[str]:
        """The ids of shapes that stand apart because one of the pictures shades them."""
        known = (identifier("land"), identifier("sea"), identifier(CRIMEA))
        return [shape.id for shape in self.shapes if shape.id not in known]

    @property
    def placed(self) -> int:
        return self.number - self.unplaced


@dataclass(frozen=True)
class Places:
    """All published places, all countries, and the place that is chosen, by its key."""

    sites: Sites
    lands: dict[int, Land]
    chosen: int = 0


def draw_map(
    selection: Selection,
    links: Links,
    places: Places,
    *,
    without: Sequence[Row] = (),
    is_alone: bool = False,
    sizes: Sequence[int] = (WIDE, NARROW),
) -> Map:
    """The selected events on the window of the links. `without` are rows for events that have no
    place; `is_alone` says that the picture may refer to no other file."""
    spots = spots_of(selection, places.sites)
    unplaced = selection.count - int(spots.numbers.sum())
    frame = Frame(links.window)
    outlines = outlines_of(frame)
    pictures = [_picture(spots, places, Frame(links.window, size), outlines) for size in sizes]
    names = read_names(spots, (each for picture in pictures for each in _all(picture.found)))
    for picture in pictures:
        name_marks(_all(picture.found), spots, names, picture.frame, links)
        _label(picture, places.lands)
        picture.rows = rows_of(picture.found, spots, names, links, without, unplaced)
    shaded = {key for picture in pictures for key in picture.found.shaded}
    brings_shapes = is_alone or not links.window.is_world
    return Map(
        links.window,
        links,
        pictures,
        shapes_of(frame, outlines, shaded) if brings_shapes else [],
        crumbs_of(frame, outlines, places.lands, links),
        moves_of(links, pictures[0].found, spots),
        notes_of(frame, outlines, shaded),
        selection.count,
        unplaced,
    )


def _all(found: Marks) -> list[Mark]:
    return [*found.drawn, *found.crowded, *found.beyond]


def _picture(
    spots: Spots, places: Places, frame: Frame, outlines: Mapping[str, Outline]
) -> Picture:
    if frame.width != WIDE:
        outlines = resized(outlines, frame.width / WIDE)
    room = Room(frame.width, frame.height)
    if bar := bar_of(frame):
        room.take((frame.width - bar.width - 66, frame.height - 28, frame.width, frame.height))
    found = mark(spots, places.lands, frame, outlines, room)
    picture = Picture("narrow" if frame.width == NARROW else "wide", frame, found, room, outlines)
    _choose(picture, spots, places)
    return picture


def _label(picture: Picture, lands: Mapping[int, Land]) -> None:
    """Names beside the marks and, on a part of the world, those of countries without a mark."""
    label_marks(picture.found.drawn, picture.frame, picture.room)
    if picture.frame.window.is_world:
        return
    named = {each.name for each in picture.found.drawn if each.land}
    others = {key: land for key, land in lands.items() if land.name not in named}
    picture.labels = name_lands(picture.outlines, others, picture.frame, picture.room)


def _choose(picture: Picture, spots: Spots, places: Places) -> None:
    """Marks what stands for the chosen place; around a place that is only known to be near, the
    circle in which it was, where that is larger than the mark."""
    if not places.chosen:
        return
    for each in _all(picture.found):
        keys = {*spots.ids[each.members].tolist(), *spots.anchors[each.members].tolist()}
        each.is_chosen = places.chosen in keys
        is_larger = picture.frame.scale * each.across < NEAR
        if each.is_chosen and each.form in ("near", "both") and is_larger:
            at = np.isin(spots.ids, places.chosen) | np.isin(spots.anchors, places.chosen)
            latitude, longitude = float(spots.latitude[at][0]), float(spots.longitude[at][0])
            picture.circle = circle_around(latitude, longitude, picture.frame)
