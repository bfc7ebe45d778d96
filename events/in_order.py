"""The events of the timeline in the order that is asked for, by the shortest way to the first.

No planner knows how many there are, or when they were; whoever has counted them does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import OuterRef, QuerySet

from config.dates import AFTER_ALL, BEFORE_ALL
from config.subqueries import any_of, is_gathered_among
from events.filters import EventFilterSet
from events.models import Event, EventFacts
from events.models.profiles import EventFactsQuerySet

# So many events are sorted sooner than they are met in the order of time, wherever they lie. In the
# order in which they changed, more: what was changed at one time is often alike. In a window, less:
# the fewer are wanted of those in it, the sooner these are met.
GATHERED = 20_000
GATHERED_TO_SORT = 60_000
GATHERED_IN_WINDOW = 1_000
_TIMES_AS_MANY = 5
# First day, last day, whether the date is qualified, and the number of events.
Span = tuple[int, int, bool, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Days that events are sorted by, and how many under the filters lie there; None for very
    many. `wanted`: how many of these, at least, where it is no more than a few pages."""

    first_day: int = BEFORE_ALL
    last_day: int = AFTER_ALL
    number: int | None = None
    wanted: int | None = None

    @property
    def holds_many(self) -> bool:
        """Whether those that are wanted are met sooner than all are gathered."""
        if self.number is None:
            return True
        if self.wanted is None:
            return self.number > GATHERED
        return self.number > max(GATHERED_IN_WINDOW, _TIMES_AS_MANY * self.wanted)


def first_days(spans: Iterable[Span], wanted: int, *, is_newest_first: bool) -> Window:
    """Where so many of the first events lie, and as few others as their dates tell apart; anywhere,
    if there are not so many."""
    # Each between two days: see `EventFacts.sort_day`.
    dated = [
        (first, first if first == BEFORE_ALL or last == AFTER_ALL else last, number)
        for first, last, _is_qualified, number in spans
    ]
    turn = itemgetter(0 if is_newest_first else 1)
    upto = 0
    for day, alike in groupby(sorted(dated, key=turn, reverse=is_newest_first), key=turn):
        upto += sum(number for _low, _high, number in alike)
        if upto >= wanted:
            if is_newest_first:
                return Window(day, max(high for _low, high, _ in dated), upto, wanted)
            return Window(min(low for low, _high, _ in dated), day, upto, wanted)
    return Window(number=upto)


def narrow_in_order(filters: EventFilterSet, window: Window) -> QuerySet[Any]:
    """The events under the filters, each as its key and what the order compares; in the order of
    time those of the window."""
    if filters.order_in_force in ("updated", "-updated"):
        return _in_order_of_change(filters, window)
    if filters.order_in_force == "relevance":
        found = _any_order(filters, window).only("pk", "sort_day")
        return found.ranked(filters.understood.meant)
    rows = filters.facts("order" if window.holds_many else "profiles").only("pk", "sort_day")
    if window.wanted is not None:
        rows = rows.filter(sort_day__range=(window.first_day, window.last_day))
    elif window.last_day < AFTER_ALL:
        # Behind the last day, the way through all events would meet none of them.
        rows = rows.filter(sort_day__lte=window.last_day)
    if filters.chosen("q") and not (window.holds_many or filters.is_settled):
        # Else the planner may look for them among all events in order.
        return EventFacts.objects.filter(is_gathered_among("pk", rows)).only("pk", "sort_day")
    return rows


def _in_order_of_change(filters: EventFilterSet, window: Window) -> QuerySet[Event]:
    rows: QuerySet[Event] = filters.queryset.only("pk", "updated_at")
    if window.number is None or window.number > GATHERED_TO_SORT:
        return rows.filter(any_of(filters.facts("order").filter(pk=OuterRef("pk"))))
    return rows.filter(is_gathered_among("pk", _any_order(filters, window)))


def _any_order(filters: EventFilterSet, window: Window) -> EventFactsQuerySet:
    """All of the events, to be sorted."""
    if filters.chosen("q") and not filters.is_settled:
        return filters.facts("filters")
    are_many = window.number is None or window.number > GATHERED_TO_SORT
    rows = filters.facts("order" if are_many else "profiles")
    return rows.sorted_between(window.first_day, window.last_day) if filters.is_ranged else rows
