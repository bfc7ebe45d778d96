"""What a list without a hit offers instead: the nearest names, and where else the words occur."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from actors.filters import ActorFilterSet
from actors.models import Actor
from config.http.addresses import with_query
from config.lists.paging import Page
from config.search.filters import SearchingFilterSet
from events.filters.events import EventFilterSet
from events.filters.locations import LocationFilterSet
from events.filters.sources import SourceFilterSet
from events.filters.statements import StatementFilterSet
from events.models import Event, Location, Source, Statement
from events.search.suggestions import Suggestion, suggest_nearest


@dataclass(frozen=True, slots=True)
class OtherList:
    """A list in which the words occur, and in how many of its records."""

    label: str | Promise
    address: str
    number: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    names: list[Suggestion]
    lists: list[OtherList]


def _count_events(asked: QueryDict) -> int:
    return EventFilterSet(asked, queryset=Event.objects.none()).selection.count


def _count_rows(
    filters: type[SearchingFilterSet], rows: Callable[[], Any]
) -> Callable[[QueryDict], int]:
    return lambda asked: filters(asked, queryset=rows()).narrow().order_by().count()


_LISTS: dict[str, tuple[str | Promise, Callable[[QueryDict], int]]] = {
    "events:event_list": (gettext_lazy("Events"), _count_events),
    "actors:actor_list": (
        gettext_lazy("Actors"),
        _count_rows(ActorFilterSet, Actor.objects.published),
    ),
    "locations:location_list": (
        gettext_lazy("Places"),
        _count_rows(LocationFilterSet, Location.objects.published),
    ),
    "statements:statement_list": (
        gettext_lazy("Statements"),
        _count_rows(StatementFilterSet, Statement.objects.published),
    ),
    "sources:source_list": (
        gettext_lazy("Sources"),
        _count_rows(SourceFilterSet, Source.objects.published),
    ),
}


def look_elsewhere(filters: SearchingFilterSet, page: Page[Any]) -> Elsewhere | None:
    """For a list in which nothing answers to the words that are searched for; None for others."""
    words = filters.chosen("q")
    if words is None or page.count or page.problem:
        return None
    asked = QueryDict(mutable=True)
    asked["q"] = words
    counted = [
        OtherList(label, with_query(reverse(name), asked.urlencode()), count(asked))
        for name, (label, count) in _LISTS.items()
    ]
    return Elsewhere(suggest_nearest(words), [other for other in counted if other.number])
