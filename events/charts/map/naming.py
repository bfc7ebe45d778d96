"""What the marks of a picture are called, and where each leads."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.charts.map.hearts import window_of
from events.charts.map.labels import Room, label_beside
from events.charts.map.links import Links
from events.charts.map.marks import Mark, in_order
from events.charts.map.sites import Spots
from events.charts.map.windows import NARROW, NARROWEST, Frame, Window, window_at
from events.charts.widths import text_width
from events.models import Location

# Names beside marks, at most.
_LABELS = {NARROW: 10}
_MANY = 45
# Pixels of the type in a mark, and how much of its radius a name below the number may be wide.
INSIDE, _INSIDE = 10, 1.75
# A place and others in less than so many km are one spot, which no window takes apart.
_SPOT = 0.2
# A window is so much wider than the places in it, and is this part of the one before at least.
_MARGIN, _CLOSEST = 1.4, 8
# Of a country that stands for several places, so many are told apart in the list.
TOLD = 6


@dataclass(frozen=True, slots=True)
class PlaceName:
    slug: str
    name: str
    kind: str
    kind_in_words: str


def read_names(spots: Spots, marks: Iterable[Mark]) -> dict[int, PlaceName]:
    """The names of the places that marks are called by, and of those told apart in the list."""
    wanted = {0}
    for each in marks:
        wanted |= {int(spots.anchors[each.members[0]]), int(spots.ids[each.members[0]])}
        if each.land:
            wanted |= set(spots.ids[each.members[:TOLD]].tolist())
    rows = Location.objects.published().filter(pk__in=wanted).order_by()
    kinds = {str(value): str(label) for value, label in Location.Kind.choices}
    return {
        pk: PlaceName(slug, name, kind, kinds[kind])
        for pk, slug, name, kind in rows.values_list("pk", "slug", "name", "kind")
    }


def name_marks(
    marks: Iterable[Mark],
    spots: Spots,
    names: Mapping[int, PlaceName],
    frame: Frame,
    links: Links,
) -> None:
    for each in marks:
        head = names.get(head_of(each, spots))
        each.name = each.land.name if each.land else head.name if head else ""
        each.title = ngettext(
            "%(where)s: %(number)s event", "%(where)s: %(number)s events", each.number
        ) % {
            "where": where_in_words(each),
            "number": f"{each.number:,}",
        }
        each.url = _address(each, spots, names, frame, links)


def label_marks(marks: Iterable[Mark], frame: Frame, room: Room) -> None:
    """The largest first, as many as have room."""
    number = 0
    for each in in_order(list(marks)):
        each.label = label_beside(room, each.name, each.x, each.y, each.across, each.down)
        if each.label is None and not each.is_square and _has_room_inside(each):
            each.inside = each.name
        number += each.label is not None
        if number == _LABELS.get(frame.width, _MANY):
            return


def _has_room_inside(each: Mark) -> bool:
    """Whether the whole name fits below the number of a large mark."""
    return text_width(each.name, INSIDE) < _INSIDE * each.across


def head_of(each: Mark, spots: Spots) -> int:
    """The place that a mark is called by: that with the most events, or the place which its
    coordinates are those of."""
    first = each.members[0]
    return int(spots.anchors[first]) or int(spots.ids[first])


def where_in_words(each: Mark) -> str:
    """As in "Aleppo and 12 more places", "within 25 km of Idlib", "somewhere in Syria"."""
    if each.is_square:
        return _("Somewhere in %(place)s") % {"place": each.name}
    more = len(each.members) - 1
    if more:
        return ngettext(
            "%(place)s and %(more)s more place", "%(place)s and %(more)s more places", more
        ) % {
            "place": each.name,
            "more": f"{more:,}",
        }
    if each.form == "near":
        return _("Within 25 km of %(place)s") % {"place": each.name}
    return each.name


def _address(
    each: Mark, spots: Spots, names: Mapping[int, PlaceName], frame: Frame, links: Links
) -> str:
    """One place leads to itself, several to a window that is closer to them."""
    window = frame.window
    if each.land:
        country = window_of(each.land.shape)
        if country and (window.is_world or country.wide < 0.7 * window.wide):
            return links.to(country)
        slugs = [names[key].slug for key in _own(each, spots, names, "country")]
        return links.to_place(slugs[0]) if slugs else links.to(window)
    if len(each.members) > 1 and not each.is_square and (closer := closer_to(each, spots, window)):
        return links.to(closer)
    head = names.get(head_of(each, spots))
    return links.to_place(head.slug) if head else links.to(window)


def _own(each: Mark, spots: Spots, names: Mapping[int, PlaceName], kind: str) -> list[int]:
    """The places of a mark that have a name, those of a kind first."""
    own = [key for key in spots.ids[each.members].tolist() if key in names]
    return sorted(own, key=lambda key: names[key].kind != kind)


def closer_to(each: Mark, spots: Spots, window: Window) -> Window | None:
    """What shows the places of a mark apart; None where they lie on one spot, or nothing does."""
    longitude, latitude = spots.longitude[each.members], spots.latitude[each.members]
    # As seen from the first of them, wherever the 180th meridian is.
    east = (longitude - longitude[0] + 180) % 360 - 180
    across = np.ptp(east) * np.cos(np.radians(latitude[0])) * 111.2
    apart = float(max(across, np.ptp(latitude) * 111.2))
    wide = 10_000.0 if window.is_world else window.wide
    if apart < _SPOT or wide < 1.5 * NARROWEST:
        return None
    middle = float(latitude.min() + latitude.max()) / 2
    turn = float(longitude[0]) + float(east.min() + east.max()) / 2
    return window_at(middle, turn, min(max(apart * _MARGIN, wide / _CLOSEST), wide / 2))
