"""The query parameters of the timeline; public words, never columns.

`location_filters`, `source_filters` and `statement_filters` hold those of the other lists.
"""

from functools import cached_property
from typing import Any, Literal, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor, Country
from config.dated import lies_between, lies_in_years
from config.dated_filters import DatedFilterSet
from config.filtering import (
    Problem,
    TextFilter,
    WordFilter,
    WordsFilter,
    YearsFilter,
)
from config.slugs import SlugFilter
from config.subqueries import is_gathered_among, is_met_among
from events.known_dates import Sql
from events.models import (
    Event,
    EventFacts,
    EventType,
    Location,
    Profile,
    Source,
)
from events.models.events import EventQuerySet
from events.models.profiles import EventFactsQuerySet, ProfileQuerySet
from events.search.filters import SearchingFilterSet
from events.search.settled import inline, judged

Rows = TypeVar("Rows", bound=QuerySet[Any])
# What leads to events: an order in which they are met, as long as many are under the filters; their
# profiles, where few are; or what is asked of each, such as words, which either says so itself, or
# few enough meet to be gathered by it.
Through = Literal["order", "profiles", "filters", "asked"]


def _lies_within(places: list[Location], model: type[Model], *, gathers: bool) -> Q:
    """`narrow_each` for one group of places. Of outermost ones profiles tell, which are fewer."""
    conditions: list[tuple[str, QuerySet[Any]]]
    conditions = [("location", Location.objects.published().within(places))]
    roots = [place for place in places if not place.parent_id]
    if roots and model is EventFacts:
        inner = [place for place in places if place.parent_id]
        conditions = [
            ("profile", Profile.objects.rooted_around(roots)),
            ("location", Location.objects.published().within(inner)),
        ]
    found = Q()
    for name, rows in conditions:
        found |= Q(is_gathered_among(f"{name}_id", rows)) if gathers else Q(**{f"{name}__in": rows})
    return found


def published_actors(request: Any = None) -> QuerySet[Actor]:
    return Actor.objects.published()


def published_locations(request: Any = None) -> QuerySet[Location]:
    return Location.objects.published()


def published_sources(request: Any = None) -> QuerySet[Source]:
    return Source.objects.published()


