from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy

from events.api.citations import Found, citations_field, citations_of
from events.api.following import FollowedFilterSet
from events.api.resources import Batch, Field, Resource, in_order
from events.api.schemas import (
    NAMED,
    NUMBER_OR_NULL,
    SLUG_TEXT,
    TEXT,
    address_fields,
    column,
    country_field,
    many,
    named,
    names_field,
    word,
)
from events.filters.locations import LocationFilterSet
from events.models import Location
from events.models.changes import with_times
from events.models.locations import LocationQuerySet


class _Filters(FollowedFilterSet, LocationFilterSet):
    pass


def rows() -> LocationQuerySet:
    return with_times(Location.objects.published().for_list().prefetch_related("names"))


class LocationBatch(Batch):
    @cached_property
    def citations(self) -> Found:
        return citations_of(location=self.keys)

    @cached_property
    def around(self) -> dict[int, Location]:
        """All places in which one of the rows lies, by key."""
        keys = {key for row in self.rows for key in row.lineage}
        return Location.objects.published().in_bulk(keys)


def _within(batch: LocationBatch, row: Location) -> list[dict[str, Any]]:
    places = (batch.around.get(key) for key in row.lineage if key != row.pk)
    return [place for place in map(named, places) if place]


LOCATIONS = Resource(
    name="locations",
    singular="location",
    description=gettext_lazy("Places, as a tree: country, province, town, site."),
    filters=_Filters,
    rows=rows,
    listed=in_order("sort_name", "pk"),
    batch=LocationBatch,
    fields={
        **column("slug", SLUG_TEXT, gettext_lazy("Its name in addresses.")),
        **column("name", TEXT, gettext_lazy("Its name.")),
        **names_field(),
        **column("kind", word(Location.Kind.choices), gettext_lazy("What kind of place it is.")),
        **country_field(),
        "within": Field(
            many(NAMED), gettext_lazy("The places that it lies in, widest first."), _within
        ),
        **column(
            "latitude", NUMBER_OR_NULL, gettext_lazy("Degrees north, WGS 84; null where not known.")
        ),
        **column("longitude", NUMBER_OR_NULL, gettext_lazy("Degrees east.")),
        **column(
            "precision",
            word(Location.Precision.choices),
            gettext_lazy(
                "What the coordinates stand for: the site itself, somewhere in the town, within 25 "
                "km, somewhere in the province or in the country; unknown without coordinates."
            ),
        ),
        **column(
            "coordinates_in_words",
            TEXT,
            gettext_lazy(
                "With as many decimals as the precision bears out; empty where not known."
            ),
        ),
        **column("note", TEXT, gettext_lazy("The curators’ note.")),
        **citations_field("location"),
        **address_fields("locations"),
    },
)
