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
from events.index.state import State
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


def map_of(
    filters: MapFilterSet,
    places: Places,
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
        places,
        without=_without_place(filters.selection, filters.results_query),
        is_alone=is_alone,
        sizes=(WIDE,) if is_alone else (WIDE, NARROW),
    )


def places_of(request: HttpRequest, filters: MapFilterSet) -> Places:
    """What the map reads of places, once for each version of the data."""
    sites, lands = cached(request, "map", lambda: (read_sites(), read_lands()))
    return Places(sites, lands, filters.chosen_place.pk if filters.chosen_place else 0)


def _without_place(selection: Selection, query: str) -> list[Row]:
    """The events that have no place, where they are few enough to be named."""
    found = selection.without_place()
    if not 0 < found.count <= _NAMED:
        return []
    entries = read_entries([event.pk for event in found.between(0, _NAMED)], with_sources=False)
    return [Row(entry.title, 1, with_query(entry.url, query)) for entry in entries]


def panel_of(filters: MapFilterSet, sites: Sites) -> Panel | None:
    """The events of the chosen place itself, of others on the same point, and of places in it of
    which no more is known."""
    if (place := filters.chosen_place) is None:
        return None
    found = filters.selection.in_places(_drawn_at(place, filters.selection.state, sites))
    keys = [event.pk for event in found.between(0, SHOWN)]
    places = _own_places(found, keys)
    names = Location.objects.published().filter(pk__in=set(places.values()))
    by_key = dict(names.order_by().values_list("pk", "name"))
    events = [
        PlacedEvent(entry, _where(places[entry.key], by_key, place, sites))
        for entry in read_entries(keys, with_sources=False)
    ]
    return Panel(place, found.count, events)


def _drawn_at(place: Location, state: State, sites: Sites) -> list[int]:
    """The keys of the places that the map cannot tell from one."""
    keys = {place.pk}
    if place.has_coordinates:
        is_same = (sites.latitude == place.latitude) & (sites.longitude == place.longitude)
        keys |= set(sites.ids[is_same].tolist())
    inside = Location.objects.published().within([place]).filter(latitude=None)
    for pk in inside.order_by().values_list("pk", flat=True):
        way = state.around(pk)
        nearer = way[way.index(place.pk) + 1 : -1] if place.pk in way else []
        if not any(_form_of(key, sites) < Form.COUNTRY for key in nearer):
            keys.add(pk)
    return sorted(keys)


def _form_of(key: int, sites: Sites) -> Form:
    at = sites.places_of(np.array([key]))[0]
    return Form(sites.forms[at]) if at >= 0 else Form.NOWHERE


def _where(own: int, names: dict[int, str], place: Location, sites: Sites) -> str:
    """Of an event of the panel, whose own place is not always the chosen one."""
    form, name = _form_of(own, sites), names.get(own, place.name)
    if name != place.name:
        return _("within 25 km of %(place)s") % {"place": name} if form == Form.NEAR else name
    if form == Form.NEAR:
        return _("within 25 km")
    return _("in it") if form == Form.IN else _("somewhere in it")


def _own_places(selection: Selection, keys: list[int]) -> dict[int, int]:
    """The place of each of these events."""
    state = selection.state
    column = state.own_places
    is_asked = np.isin(state.keys[column.rows], np.array(keys, dtype=np.int64))
    events, places = state.keys[column.rows[is_asked]], column.ids[column.codes[is_asked]]
    return dict(zip(events.tolist(), places.tolist(), strict=True))
