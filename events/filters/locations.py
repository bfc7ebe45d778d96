"""The query parameters of the list of places; public words, never columns."""

from django.utils.translation import gettext_lazy

from actors.models import Country
from config.lists.filtering import TextFilter, WordsFilter
from config.lists.slugs import SlugFilter
from config.search.filters import SearchingFilterSet
from events.filters.count_words import PLACES
from events.models import Location


class LocationFilterSet(SearchingFilterSet):
    COUNT_WORDS = PLACES
    MEANINGS = {"q": gettext_lazy("Words of the name, in any script, or how they begin.")}

    q = TextFilter(label=gettext_lazy("Name"), method="by_words")
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Location.Kind.choices)
    country = SlugFilter(label=gettext_lazy("Country"), queryset=Country.objects.all(), slug="iso3")

    class Meta:
        model = Location
        fields: list[str] = []
