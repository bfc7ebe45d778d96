"""The query parameters of the list of actors."""

from django.utils.translation import gettext_lazy

from actors.models import Actor, Country
from actors.models.actors import ActorQuerySet
from config.filtering import SlugFilter, StrictFilterSet, TextFilter, WordsFilter


class ActorFilterSet(StrictFilterSet):
    q = TextFilter(label=gettext_lazy("Name"), method="by_name")
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Actor.Kind.choices)
    country = SlugFilter(label=gettext_lazy("Country"), queryset=Country.objects.all(), slug="iso3")

    class Meta:
        model = Actor
        fields: list[str] = []

    def by_name(self, rows: ActorQuerySet, name: str, value: str) -> ActorQuerySet:
        return rows.named(value)
