"""The small map on the page of a place, an event or a country, and where it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from actors.models import Country
from config.http.addresses import address_of
from events.charts.map.links import Links
from events.charts.map.small import Point, SmallPicture, draw_country, draw_point
from events.models import Location
from events.models.locations import LocationPrecision

_FORMS = {
    str(LocationPrecision.EXACT): "in",
    str(LocationPrecision.TOWN): "in",
    str(LocationPrecision.NEAR): "near",
    str(LocationPrecision.PROVINCE): "area",
}


@dataclass(frozen=True)
class SmallMap:
    """`words` say what is drawn, as exactly as it is known."""

    picture: SmallPicture
    words: str
    url: str


def map_of_place(around: Sequence[Location]) -> SmallMap | None:
    """Of a place and those around it, the widest first; None where nothing can be drawn."""
    if not around:
        return None
    place = around[-1]
    nearest = next((each for each in reversed(around) if each.has_coordinates), None)
    if nearest is not None and nearest.precision in _FORMS:
        point = Point(nearest.latitude or 0, nearest.longitude or 0, _FORMS[nearest.precision])
        return _small(draw_point(point), _words(point, nearest), place.slug)
    country = next((each.country for each in reversed(around) if each.country_id), None)
    return _of_country(country, place.slug) if country else None


def map_of_country(country: Country) -> SmallMap | None:
    return _of_country(country, "")


def _of_country(country: Country, place: str) -> SmallMap | None:
    picture = draw_country(country.iso_numeric or country.iso3)
    if picture is None:
        return None
    words = _("Somewhere in %(place)s") if place else _("%(place)s on the map")
    return _small(picture, words % {"place": country.name}, place)


def _small(picture: SmallPicture, words: str, place: str) -> SmallMap:
    links = Links(address_of("map"), "", picture.frame.window, is_relative=False)
    return SmallMap(picture, words, links.to_place(place) if place else links.to(links.window))


def _words(point: Point, place: Location) -> str:
    if point.form == "near":
        return _("Within 25 km of %(place)s") % {"place": place.name}
    if point.form == "area":
        return _("Somewhere in %(place)s") % {"place": place.name}
    return _("In %(place)s") % {"place": place.name}
