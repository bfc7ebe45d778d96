"""The query parameters of the lists of statements and claims."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from actors.models import Actor, Country
from config.lists.dated_filters import DatedFilterSet
from config.lists.filtering import StrictFilterSet, TextFilter, WordsFilter
from config.lists.slugs import SlugFilter
from config.search.filters import SearchingFilterSet
from events.filters.count_words import STATEMENTS
from events.filters.events import published_actors
from events.models import Claim, Event, Position, Statement
from events.models.statements import StatementQuerySet


def published_claims(request: Any = None) -> QuerySet[Claim]:
    return Claim.objects.published()


def published_events(request: Any = None) -> QuerySet[Event]:
    return Event.objects.published()


class StatementFilterSet(SearchingFilterSet, DatedFilterSet):
    COUNT_WORDS = STATEMENTS
    MEANINGS = {
        **DatedFilterSet.MEANINGS,
        "q": gettext_lazy(
            'Full text of paraphrase, quote and the speaker’s name: words, "phrases", -not, or.'
        ),
        "stance": gettext_lazy("Takes such a position on anything."),
        "event": gettext_lazy("On the event, on a claim about it, or on such a statement."),
        "claim": gettext_lazy("Takes a position on the claim."),
        "basis": gettext_lazy("How the date is known."),
        "about": gettext_lazy("By others, on what the actor did or said."),
    }

    q = TextFilter(label=gettext_lazy("Search"), method="by_words")
    speaker = SlugFilter(label=gettext_lazy("Who said it"), queryset=published_actors)
    stance = WordsFilter(
        label=gettext_lazy("Position"), choices=Position.Stance.choices, method="by_stance"
    )
    country = SlugFilter(
        label=gettext_lazy("Speaker’s country"),
        queryset=Country.objects.all(),
        slug="iso3",
        field_name="speaker__country",
    )
    event = SlugFilter(label=gettext_lazy("Event"), queryset=published_events, method="by_event")
    claim = SlugFilter(label=gettext_lazy("Claim"), queryset=published_claims, method="by_claim")
    basis = WordsFilter(
        label=gettext_lazy("Date known"),
        choices=Statement.DateBasis.choices,
        field_name="date_basis",
    )
    about = SlugFilter(
        label=gettext_lazy("What others said about"),
        queryset=published_actors,
        method="by_actor_spoken_of",
    )

    class Meta:
        model = Statement
        fields: list[str] = []

    def by_stance(self, rows: StatementQuerySet, name: str, value: Any) -> StatementQuerySet:
        return rows.taking(value)

    def by_event(self, rows: StatementQuerySet, name: str, value: Any) -> StatementQuerySet:
        return rows.about([event.pk for event in value])

    def by_claim(self, rows: StatementQuerySet, name: str, value: Any) -> StatementQuerySet:
        return rows.on_claims(value)

    def by_actor_spoken_of(
        self, rows: StatementQuerySet, name: str, value: Any
    ) -> StatementQuerySet:
        return rows.about_members(self._members_spoken_of)

    @cached_property
    def _members_spoken_of(self) -> list[int]:
        actors = Actor.objects.published().within(self.form.cleaned_data["about"])
        return list(actors.values_list("pk", flat=True))


class ClaimFilterSet(StrictFilterSet):
    """Claims have no list of their own among the pages; the API has one."""

    event = SlugFilter(label=gettext_lazy("Event"), queryset=published_events)
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Claim.Kind.choices)

    class Meta:
        model = Claim
        fields: list[str] = []
