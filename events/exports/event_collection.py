"""Events as outputs take them: from the event index, by the filters of the timeline."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.exports import records
from events.exports.addresses import Addresses
from events.exports.claims import in_full
from events.exports.collection import Category, Collection, Entry, Flat
from events.exports.fields import FIELDS, flat
from events.exports.records import EventRecord
from events.exports.wording import headline, text_of
from events.filters.events import EventFilterSet
from events.filters.selected import SelectedEvents
from events.index.current import current_state
from events.index.selection import Selection
from events.models import DeletedEvent, Event


class OutputFilterSet(EventFilterSet):
    """The timeline's filters and nothing else: an output is whole, it has no pages."""

    OTHER_PARAMETERS = frozenset()


class FeedFilterSet(EventFilterSet):
    """The timeline's filters, and where a page of a feed begins."""

    OTHER_PARAMETERS = frozenset({"after"})

    @property
    def order_in_force(self) -> str:
        """By last change: by date, a new entry about the past would never come to its readers."""
        return self.chosen("order") or "-updated"


class EventCollection(Collection[EventRecord]):
    name = "events"
    list_view = "events:event_list"
    heading = _("Events")
    scope = _("Each of these gives all the events under the filters in force, not only this page.")
    fields = FIELDS

    @classmethod
    def read_query(cls, data: QueryDict, *, is_feed: bool) -> EventFilterSet:
        filters = FeedFilterSet if is_feed else OutputFilterSet
        return filters(data, queryset=Event.objects.none())

    filters: EventFilterSet

    def __init__(self, filters: EventFilterSet) -> None:
        self.filters = filters

    @cached_property
    def selection(self) -> Selection:
        return self.filters.selected_from(current_state())

    @cached_property
    def listed(self) -> SelectedEvents:
        return SelectedEvents(self.selection)

    @property
    def keys(self) -> list[int]:
        return self.selection.keys

    def undated(self) -> Iterator[EventRecord]:
        """Those of whose date neither end is known."""
        return self.read(self.selection.undated().keys)

    def read(self, keys: list[int]) -> Iterator[EventRecord]:
        return records.read(self.selection.state, keys, with_claims=True)

    def flat(self, record: EventRecord, addresses: Addresses) -> Flat:
        return flat(record, addresses)

    def in_full(self, record: EventRecord, addresses: Addresses) -> dict[str, Any]:
        return flat(record, addresses) | in_full(record.said, addresses)

    def entry(self, record: EventRecord, addresses: Addresses) -> Entry:
        return Entry(
            uuid=record.uuid,
            url=addresses.event(record.slug),
            title=headline(record),
            text=text_of(record),
            published_at=record.published_at,
            updated_at=record.updated_at,
            categories=[
                Category("standing", record.standing, record.standing_in_words),
                Category("kind", record.kind, record.kind_name),
                *(Category("countries", each.iso3, each.name) for each in record.countries),
                *(Category("actors", actor.slug, actor.name) for actor in record.actors),
            ],
            tags=[record.kind_name, record.standing_in_words],
        )

    @cached_property
    def changed_at(self) -> datetime | None:
        """When any event last changed or went, also when the newest event leaves the filter. None
        where there never was an event."""
        changed_at = self.selection.state.last_changed_at
        return max(filter(None, (changed_at, DeletedEvent.objects.last_time())), default=None)

    def deleted(self, keys: list[int], number: int, *, are_all: bool) -> list[DeletedEvent]:
        """Whoever asked last before the oldest entry changed has to read the feed to its end."""
        times = self.selection.state.times_of(keys)
        gone = DeletedEvent.objects.since(None if are_all else min(times.values()))
        return list(gone.order_by("-deleted_at", "-event_id")[:number])
