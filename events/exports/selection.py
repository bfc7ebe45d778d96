"""What an output is made from: the events under a filter, and the addresses around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from config.http.addresses import absolute
from events.exports import records
from events.exports.identity import urn_of
from events.exports.records import EventRecord
from events.filters.events import EventFilterSet
from events.filters.selected import SelectedEvents
from events.index.current import current_state
from events.index.selection import Sorted
from events.models import DeletedEvent

# Stands for a slug while the address of every slug is worked out once.
_SLUG = "any-slug"
# Entries of one page of a feed.
ENTRIES = 100


class Addresses:
    """Whole addresses of records; slugs are plain and need no escaping."""

    def __init__(self, request: HttpRequest) -> None:
        self.base = absolute(request, "/").rstrip("/")
        self._patterns: dict[str, tuple[str, str]] = {}

    def __call__(self, name: str, slug: str) -> str:
        """The page of one record: `name` is that of its URL."""
        pattern = self._patterns.get(name)
        if pattern is None:
            before, _slug, after = reverse(name, args=[_SLUG]).partition(_SLUG)
            pattern = self._patterns[name] = (f"{self.base}{before}", after)
        return f"{pattern[0]}{slug}{pattern[1]}"

    def event(self, event: EventRecord) -> str:
        return self("events:event_detail", event.slug)

    @cached_property
    def explanation(self) -> str:
        """The page that says what the fields mean; terms of our own hang on it."""
        return f"{self.base}{reverse('exports')}"


@dataclass(frozen=True)
class Selection:
    """The events under a filter, in its order; `title` says the filter in words.

    `page` is the address of the timeline under the same filter, `itself` that of the output. What
    it holds is read when first asked for: within a snapshot (`config.db.snapshot`), as that has it.
    """

    title: str
    page: str
    itself: str
    addresses: Addresses
    filters: EventFilterSet

    @cached_property
    def found(self) -> SelectedEvents:
        return SelectedEvents(self.filters.selected_from(current_state()))

    @cached_property
    def urn(self) -> str:
        """The identity of what the filter finds, whatever addresses it has."""
        return urn_of(self.filters)

    @property
    def count(self) -> int:
        """Ahead of the rows: for formats that say it at their beginning."""
        return self.found.selection.count

    def events(self) -> Iterator[EventRecord]:
        return self._read(self.found.selection.keys)

    def undated_events(self) -> Iterator[EventRecord]:
        """Those of whose date neither end is known."""
        return self._read(self.found.selection.undated().keys)

    def _read(self, keys: list[int]) -> Iterator[EventRecord]:
        return records.read(self.found.selection.state, keys)


@dataclass(frozen=True)
class FeedPage(Selection):
    """One page of a feed (RFC 5005): the next hundred events of the selection.

    `after` is the cursor that the page begins behind, "" for the first page. `address_of` gives
    the address of the page behind a cursor. Raises CursorError where `after` is none.
    """

    after: str
    address_of: Callable[[str], str]

    def events(self) -> Iterator[EventRecord]:
        return self._read(self._keys)

    @property
    def _keys(self) -> list[int]:
        return [event.pk for event in self._entries[:ENTRIES]]

    @cached_property
    def updated_at(self) -> datetime | None:
        """When any event last changed or went, whatever the filter: so it never falls, also when
        the newest event leaves the filter. None where there never was an event."""
        changed_at = self.found.selection.state.last_changed_at
        return max(filter(None, (changed_at, DeletedEvent.objects.last_time())), default=None)

    def deleted(self) -> list[DeletedEvent]:
        """On the first page, what went: the newest first, no more than a page has entries. Where
        other pages follow, what went before the oldest entry changed is left out: whoever asked
        last before that has to read the feed to its end."""
        if self.after:
            return []
        times = self.found.selection.state.times_of(self._keys)
        gone = DeletedEvent.objects.since(min(times.values()) if self.next else None)
        return list(gone.order_by("-deleted_at", "-event_id")[:ENTRIES])

    @cached_property
    def _entries(self) -> list[Sorted]:
        """Those of the page, and one more if there is one."""
        if self.after:
            return self.found.behind(self.after, ENTRIES + 1)
        return self.found.between(0, ENTRIES + 1)

    @property
    def first(self) -> str:
        return self.address_of("")

    @property
    def next(self) -> str | None:
        if len(self._entries) <= ENTRIES:
            return None
        return self.address_of(self.found.cursor_of(self._entries[ENTRIES - 1]))

    @property
    def previous(self) -> str | None:
        """The page that ends where this one begins."""
        if not self.after:
            return None
        before = self.found.before(self.after, ENTRIES + 1)
        # A page begins behind an event, which is the last of the page before.
        is_first = len(before) <= ENTRIES
        return self.address_of("" if is_first else self.found.cursor_of(before[0]))

    @property
    def pages(self) -> dict[str, str]:
        """Addresses of pages by their relation to this one, as RFC 5005 names it."""
        found = {"first": self.first, "previous": self.previous, "next": self.next}
        return {relation: address for relation, address in found.items() if address}
