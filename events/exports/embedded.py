"""The first events under a filter, for the page that other sites show in a frame."""

from events.filters.events import EventFilterSet
from events.pages.entries import read_entries
from events.pages.timeline import Timeline, draw_timeline

SHOWN = 50


def first_events(filters: EventFilterSet) -> Timeline:
    keys = [event.pk for event in filters.selection.between(0, SHOWN)]
    entries = read_entries(keys, with_sources=filters.is_whole)
    return draw_timeline(entries, is_by_date=filters.is_by_date, number=filters.selection.count)
