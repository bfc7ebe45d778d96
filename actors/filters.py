"""The query parameters of the list of actors."""

from django.utils.translation import gettext_lazy

from actors.models import Actor, Country, Tenure
from actors.models.tenures import TenureQuerySet
from config.edtf.dates import UncertainDate
from config.lists.date_filters import DateFilter
from config.lists.filtering import StrictFilterSet, TextFilter, WordsFilter
from config.lists.slugs import SlugFilter
from config.search.filters import SearchingFilterSet


class ActorFilterSet(SearchingFilterSet):
    MEANINGS = {"q": gettext_lazy("Words of the name, in any script, or how they begin.")}

    q = TextFilter(label=gettext_lazy("Name"), method="by_words")
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Actor.Kind.choices)
    country = SlugFilter(label=gettext_lazy("Country"), queryset=Country.objects.all(), slug="iso3")

    class Meta:
        model = Actor
        fields: list[str] = []


class TenureFilterSet(StrictFilterSet):
    """The offices on the page of a country."""

    OTHER_PARAMETERS: frozenset[str] = frozenset()

    on = DateFilter(label=gettext_lazy("On"), method="held_on")

    class Meta:
        model = Tenure
        fields: list[str] = []

    def held_on(self, rows: TenureQuerySet, name: str, value: UncertainDate) -> TenureQuerySet:
        return rows.held_on(value)
