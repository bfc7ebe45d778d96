"""What a copy of the chronology has to drop: events that are no longer public, and under filters
those that changed and are not among the events any more. Identities and times, and no words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q

from config.lists.cursors import CursorError, decode, encode
from events.api.schemas import TIME, UUID_TEXT, nullable, record
from events.exports.fields import timestamp
from events.filters.events import EventFilterSet
from events.index.columns import Ints
from events.index.state import microseconds, moment
from events.models import DeletedEvent, Event
from events.models.deleted import DeletedEventQuerySet

NOT_PUBLIC, NOT_IN_FILTER = "not-public", "not-in-filter"
ITEM = record(
    uuid=UUID_TEXT,
    reason={"type": "string", "enum": [NOT_PUBLIC, NOT_IN_FILTER]},
    deleted=nullable(TIME),
    updated=nullable(TIME),
)


class GoneFilterSet(EventFilterSet):
    """The timeline's filters. The order is that of time."""

    order = None  # type: ignore[assignment]  # django-filter: none of this name


class Gone(NamedTuple):
    """An event that is to be dropped, compared by the time at which it went or changed."""

    at: datetime
    pk: int
    is_public: bool


@dataclass(frozen=True)
class GoneEvents:
    """A list, as `config.lists.paging` takes it. A cursor holds a time and a key."""

    filters: GoneFilterSet

    def count(self) -> int:
        return self._deleted.count() + len(self._outside)

    def between(self, start: int, stop: int) -> Sequence[Gone]:
        return list(islice(self._in_order(None, stop), start, stop))

    def behind(self, cursor: str, number: int) -> Sequence[Gone]:
        """So many behind the cursor; raises CursorError for what is none of this list."""
        return list(islice(self._in_order(_place(cursor), number), number))

    def cursor_of(self, row: Gone) -> str:
        return encode([microseconds(row.at), row.pk])

    def records(self, rows: Iterable[Gone]) -> list[dict[str, Any]]:
        """One may have come or gone since it was found."""
        rows = list(rows)
        deleted = dict(
            DeletedEvent.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "uuid")
        )
        public = dict(
            Event.objects.published()
            .filter(pk__in=[row.pk for row in rows if row.is_public])
            .values_list("pk", "uuid")
        )
        return [
            {
                "uuid": str(uuid),
                "reason": NOT_IN_FILTER if row.is_public else NOT_PUBLIC,
                "deleted": None if row.is_public else timestamp(row.at),
                "updated": timestamp(row.at) if row.is_public else None,
            }
            for row in rows
            if (uuid := (public if row.is_public else deleted).get(row.pk))
        ]

    @property
    def _deleted(self) -> DeletedEventQuerySet:
        return DeletedEvent.objects.since(self.filters.chosen("updated_since"))

    @cached_property
    def _outside(self) -> Ints:
        """Public events that changed since the time and are not under the other filters: a row of
        time and key for each, in order."""
        selection = self.filters.selection
        is_outside = ~selection.mask_excluding("updated_since")
        if "updated_since" in selection.masks:
            is_outside &= selection.masks["updated_since"]
        state = selection.state
        found = np.stack([state.changed_at[is_outside], state.keys[is_outside]], axis=1)
        return found[np.lexsort([found[:, 1], found[:, 0]])]

    def _in_order(self, place: tuple[int, int] | None, number: int) -> Iterable[Gone]:
        """Both kinds behind a place, no more than so many of each."""
        deleted, start = self._deleted, 0
        if place is not None:
            time, key = place
            at = moment(time)
            is_later = Q(deleted_at__gt=at) | Q(deleted_at=at, event_id__gt=key)
            deleted = deleted.filter(is_later, deleted_at__gte=at)
            times, keys = self._outside[:, 0], self._outside[:, 1]
            start = int(np.count_nonzero((times < time) | ((times == time) & (keys <= key))))
        went = deleted.order_by("deleted_at", "event_id").values_list("deleted_at", "event_id")
        outside = self._outside[start : start + number].tolist()
        return merge(
            (Gone(at, pk, is_public=False) for at, pk in went[:number]),
            (Gone(moment(time), pk, is_public=True) for time, pk in outside),
        )


def _place(cursor: str) -> tuple[int, int]:
    values = decode(cursor)
    is_pair = len(values) == 2 and all(type(value) is int for value in values)
    # Of the years that the database and Python know.
    if not is_pair or not (abs(values[0]) < 10**17 and abs(values[1]) < 2**63):
        raise CursorError(cursor)
    try:
        moment(values[0])
    except OverflowError as error:
        raise CursorError(cursor) from error
    return values[0], values[1]
