"""The first events under a filter, for the page that other sites show in a frame."""

from events.filters.events import EventFilterSet
from events.pages.entries import DateGroup, group_by_date, read_entries

SHOWN = 50


def first_events(filters: EventFilterSet) -> list[DateGroup]:
    found = filters.selection.between(0, SHOWN)
    return group_by_date(read_entries([event.pk for event in found]))
