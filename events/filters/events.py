"""The query parameters of the timeline: what each takes, and which events it selects.

`location_filters`, `source_filters` and `statement_filters` hold those of the other lists.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.models import Actor, Country
from config.edtf.bounds import day_number
from config.http.addresses import with_query
from config.lists.date_filters import YearsFilter
from config.lists.dated_filters import DatedFilterSet
from config.lists.filtering import OptionFilter, Problem, TextFilter, WordsFilter
from config.lists.slugs import SlugFilter
from config.lists.times import TimeFilter
from config.search.filters import SearchingFilterSet
from config.search.query import Term
from config.search.spelling import Seen
from events.filters.count_words import EVENTS
from events.index.columns import Mask
from events.index.current import current_state
from events.index.facts import BASES, STANDINGS
from events.index.selection import Selection
from events.index.state import State
from events.index.words import Words
from events.models import Event, EventType, Location, Source


def published_actors(request: Any = None) -> QuerySet[Actor]:
    return Actor.objects.published()


def published_locations(request: Any = None) -> QuerySet[Location]:
    return Location.objects.published()


def published_sources(request: Any = None) -> QuerySet[Source]:
    return Source.objects.published()


class RecordsFilter(SlugFilter):
    """Events that have any of the records in a column of the index; with `match=all`, each."""

    def __init__(self, *args: Any, column: str, is_matched: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column = column
        self.is_matched = is_matched

    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        column, keys = state.columns[self.column], [row.pk for row in value]
        if not (self.is_matched and filters.chosen("match")):
            return column.having_any(keys, state.size)
        mask = state.every
        for key in keys:
            mask = mask & column.having_any([key], state.size)
        return mask


class StandingsFilter(WordsFilter):
    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        codes = [STANDINGS.index(standing) + 1 for standing in value]
        return state.columns["standing"].having_any(codes, state.size)


class BasisFilter(WordsFilter):
    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        codes = [BASES.index(basis) + 1 for basis in value]
        return state.columns["basis"].having_any(codes, state.size)


class EventYearsFilter(YearsFilter):
    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        is_certain = bool(filters.chosen("certain"))
        lies = np.zeros(len(state.dates.spans), dtype=np.bool_)
        for year in value:
            since, until = day_number(year, 1, 1), day_number(year + 1, 1, 1) - 1
            lies |= state.dates.lying_between(since, until, certainly=is_certain)
        return lies[state.dates.codes]


class EventWordsFilter(TextFilter):
    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        return filters.words_of(state).answering(filters.understood.meant)


class EventsChangedFilter(TimeFilter):
    def select(self, state: State, value: Any, filters: "EventFilterSet") -> Mask:
        return state.changed_since(value)


class EventFilterSet(SearchingFilterSet, DatedFilterSet):
    """The timeline. One declaration serves every list, feed, export and call of events."""

    APPEARANCE = frozenset({"view"})
    COUNT_WORDS = EVENTS
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
        "basis": gettext_lazy("How the date is known."),
        "updated_since": gettext_lazy(
            "The event, or something that it names, changed at that time or later."
        ),
        "view": gettext_lazy("How much of each event a page shows; changes no results."),
        "match": gettext_lazy("Several actors, countries or places: all of them, not any."),
    }

    q = EventWordsFilter(label=gettext_lazy("Search"))
    actor = RecordsFilter(
        label=gettext_lazy("Actor"), queryset=published_actors, column="actor", is_matched=True
    )
    country = RecordsFilter(
        label=gettext_lazy("Country"),
        queryset=Country.objects.all(),
        slug="iso3",
        column="country",
        is_matched=True,
    )
    location = RecordsFilter(
        label=gettext_lazy("Place"),
        queryset=published_locations,
        column="location",
        is_matched=True,
    )
    kind = RecordsFilter(
        label=gettext_lazy("Kind"), queryset=EventType.objects.all(), column="kind"
    )
    standing = StandingsFilter(label=gettext_lazy("Status"), choices=Event.Standing.choices)
    speaker = RecordsFilter(
        label=gettext_lazy("Who said it"), queryset=published_actors, column="speaker"
    )
    source = RecordsFilter(
        label=gettext_lazy("Source"), queryset=published_sources, column="source"
    )
    year = EventYearsFilter(label=gettext_lazy("Year"))
    basis = BasisFilter(label=gettext_lazy("Date known"), choices=Event.DateBasis.choices)
    updated_since = EventsChangedFilter(label=gettext_lazy("Changed since"))
    match = OptionFilter(
        label=gettext_lazy("Match"), choices=[("all", gettext_lazy("all of the values"))]
    )
    order = OptionFilter(
        label=gettext_lazy("Order"),
        choices=[
            ("-date", gettext_lazy("newest first")),
            ("date", gettext_lazy("oldest first")),
            ("-updated", gettext_lazy("last changed first")),
            ("updated", gettext_lazy("longest unchanged first")),
            ("relevance", gettext_lazy("best match first")),
        ],
    )
    view = OptionFilter(
        label=gettext_lazy("View"),
        choices=[
            ("compact", gettext_lazy("compact")),
            ("full", gettext_lazy("with summaries and sources")),
        ],
    )

    class Meta:
        model = Event
        fields: list[str] = []

    @cached_property
    def state(self) -> State:
        """The event index that everything on this page is read from."""
        return current_state()

    def words_of(self, state: State) -> Words:
        """The words of a search in some state, each asked of the database once."""
        if self._words is None or self._words.state is not state:
            self._words = Words(state, are_ranked=self._cleaned("order") == "relevance")
        return self._words

    _words: Words | None = None

    def look_up(self, terms: list[Term]) -> Mapping[Term, Seen]:
        words = self.words_of(self.state)
        found = {term: words.find(term) for term in terms}
        return {term: Seen(word.is_common, word.is_known) for term, word in found.items()}

    @cached_property
    def selection(self) -> Selection:
        """The events under the filters; none for a bad query."""
        return Selection(State.empty()) if self.problems else self.selected_from(self.state)

    def selected_from(self, state: State) -> Selection:
        """The events of some state under the filters, of which none may be bad."""
        masks = {
            name: parameter.select(state, self.chosen(name), self)
            for name, parameter in self.filters.items()
            if hasattr(parameter, "select") and self.chosen(name)
        }
        if self._is_ranged:
            masks["range"] = self._lying_in_range(state)
        order, relevance = self.order_in_force, None
        if order == "relevance":
            relevance = self.words_of(state).relevance(self.understood.meant)
        return Selection(state, masks, order, relevance)

    @property
    def _is_ranged(self) -> bool:
        return self.chosen("since") is not None or self.chosen("until") is not None

    def _lying_in_range(self, state: State) -> Mask:
        """`since`, `until` and `certain` are one condition."""
        dates = state.dates
        since, until = self.chosen("since"), self.chosen("until")
        is_certain = bool(self.chosen("certain"))
        return dates.lying_between(since, until, certainly=is_certain)[dates.codes]

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

    @property
    def is_whole(self) -> bool:
        """Whether events are shown with their summaries and sources."""
        return bool(self.chosen("view") == "full")

    @property
    def order_in_words(self) -> str:
        return str(dict(self.filters["order"].extra["choices"])[self.order_in_force])

    def query_of_view(self, view: str) -> str:
        """The query string of the same events at page one, with more or less of each."""
        rest = QueryDict(self.results_query, mutable=True)
        if view:
            rest["view"] = view
        return with_query("", rest.urlencode())

    @property
    def query_of_compact(self) -> str:
        return self.query_of_view("")

    @property
    def query_of_full(self) -> str:
        return self.query_of_view("full")

    @property
    def is_by_date(self) -> bool:
        return self.order_in_force.removeprefix("-") == "date"

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

    # The map, whose form they stand in, says what it shows as well.
    OTHER_PARAMETERS = EventFilterSet.OTHER_PARAMETERS | {"find", "at", "wide", "place"}
