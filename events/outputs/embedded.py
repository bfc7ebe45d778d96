"""The first events under a filter, for the page that other sites show in a frame."""

from events.entries import DateGroup, group_by_date, read_entries
from events.filters import EventFilterSet

SHOWN = 50


def first_events(filters: EventFilterSet) -> list[DateGroup]:
    found = filters.selection.between(0, SHOWN)
    return group_by_date(read_entries([event.pk for event in found]))
