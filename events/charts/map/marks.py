"""The marks of a picture, and how many events none of them stands for.

A round mark stands for a place, or for places that lie close together. A square is somewhere in a
province or, with its shape shaded, in a country. A province that would be smaller than its mark is
not told apart: its events are somewhere in the country.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from events.charts.map.clusters import cluster
from events.charts.map.hearts import heart_of
from events.charts.map.labels import Label, Room
from events.charts.map.outlines import Outline
from events.charts.map.sites import Form, Land, Spots
from events.charts.map.squares import half_width, place_country, place_province
from events.charts.map.topology import Floats, Ints
from events.charts.map.windows import NARROW, Frame

# km that a pixel is, from which on provinces are no larger than their marks.
_COARSE = 4.0
# Marks of a picture at most, as many as can be told apart and take little to send.
_MOST = {NARROW: 50}
_MANY = 140
HALF = 11.0  # pixels: half the height of a square


@dataclass(slots=True, eq=False)
class Mark:
    """`form` is how exactly the places are known; "both": some events in the place, some near it.

    `members` are places in the spots, that with the most events first. `across` and `down` are half
    its size. A mark beside a small country has a `line` to it. What is written is added when
    the names are known.
    """

    form: str
    x: float
    y: float
    across: float
    down: float
    number: int
    members: Ints
    land: Land | None = None
    line: tuple[float, float] | None = None
    is_chosen: bool = False
    name: str = ""
    title: str = ""
    url: str = ""
    label: Label | None = None
    inside: str = ""

    @property
    def is_square(self) -> bool:
        return self.form in ("area", "country")

    @property
    def is_dot(self) -> bool:
        return not self.is_square and self.across < HALF

    @property
    def left(self) -> float:
        return round(self.x - self.across, 1)

    @property
    def top(self) -> float:
        return round(self.y - self.down, 1)

    @property
    def width(self) -> float:
        return 2 * self.across

    @property
    def number_in_words(self) -> str:
        return f"{self.number:,}"

    @property
    def base_line(self) -> float:
        """Of the number in it."""
        return round(self.y + (-2 if self.inside else 4), 1)

    @property
    def name_line(self) -> float:
        return round(self.y + 13, 1)

    @property
    def inner(self) -> float:
        """The radius of the inner disc where a ring is around it."""
        return self.across - 2.5


@dataclass
class Marks:
    """What is drawn, and what is not: the marks without room, countries that go on beyond the
    picture, and numbers of events outside it and in places of which the map knows nothing."""

    drawn: list[Mark] = field(default_factory=list)
    crowded: list[Mark] = field(default_factory=list)
    beyond: list[Mark] = field(default_factory=list)
    shaded: set[str] = field(default_factory=set)
    outside: int = 0
    nowhere: int = 0


def mark(
    spots: Spots,
    lands: Mapping[int, Land],
    frame: Frame,
    outlines: Mapping[str, Outline],
    room: Room,
) -> Marks:
    """`outlines` are the shapes of the picture; what the marks take is taken from `room`."""
    found = Marks()
    x, y = frame.project(spots.longitude, spots.latitude)
    forms = _coarsened(spots, lands, frame)
    is_point = forms <= Form.AREA
    is_seen = is_point & frame.holds(np.nan_to_num(x, nan=-1), np.nan_to_num(y, nan=-1))
    found.outside = int(spots.numbers[is_point & ~is_seen].sum())
    found.nowhere = int(spots.numbers[forms == Form.NOWHERE].sum())
    is_round = is_seen & (forms <= Form.NEAR)
    found.drawn += _rounds(spots, np.flatnonzero(is_round), x, y, frame)
    for each in found.drawn:
        room.take(_box(each))
    for members in _groups(spots.countries, np.flatnonzero(forms == Form.COUNTRY), spots.numbers):
        land = lands[int(spots.countries[members[0]])]
        _add_country(found, spots, members, land, frame, outlines, room)
    provinces = np.flatnonzero(is_seen & (forms == Form.AREA))
    for members in _groups(spots.anchors, provinces, spots.numbers):
        inside = is_round & (spots.provinces == spots.anchors[members[0]])
        known = np.stack([x[inside], y[inside]], axis=1)
        _add_province(found, spots, members, np.array([x[members[0]], y[members[0]]]), known, room)
    return found


def _coarsened(spots: Spots, lands: Mapping[int, Land], frame: Frame) -> Ints:
    """The forms, where what is too small to be told apart is somewhere in its country, and a
    country without a shape is a point somewhere in which it was, or nowhere."""
    countries, codes = np.unique(spots.countries, return_inverse=True)
    known = [key in lands and heart_of(lands[key].shape) is not None for key in countries.tolist()]
    has_shape = np.array(known, dtype=np.bool_)[codes]
    forms = spots.forms.copy()
    if frame.scale > _COARSE:
        forms[(forms == Form.AREA) & has_shape] = Form.COUNTRY
    lost = (forms == Form.COUNTRY) & ~has_shape
    forms[lost] = np.where(np.isnan(spots.latitude[lost]), Form.NOWHERE, Form.AREA)
    return forms


def _groups(by: Ints, places: Ints, numbers: Ints) -> list[Ints]:
    """Places that share a value, each group in the order of its numbers, the largest group
    first."""
    in_order = places[np.lexsort([places, -numbers[places], by[places]])]
    groups = np.split(in_order, np.flatnonzero(np.diff(by[in_order])) + 1)
    return sorted((g for g in groups if len(g)), key=lambda g: -int(numbers[g].sum()))


def _rounds(spots: Spots, places: Ints, x: Floats, y: Floats, frame: Frame) -> list[Mark]:
    most = _MOST.get(frame.width, _MANY)
    marks = []
    for each in cluster(x[places], y[places], spots.numbers[places], most):
        members = places[each.members]
        is_near = spots.forms[members] == Form.NEAR
        form = "near" if is_near.all() else "both" if is_near.any() else "in"
        r = round(each.radius, 1)
        marks.append(Mark(form, round(each.x, 1), round(each.y, 1), r, r, each.number, members))
    return marks


def _add_country(
    found: Marks,
    spots: Spots,
    members: Ints,
    land: Land,
    frame: Frame,
    outlines: Mapping[str, Outline],
    room: Room,
) -> None:
    number, outline = int(spots.numbers[members].sum()), outlines.get(land.shape)
    if (heart := heart_of(land.shape)) is None:
        found.nowhere += number
        return
    x, y = frame.point(heart.latitude, heart.longitude)
    square = Mark("country", x, y, half_width(number), HALF, number, members, land)
    if outline:
        found.shaded.add(land.shape)
    if not frame.holds(np.array([x]), np.array([y]))[0]:
        found.beyond += [square] if outline else []
        found.outside += 0 if outline else number
        return
    place = place_country(room, outline, (x, y), heart.room / frame.scale, square.across)
    if place is None:
        found.crowded.append(square)
        return
    square.x, square.y, square.line = place
    _draw(found, square, room)


def _add_province(
    found: Marks, spots: Spots, members: Ints, at: Floats, known: Floats, room: Room
) -> None:
    number = int(spots.numbers[members].sum())
    x, y = at.tolist()
    square = Mark("area", x, y, half_width(number), HALF, number, members)
    place = place_province(room, at, known, square.across)
    if place is None:
        found.crowded.append(square)
        return
    square.x, square.y = place
    _draw(found, square, room)


def _draw(found: Marks, square: Mark, room: Room) -> None:
    square.x, square.y = round(square.x, 1), round(square.y, 1)
    found.drawn.append(square)
    room.take(_box(square))


def _box(each: Mark) -> tuple[float, float, float, float]:
    return (
        each.x - each.across - 1,
        each.y - each.down - 1,
        each.x + each.across + 1,
        each.y + each.down + 1,
    )


def in_order(marks: Sequence[Mark]) -> list[Mark]:
    """By number, the largest first."""
    return sorted(marks, key=lambda each: (-each.number, each.is_square, each.x, each.y))
