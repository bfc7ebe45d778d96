"""The countries of which the chronology tells: in which events took place, or whose actors or
places it knows."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import ngettext

from actors.models import Actor, Country
from events.index.current import current_state
from events.index.selection import Selection
from events.models import Location


@dataclass(frozen=True, slots=True)
class CountryEntry:
    """How many public events have to do with a country, and how many actors are of it."""

    country: Country
    events: int
    actors: int

    @property
    def events_in_words(self) -> str:
        return ngettext("%(number)s event", "%(number)s events", self.events) % {
            "number": self.events
        }

    @property
    def actors_in_words(self) -> str:
        return ngettext("%(number)s actor", "%(number)s actors", self.actors) % {
            "number": self.actors
        }


def countries_in_use() -> list[CountryEntry]:
    """By name. Three queries."""
    counts = Selection(current_state()).counts("country")
    events = counts.first(len(counts.ids))
    in_country = Actor.objects.published().filter(country__isnull=False).order_by()
    actors = dict(in_country.values_list("country").annotate(number=Count("pk")))
    places = Location.objects.published().filter(country__isnull=False).order_by()
    keys = {*events, *actors, *places.values_list("country", flat=True)}
    rows = Country.objects.filter(pk__in=keys).order_by("sort_name", "pk")
    return [CountryEntry(row, events.get(row.pk, 0), actors.get(row.pk, 0)) for row in rows]
