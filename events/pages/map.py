"""What the map shows beside its pictures: the events of the place that is chosen."""

from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest
from django.utils.translation import gettext as _

from config.http.addresses import address_of, with_query
from config.http.caching import cached
from events.charts.map.drawing import Map, Places, draw_map
from events.charts.map.filters import MapFilterSet
from events.charts.map.links import Links
from events.charts.map.rows import Row
from events.charts.map.sites import Form, Sites, read_lands, read_sites
from events.charts.map.windows import NARROW, WIDE
from events.index.selection import Selection
from events.models import Location
from events.pages.entries import Entry, read_entries

SHOWN = 50
# So many events without a place are named in the list.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class PlacedEvent:
    """An event of the panel, and where it was, in words that say no more than is known."""

    event: Entry
    where: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The events that the map draws at one place, the first of `number`."""

    place: Location
    number: int
    events: list[PlacedEvent]
    others: list[Location]


def map_of(
    request: HttpRequest,
    filters: MapFilterSet,
    *,
    is_relative: bool = True,
    is_alone: bool = False,
) -> Map:
    """The selected events in the window that is asked for."""
    place = filters.chosen_place
    links = Links(
        address_of("map"),
        filters.results_query,
        filters.window,
        place.slug if place else "",
        is_relative,
    )
    return draw_map(
        filters.selection,
        links,
        places_of(request, place.pk if place else 0),
        without=_without_place(filters.selection, filters.results_query),
        is_alone=is_alone,
        sizes=(WIDE,) if is_alone else (WIDE, NARROW),
    )


def places_of(request: HttpRequest, chosen: int = 0) -> Places:
    """What the map reads of places, once for each version of the data."""
    sites, lands = cached(request, "map", lambda: (read_sites(), read_lands()))
    return Places(sites, lands, chosen)


def _without_place(selection: Selection, query: str) -> list[Row]:
    """The events that have no place, where they are few enough to be named."""
    found = selection.without_place()
    if not 0 < found.count <= _NAMED:
        return []
    entries = read_entries([event.pk for event in found.between(0, _NAMED)], with_sources=False)
    return [Row(entry.title, 1, with_query(entry.url, query)) for entry in entries]


def panel_of(filters: MapFilterSet, sites: Sites) -> Panel | None:
    """The events of the chosen place itself, and of places in it of which no more is known."""
    if (place := filters.chosen_place) is None:
        return None
    inside = _drawn_at(place, filters.selection, sites)
    found = filters.selection.in_places(list(inside))
    keys = [event.pk for event in found.between(0, SHOWN)]
    entries = read_entries(keys, with_sources=False)
    own = _own_places(found, keys)
    return Panel(
        place,
        found.count,
        [PlacedEvent(entry, inside[own[entry.key]]) for entry in entries],
        _at_the_same_point(place),
    )


def _drawn_at(place: Location, selection: Selection, sites: Sites) -> dict[int, str]:
    """The chosen place and those in it that the map cannot tell from it, and the words for each."""
    state = selection.state
    at = sites.places_of(np.array([place.pk]))[0]
    form = Form(sites.forms[at]) if at >= 0 else Form.NOWHERE
    words = {place.pk: _WORDS[form]()}
    names = dict(
        Location.objects.published()
        .within([place])
        .filter(latitude=None)
        .exclude(pk=place.pk)
        .values_list("pk", "name")
    )
    for pk, name in names.items():
        between = state.around(pk)[:-1]
        nearer = between[between.index(place.pk) + 1 :] if place.pk in between else []
        if not any(_has_point(key, sites) for key in nearer):
            words[pk] = name
    return words


def _has_point(key: int, sites: Sites) -> bool:
    at = sites.places_of(np.array([key]))[0]
    return bool(at >= 0 and not np.isnan(sites.latitude[at]))


_WORDS = {
    Form.IN: lambda: _("in it"),
    Form.NEAR: lambda: _("within 25 km"),
    Form.AREA: lambda: _("somewhere in it"),
    Form.COUNTRY: lambda: _("somewhere in it"),
    Form.NOWHERE: lambda: _("somewhere in it"),
}


def _own_places(selection: Selection, keys: list[int]) -> dict[int, int]:
    """The place of each of these events."""
    state = selection.state
    column = state.own_places
    is_asked = np.isin(state.keys[column.rows], np.array(keys, dtype=np.int64))
    events, places = state.keys[column.rows[is_asked]], column.ids[column.codes[is_asked]]
    return dict(zip(events.tolist(), places.tolist(), strict=True))


def _at_the_same_point(place: Location) -> list[Location]:
    """Other places that no window takes apart from it."""
    if place.latitude is None:
        return []
    same = Location.objects.published().filter(latitude=place.latitude, longitude=place.longitude)
    return list(same.exclude(pk=place.pk).order_by("sort_name", "pk").only("slug", "name")[:SHOWN])
