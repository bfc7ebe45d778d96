"""The first events under a filter, for the page that other sites show in a frame."""

from dataclasses import dataclass
from itertools import groupby

from events.filters import EventFilterSet
from events.outputs.records import DateRecord, EventRecord, read_few
from events.outputs.selection import Addresses

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Entry:
    event: EventRecord
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours of which the same is known about the date."""

    date: DateRecord
    entries: list[Entry]


def first_events(filters: EventFilterSet, addresses: Addresses) -> list[Group]:
    if filters.problems:
        return []
    rows = filters.narrow().in_order(filters.order_in_force)[:SHOWN]
    entries = [Entry(event, addresses.event(event)) for event in read_few(rows)]
    return [
        Group(date, list(group)) for date, group in groupby(entries, key=lambda e: e.event.date)
    ]
