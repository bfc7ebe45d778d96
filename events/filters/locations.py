"""The query parameters of the list of places; public words, never columns."""

from django.utils.translation import gettext_lazy

from actors.models import Country
from config.lists.filtering import StrictFilterSet, TextFilter, WordsFilter
from config.lists.slugs import SlugFilter
from events.models import Location
from events.models.locations import LocationQuerySet


class LocationFilterSet(StrictFilterSet):
    MEANINGS = {"q": gettext_lazy("Parts of the name, in any script.")}

    q = TextFilter(label=gettext_lazy("Name"), method="by_name")
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Location.Kind.choices)
    country = SlugFilter(label=gettext_lazy("Country"), queryset=Country.objects.all(), slug="iso3")

    class Meta:
        model = Location
        fields: list[str] = []

    def by_name(self, rows: LocationQuerySet, name: str, value: str) -> LocationQuerySet:
        return rows.named(value)
