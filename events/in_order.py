"""The events of the timeline in the order that is asked for, by the shortest way to the first.

No planner knows how many there are, or when they were; whoever has counted them does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from config.dates import AFTER_ALL, BEFORE_ALL
from events.filters import EventFilterSet, Through
from events.models.profiles import EventFactsQuerySet

# So many events are sorted sooner than they are met in an order, wherever they lie. In a window,
# less: the fewer are wanted of those in it, the sooner these are met.
GATHERED = 20_000
GATHERED_IN_WINDOW = 1_000
_TIMES_AS_MANY = 5
# Where no more than so many times those found meet what is asked of each, such as words, they are
# found by that, whatever their profiles.
_MEET = 4
# More are ranked sooner as they are met, by two processes, than gathered by their profiles.
RANKED = 60_000
# First day, last day, whether the date is qualified, and the number of events.
Span = tuple[int, int, bool, int]


@dataclass(frozen=True, slots=True)
class Window:
    """Days that events are sorted by, and how many under the filters lie there; None for very
    many. `wanted`: how many of these, at least, where it is no more than a few pages. `met`: how
    many events meet what is asked of each, whatever their profiles, if each was looked at."""

    first_day: int = BEFORE_ALL
    last_day: int = AFTER_ALL
    number: int | None = None
    wanted: int | None = None
    met: int | None = None

    @property
    def gathered_by(self) -> Through:
        """What leads to all events in the window."""
        are_known = self.met is not None and self.number is not None
        are_most = are_known and (self.met or 0) <= _MEET * (self.number or 0)
        return "asked" if are_most else "profiles"

    @property
    def days(self) -> tuple[int, int]:
        return self.first_day, self.last_day

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


def narrow_in_order(filters: EventFilterSet, window: Window) -> EventFactsQuerySet:
    """The events under the filters that are sorted in the window, to be put in the order that is
    asked for: each as its key and what the order compares."""
    order = filters.order_in_force
    if order == "relevance":
        return _ranked(filters, window)
    is_by_change = order in ("updated", "-updated")
    if not window.holds_many:
        found = filters.facts(window.gathered_by).filter(sort_day__range=window.days)
        rows: EventFactsQuerySet = found.gathered()
    elif is_by_change:
        rows = filters.facts("order")
    else:
        rows = filters.facts("order").filter(sort_day__range=window.days)
    return rows.only("pk", "updated_at" if is_by_change else "sort_day")


def _ranked(filters: EventFilterSet, window: Window) -> EventFactsQuerySet:
    are_many = window.number is None or window.number > RANKED
    found = filters.facts("order").read_by_two() if are_many else filters.facts(window.gathered_by)
    found = found.filter(sort_day__range=window.days).only("pk", "sort_day")
    return found.ranked(filters.understood.meant)
