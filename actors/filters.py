"""The query parameters of the list of actors."""

from django.utils.translation import gettext_lazy, ngettext_lazy

from actors.models import Actor, ActorKind, Country, Tenure
from actors.models.tenures import TenureQuerySet
from config.edtf.dates import UncertainDate
from config.lists.count_words import CountWords
from config.lists.date_filters import DateFilter
from config.lists.filtering import StrictFilterSet, TextFilter
from config.lists.slugs import SlugFilter
from config.search.filters import SearchingFilterSet

ACTORS = CountWords(
    none=gettext_lazy("No actor"),
    whole=ngettext_lazy("%(number)s actor", "%(number)s actors", "count"),
    part=ngettext_lazy(
        "%(first)s to %(last)s of %(number)s actor",
        "%(first)s to %(last)s of %(number)s actors",
        "count",
    ),
    rest=ngettext_lazy(
        "%(shown)s more of %(number)s actor", "%(shown)s more of %(number)s actors", "count"
    ),
    show=ngettext_lazy("Show %(number)s actor", "Show %(number)s actors", "count"),
    no_match=gettext_lazy("No actor answers to all of these filters."),
    none_yet=gettext_lazy("No actor has been published yet."),
)


class ActorFilterSet(SearchingFilterSet):
    COUNT_WORDS = ACTORS
    MEANINGS = {"q": gettext_lazy("Words of the name, in any script, or how they begin.")}

    q = TextFilter(label=gettext_lazy("Name"), method="by_words")
    kind = SlugFilter(label=gettext_lazy("Kind"), queryset=ActorKind.objects.all())
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
