"""The ways from one window to others, and what is to be said of the base map."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from events.charts.map.base import CRIMEA
from events.charts.map.hearts import window_of
from events.charts.map.links import Links
from events.charts.map.marks import Marks, in_order
from events.charts.map.outlines import Outline
from events.charts.map.sites import Land, Spots
from events.charts.map.windows import Frame, Window

# Places of which the base map takes a side: latitude, longitude, and the shapes concerned.
_GOLAN = (33.0, 35.8, {"376", "760"})
_WESTERN_SAHARA = (24.5, -13.5, {"504", "732"})
# Where the world begins when nothing is on it.
_MIDDLE = (20.0, 11.0)


@dataclass(frozen=True, slots=True)
class Crumb:
    """The last one is the window that is shown, and leads nowhere."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """Addresses of the windows around this one; "" where there is none."""

    left: str = ""
    up: str = ""
    down: str = ""
    right: str = ""
    wider: str = ""
    closer: str = ""


def crumbs_of(
    frame: Frame, outlines: Mapping[str, Outline], lands: Mapping[int, Land], links: Links
) -> list[Crumb]:
    """The world, the country in the middle, and how much of it is shown."""
    if (window := frame.window).is_world:
        return [Crumb(_("World"))]
    crumbs = [Crumb(_("World"), links.to_window(Window()))]
    here = Crumb(_("%(km)s km across") % {"km": f"{window.wide:,.0f}"})
    land = _land_in_the_middle(frame, outlines, lands)
    country = window_of(land.shape) if land else None
    if land is None or country is None or country.wide < 0.99 * window.wide:
        return [*crumbs, here]
    if country == window:
        return [*crumbs, Crumb(land.name)]
    return [*crumbs, Crumb(land.name, links.to_window(country)), here]


def _land_in_the_middle(
    frame: Frame, outlines: Mapping[str, Outline], lands: Mapping[int, Land]
) -> Land | None:
    middle = np.array([[frame.width / 2, frame.height / 2]])
    shape = next((key for key, outline in outlines.items() if outline.holds(middle)[0]), "")
    return next((land for land in lands.values() if land.shape == shape), None)


def moves_of(links: Links, found: Marks, spots: Spots) -> Moves:
    window = links.window
    closer = window.closer(_busiest(found, spots))
    closer_url = links.to_window(closer) if closer else ""
    if window.is_world:
        return Moves(closer=closer_url)
    left, up, down, right = (
        links.to_window(window.moved(x, y)) for x, y in ((-0.5, 0), (0, -0.5), (0, 0.5), (0.5, 0))
    )
    return Moves(left, up, down, right, links.to_window(window.wider()), closer_url)


def _busiest(found: Marks, spots: Spots) -> tuple[float, float]:
    """Where the largest mark is, as latitude and longitude."""
    for each in in_order(found.drawn):
        if each.land and (window := window_of(each.land.shape)) and window.at:
            return window.at
        first = each.members[0]
        if not np.isnan(spots.latitude[first]):
            return float(spots.latitude[first]), float(spots.longitude[first])
    return _MIDDLE


def notes_of(frame: Frame, outlines: Mapping[str, Outline], shaded: set[str]) -> list[str]:
    """What the base map draws with whom, where that is seen or shaded."""
    notes = []
    if CRIMEA in outlines:
        notes.append(_("Striped: Crimea, claimed by Russia and Ukraine, shaded with neither."))
    if _is_concerned(_GOLAN, frame, shaded):
        words = _("The base map draws the Golan with Israel; %(aside)s.")
        notes.append(words % {"aside": _("the editors take no side")})
    if _is_concerned(_WESTERN_SAHARA, frame, shaded):
        words = _("The base map draws the west of Western Sahara with Morocco; %(aside)s.")
        notes.append(words % {"aside": _("the editors take no side")})
    return notes


def _is_concerned(place: tuple[float, float, set[str]], frame: Frame, shaded: set[str]) -> bool:
    latitude, longitude, shapes = place
    if frame.window.is_world:
        return bool(shapes & shaded)
    x, y = frame.project(np.array([longitude]), np.array([latitude]))
    return bool(frame.holds(x, y)[0])
