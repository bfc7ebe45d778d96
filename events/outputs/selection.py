"""What an output is made from: the events under a filter, and the addresses around them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, Max
from django.http import HttpRequest
from django.urls import reverse

from config.addresses import absolute
from config.dates import AFTER_ALL, BEFORE_ALL
from events.filters import EventFilterSet
from events.models.events import EventQuerySet
from events.outputs import records
from events.outputs.identity import urn_of
from events.outputs.records import EventRecord

# Stands for a slug while the address of every slug is worked out once.
_SLUG = "any-slug"


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

    `page` is the address of the timeline under the same filter, `itself` that of the output.
    """

    rows: EventQuerySet
    title: str
    page: str
    itself: str
    addresses: Addresses
    filters: EventFilterSet

    @cached_property
    def urn(self) -> str:
        """The identity of what the filter finds, whatever addresses it has."""
        return urn_of(self.filters)

    @cached_property
    def totals(self) -> Totals:
        """From the database, ahead of the rows: for formats that say it at their beginning."""
        found = self.rows.order_by().aggregate(events=Count("pk"), updated_at=Max("updated_at"))
        return Totals(**found)

    def events(self) -> Iterator[EventRecord]:
        return records.read(self.rows)

    def undated_events(self) -> Iterator[EventRecord]:
        """Those of whose date neither end is known."""
        return records.read(self.rows.filter(first_day=BEFORE_ALL, last_day=AFTER_ALL))
