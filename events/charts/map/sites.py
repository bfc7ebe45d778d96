"""What may be drawn of each place: a point, the surroundings of one, an area, or nothing.

A place without coordinates is somewhere in the nearest place around it that has some, or else in
its country. Nothing is drawn more exactly than its coordinates are.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from actors.models import Country
from events.charts.map.topology import Floats
from events.index.columns import Ints
from events.index.facts import fetch_packed, packed, unpacked
from events.index.selection import Selection
from events.models.locations import LocationPrecision

_PRECISIONS = [str(precision) for precision in LocationPrecision.values]
_SITES = f"""
    SELECT {packed("id")}, {packed("coalesce(country_id, 0)")},
        {packed("coalesce(latitude, 'NaN')")}, {packed("coalesce(longitude, 'NaN')")},
        {packed("array_position(%(precisions)s::text[], precision)::bigint")}
    FROM events_location WHERE state = 'published'
"""  # noqa: S608 - words of this module


class Form(IntEnum):
    """How exactly it is known where an event took place."""

    IN = 0  # in this place
    NEAR = 1  # within 25 km of it
    AREA = 2  # somewhere in a province or a district
    COUNTRY = 3  # somewhere in a country
    NOWHERE = 4  # in a place of which the map knows nothing


# Of each precision, in the order of the model.
_FORMS = np.array([Form.IN, Form.IN, Form.NEAR, Form.AREA, Form.COUNTRY, Form.NOWHERE])


@dataclass(frozen=True)
class Sites:
    """All published places, in the order of their keys. `countries` are 0 where none is given;
    coordinates are NaN."""

    ids: Ints
    countries: Ints
    latitude: Floats
    longitude: Floats
    forms: Ints

    def places_of(self, keys: Ints) -> Ints:
        """Where each key stands; -1 for a place that is not published."""
        if not len(self.ids):
            return np.full(len(keys), -1)
        places = np.minimum(np.searchsorted(self.ids, keys), len(self.ids) - 1)
        return np.where(self.ids[places] == keys, places, -1)


@dataclass(frozen=True)
class Spots:
    """The places of some events: of each place how many events, how exactly it is known (`Form`),
    the place whose coordinates it is drawn at (0: at none), these, its country, and the province
    around it that has coordinates (0: none)."""

    ids: Ints
    numbers: Ints
    forms: Ints
    anchors: Ints
    latitude: Floats
    longitude: Floats
    countries: Ints
    provinces: Ints


@dataclass(frozen=True, slots=True)
class Land:
    """A country, and the key of its shape on the base map, which may have none of it."""

    key: int
    iso3: str
    name: str
    shape: str


def read_sites() -> Sites:
    [row] = fetch_packed(_SITES, {"precisions": _PRECISIONS})
    columns = [unpacked(column) for column in row]
    ids, countries, latitude, longitude, precisions = (c[np.argsort(columns[0])] for c in columns)
    return Sites(
        ids,
        countries,
        # As PostgreSQL sends them, these are the bits of numbers with a point.
        latitude.view(np.float64),
        longitude.view(np.float64),
        _FORMS[precisions - 1],
    )


def read_lands() -> dict[int, Land]:
    rows = Country.objects.order_by().values_list("pk", "iso3", "name", "iso_numeric")
    return {pk: Land(pk, iso3, name, code or iso3) for pk, iso3, name, code in rows}


def spots_of(selection: Selection, sites: Sites) -> Spots:
    """Where the selected events took place: a spot for each place with some."""
    counts = selection.counts_of_places()
    codes = np.flatnonzero(counts.numbers)
    around = _steps_around(selection)
    at = np.append(sites.places_of(counts.ids), -1)
    has_coordinates = np.append(~np.isnan(sites.latitude), False)[at]
    anchors = _first(codes, around, has_coordinates)
    lands = _first(codes, around, np.append(sites.countries > 0, False)[at])
    provinces = _first(codes, around, np.append(sites.forms == Form.AREA, False)[at])
    place, land = at[anchors], at[lands]
    countries = np.where(land >= 0, np.append(sites.countries, 0)[land], 0)
    forms = np.append(sites.forms, Form.NOWHERE)[place]
    forms = np.where((place < 0) & (countries > 0), Form.COUNTRY, forms)
    return Spots(
        ids=counts.ids[codes],
        numbers=counts.numbers[codes],
        forms=np.where((forms == Form.COUNTRY) & (countries == 0), Form.AREA, forms),
        anchors=np.append(sites.ids, 0)[place],
        latitude=np.append(sites.latitude, np.nan)[place],
        longitude=np.append(sites.longitude, np.nan)[place],
        countries=countries,
        provinces=np.append(sites.ids, 0)[at[provinces]],
    )


def _steps_around(selection: Selection) -> Ints:
    """Of each place of the index, where the place around it stands; -1 where there is none."""
    ids, around = selection.state.own_places.ids, selection.state.places_around
    return np.append(np.where(around > 0, np.searchsorted(ids, around), -1), -1)


def _first(codes: Ints, around: Ints, has: Ints) -> Ints:
    """Of each place itself or the nearest one around it that has something; -1 if none has."""
    found = codes.copy()
    while (lacks := (found >= 0) & ~has[found]).any():
        found[lacks] = around[found[lacks]]
    return found