class EventFilterSet(SearchingFilterSet, DatedFilterSet):
    """The timeline. One declaration serves every list, feed, export and call of events."""

    MEANINGS = {
        **DatedFilterSet.MEANINGS,
        "q": gettext_lazy(
            "Full text of title, summary, claims, statements, and names in any script: words, "
            '"phrases", -not, or.'
        ),
        "actor": gettext_lazy("Takes part in any role; what is part of the actor counts for it."),
        "country": gettext_lazy("Took place there, or an actor of that country takes part."),
        "location": gettext_lazy("Took place there, or in any place inside it."),
        "standing": gettext_lazy("The editors’ word on the event."),
        "speaker": gettext_lazy("A statement of the actor about the event is recorded."),
        "source": gettext_lazy("Cited by the event."),
        "year": gettext_lazy("The date may lie in the year."),
        "match": gettext_lazy("Several actors, countries or places: all of them, not any."),
    }
    # What events share, and the condition on profiles that each of these parameters means; all
    # others are asked of each event.
    OF_PROFILES = {
        "actor": "involving",
        "country": "in_countries",
        "kind": "of_kinds",
        "standing": "of_standings",
        "speaker": "spoken_about_by",
        "source": "citing",
    }
    # With match=all, each value of these is a condition of its own.
    MATCHED = ("actor", "country", "location")

    q = TextFilter(label=gettext_lazy("Words"), method="keep")
    actor = SlugFilter(label=gettext_lazy("Actor"), queryset=published_actors, method="keep")
    country = SlugFilter(
        label=gettext_lazy("Country"), queryset=Country.objects.all(), slug="iso3", method="keep"
    )
    location = SlugFilter(label=gettext_lazy("Place"), queryset=published_locations, method="keep")
    kind = SlugFilter(label=gettext_lazy("Kind"), queryset=EventType.objects.all(), method="keep")
    standing = WordsFilter(
        label=gettext_lazy("Standing"), choices=Event.Standing.choices, method="keep"
    )
    speaker = SlugFilter(label=gettext_lazy("Speaker"), queryset=published_actors, method="keep")
    source = SlugFilter(label=gettext_lazy("Source"), queryset=published_sources, method="keep")
    year = YearsFilter(label=gettext_lazy("Year"), method="keep")
    match = WordFilter(
        label=gettext_lazy("Match"),
        choices=[("all", gettext_lazy("all of the values"))],
        method="keep",
    )
    order = WordFilter(
        label=gettext_lazy("Order"),
        choices=[
            ("-date", gettext_lazy("newest first")),
            ("date", gettext_lazy("oldest first")),
            ("-updated", gettext_lazy("last changed first")),
            ("updated", gettext_lazy("longest unchanged first")),
            ("relevance", gettext_lazy("best match first")),
        ],
        method="keep",
    )

    class Meta:
        model = Event
        fields: list[str] = []

    def narrow(self, *, but: str = "") -> EventQuerySet:
        rows: EventQuerySet = self.queryset.all()
        if self.problems:
            return rows.none()
        if self.order_in_force == "relevance":
            rows = rows.ranked(self.understood.meant)
        if self.chosen("q"):
            # What words find is narrowed where it is found.
            return rows.filter(is_gathered_among("pk", self.facts("filters", but=but)))
        profiles = self.profiles(but=but)
        if profiles is not None:
            rows = rows.of(profiles)
        return self.narrow_each(rows, but=but)

    @property
    def is_settled(self) -> bool:
        """Whether what words find is told by profiles, but for the events of some others."""
        told = self.understood.told if self.chosen("q") else None
        return told is not None and told.is_enough

    def facts(
        self, through: Through, *, but: str = "", told: Sql | None = None, unless: Any = None
    ) -> EventFactsQuerySet:
        """Of each event under the filters, by the way to them. What profiles tell of words is in
        the table `told`, if a statement around has it. Of a search, `unless` is a condition on
        events that need not be looked at."""
        rows = self.narrow_each(EventFacts.objects.all(), but=but, gathers=through == "asked")
        profiles = self.profiles(but=but)
        if through == "profiles" and but != "location":
            profiles = self._around_places(profiles)
        if self.chosen("q"):
            words = self.understood.meant
            is_told = self.is_settled and through in ("order", "profiles")
            told = (told or inline(judged(words))) if is_told else None
            rows = rows.search(words, told, unless)
            if told and through == "profiles":
                profiles = (Profile.objects.all() if profiles is None else profiles).not_told(told)
        if profiles is not None:
            among = is_gathered_among if through == "profiles" else is_met_among
            rows = rows.filter(among("profile_id", profiles))
        return rows

    def profiles(self, *, but: str = "") -> ProfileQuerySet | None:
        """Those that the events under the filters can have; None where any will do."""
        rows = None
        for name, condition in self.OF_PROFILES.items():
            if name != but and self.chosen(name):
                for values in self._groups(name):
                    every = Profile.objects.all() if rows is None else rows
                    rows = getattr(every, condition)(values)
        for places in self._places(are_roots=True) if but != "location" else []:
            rows = (Profile.objects.all() if rows is None else rows).rooted_around(places)
        return rows

    def _around_places(self, profiles: ProfileQuerySet | None) -> ProfileQuerySet | None:
        """Those with an outermost place around one of the places that are asked of each event."""
        for places in self.places_asked:
            every = Profile.objects.all() if profiles is None else profiles
            profiles = every.rooted_around(places)
        return profiles

    def _places(self, *, are_roots: bool) -> list[list[Location]]:
        """The places chosen, in groups of which each is a condition: those of outermost places
        alone, which profiles know, or all others. What lies inside another of its group says
        nothing more."""
        groups = self._groups("location") if self.chosen("location") else []
        groups = [
            [place for place in places if not {p.pk for p in places} & set(place.lineage[:-1])]
            for places in groups
        ]
        return [places for places in groups if all(not p.parent_id for p in places) == are_roots]

    @property
    def places_asked(self) -> list[list[Location]]:
        """The places that are looked for event by event."""
        return self._places(are_roots=False)

    @property
    def places_told_apart(self) -> tuple[list[Location], list[Location]] | None:
        """Of places looked for event by event, outermost ones, all of whose events are under the
        filter as profiles tell, and others; None unless there are both. Any of them will do."""
        for places in self.places_asked:
            roots = [place for place in places if not place.parent_id]
            if roots:
                return roots, [place for place in places if place.parent_id]
        return None

    def narrow_each(
        self, rows: Rows, *, but: str | tuple[str, ...] = "", gathers: bool = False
    ) -> Rows:
        """Under the filters that ask each event, but for words: of events, or of a summary that has
        the columns these filters read. `gathers`: places lead to their events."""
        left_out = (but,) if isinstance(but, str) else but
        for places in self.places_asked if "location" not in left_out else []:
            rows = rows.filter(_lies_within(places, rows.model, gathers=gathers))
        if "year" not in left_out and self.chosen("year"):
            rows = rows.filter(self.is_in_years)
        since, until = self.chosen("since"), self.chosen("until")
        return rows.filter(lies_between(since, until, certainly=bool(self.chosen("certain"))))

    @property
    def is_in_years(self) -> Q:
        """The condition that the filter of years is; there is one at least."""
        return lies_in_years(self.chosen("year"), certainly=bool(self.chosen("certain")))

    @property
    def is_ranged(self) -> bool:
        return self.chosen("since") is not None or self.chosen("until") is not None

    def _groups(self, name: str) -> list[list[Any]]:
        """The values of a parameter: any of those in one group, and all groups."""
        values = list(self.chosen(name))
        is_each = name in self.MATCHED and self.chosen("match")
        return [[value] for value in values] if is_each else [values]

    @cached_property
    def problems(self) -> list[Problem]:
        return [*super().problems, *self._order_problems()]

    def _order_problems(self) -> list[Problem]:
        if self._cleaned("order") == "relevance" and "q" not in self.data:
            return [Problem("order", _("“relevance” needs words to search for: give q, too."))]
        return []

    @property
    def order_in_force(self) -> str:
        return self.chosen("order") or "-date"

    def query_without(self, name: str, value: str) -> str:
        """Without words there is no best match."""
        query = super().query_without(name, value)
        if name != "q":
            return query
        rest = QueryDict(query, mutable=True)
        rest.setlist("order", [o for o in rest.getlist("order") if o != "relevance"])
        return rest.urlencode()


class FacetFilterSet(EventFilterSet):
    """The timeline's filters, under which the values of one facet are looked through."""

    OTHER_PARAMETERS = EventFilterSet.OTHER_PARAMETERS | {"find"}
