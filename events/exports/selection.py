"""What an output is made from: the events under a filter, and the addresses around them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

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

# Stands for a slug while the address of every slug is worked out once.
_SLUG = "any-slug"
# Entries of one page of a feed.
ENTRIES = 100


class Totals(NamedTuple):
    """How many events, and when one of them last changed; None if there are none."""

    events: int
    updated_at: datetime | None


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

    @cached_property
    def totals(self) -> Totals:
        """Ahead of the rows: for formats that say it at their beginning."""
        return Totals(self.found.selection.count, self.found.selection.changed_at)

    def events(self) -> Iterator[EventRecord]:
        return records.read(self.found.selection.keys)

    def undated_events(self) -> Iterator[EventRecord]:
        """Those of whose date neither end is known."""
        return records.read(self.found.selection.undated().keys)


@dataclass(frozen=True)
class FeedPage(Selection):
    """One page of a feed (RFC 5005): the next hundred events of the selection.

    `after` is the cursor that the page begins behind, "" for the first page. `address_of` gives
    the address of the page behind a cursor. Raises CursorError where `after` is none.
    """

    after: str
    address_of: Callable[[str], str]

    def events(self) -> Iterator[EventRecord]:
        return records.read([event.pk for event in self._entries[:ENTRIES]])

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
