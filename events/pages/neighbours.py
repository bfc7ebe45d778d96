"""The events before and after one, in the list that the reader came from."""

from dataclasses import dataclass

from django.http import QueryDict

from config.http.addresses import with_query
from config.lists.paging import NUMBERED, PAGE_SIZE
from events.filters.events import EventFilterSet
from events.models import Event


@dataclass(frozen=True, slots=True)
class Neighbour:
    event: Event
    # What the link carries, so that the way back leads to the page of the list that has the event.
    carried: str

    @property
    def address(self) -> str:
        return self.event.get_absolute_url() + self.carried


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`number` counts from 1, of `count` events."""

    number: int
    count: int
    previous: Neighbour | None
    next: Neighbour | None


def find_neighbours(event: Event, query: str) -> Neighbours | None:
    """Under the filters of the query, in its order; None where the list does not hold the event."""
    filters = EventFilterSet(QueryDict(query), queryset=Event.objects.none())
    selection = filters.selection
    place = selection.place_of(event.pk)
    if place is None:
        return None
    start = max(0, place - 1)
    keys = [found.pk for found in selection.between(start, place + 2)]
    events = Event.objects.published().only("slug", "title", "date").in_bulk(keys)

    def at(other: int) -> Neighbour | None:
        found = events.get(keys[other - start]) if start <= other < start + len(keys) else None
        return Neighbour(found, _carried(filters, other)) if found else None

    return Neighbours(place + 1, selection.count, at(place - 1), at(place + 1))


def _carried(filters: EventFilterSet, place: int) -> str:
    """The query, with the page of the list on which the event at this place stands."""
    if not filters.query:
        return ""
    page = place // PAGE_SIZE + 1
    return with_query("", filters.query + (f"&page={page}" if 1 < page <= NUMBERED else ""))
