"""The events under some filters: how many, in which order, and how many have each value of a facet.

Each filter is a mask over all events. A facet is counted under every mask but its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from events.index.columns import Ints, Mask, Positions, years_of
from events.index.state import State, moment

# Of values that equally many events have, so many are put in order by their names.
_NAMED = 1_000


class Sorted(NamedTuple):
    """An event by its key, and what the orders of the timeline compare. The time of change is there
    where the order goes by it: to find it for one event takes looking at all."""

    pk: int
    sort_day: int
    updated_at: datetime | None = None
    relevance: float = 0.0


@dataclass(frozen=True)
class Selection:
    """`masks` are named as the filters; `relevance` says of each event how well it answers to the
    words that are searched for, where it is to be put in order by that."""

    state: State
    masks: Mapping[str, Mask] = field(default_factory=dict)
    order: str = "-date"
    relevance: NDArray[np.float64] | None = None

    @cached_property
    def mask(self) -> Mask:
        return self.mask_excluding("")

    def mask_excluding(self, excluding: str) -> Mask:
        """The events under every filter but one."""
        mask = self.state.every
        for name, other in self.masks.items():
            if name != excluding:
                mask = mask & other
        return mask

    @cached_property
    def count(self) -> int:
        return int(np.count_nonzero(self.mask))

    @cached_property
    def positions(self) -> Positions:
        """Where the events stand in the state, in the order that is asked for."""
        name = self.order.removeprefix("-")
        state = self.state
        if name == "relevance" and self.relevance is not None:
            answering = np.flatnonzero(self.mask)
            days = state.dates.sort_day[state.dates.codes[answering]]
            in_order = np.lexsort([days, self.relevance[answering]])
            return answering[in_order][::-1].astype(np.int32)
        by_order = state.by_change if name == "updated" else state.by_date
        found = by_order[self.mask[by_order]]
        if self.order == "date":
            return self._undated_last(found)
        return found[::-1] if self.order.startswith("-") else found

    def _undated_last(self, by_date: Positions) -> Positions:
        """Events in the order of time begin with those that have no date at all."""
        dates = self.state.dates
        number = int(np.count_nonzero(dates.sort_day[dates.codes[by_date]] == BEFORE_ALL))
        return np.roll(by_date, -number)

    def between(self, start: int, stop: int) -> list[Sorted]:
        """The events from one place in the order to before another."""
        return [self._sorted(int(position)) for position in self.positions[start:stop]]

    def behind(self, place: Sorted, number: int) -> list[Sorted]:
        """So many events behind a place in the order, whether that event is still there or not."""
        start = self._place_behind(place)
        return self.between(start, start + number)

    def before(self, place: Sorted, number: int) -> list[Sorted]:
        """So many events up to a place, the last of which stands there, or did."""
        stop = self._place_behind(place)
        return self.between(max(0, stop - number), stop)

    @property
    def keys(self) -> list[int]:
        """Of all events, in order."""
        keys: list[int] = self.state.keys[self.positions].tolist()
        return keys

    def place_of(self, key: int) -> int | None:
        """How many events stand before this one in the order; None where it is not among them."""
        found = np.flatnonzero(self.state.keys[self.positions] == key)
        return int(found[0]) if len(found) else None

    def undated(self) -> "Selection":
        """Those of whose date neither end is known."""
        dates = self.state.dates
        is_open = (dates.first == BEFORE_ALL) & (dates.last == AFTER_ALL)
        return replace(self, masks={**self.masks, "undated": is_open[dates.codes]})

    def counts(self, facet: str) -> "Counts":
        """How many events have each value of a column, under every filter but that one."""
        column = self.state.columns[facet]
        return Counts(column.ids, column.counts(self.mask_excluding(facet)))

    def counts_of_places(self) -> "Counts":
        """How many events took place in each place itself, not counting those in places inside
        it."""
        column = self.state.own_places
        return Counts(column.ids, column.counts(self.mask))

    def in_places(self, places: "list[int] | Ints") -> "Selection":
        """Those that took place in one of these themselves."""
        mask = self.state.own_places.having_any(places, self.state.size)
        return replace(self, masks={**self.masks, "own place": mask})

    def without_place(self) -> "Selection":
        column = self.state.own_places
        mask = np.ones(self.state.size, dtype=np.bool_)
        mask[column.rows] = False
        return replace(self, masks={**self.masks, "own place": mask})

    def counts_of_spans(self, excluding: str = "") -> Ints:
        """How many events have each date of `state.dates`."""
        return self.state.dates.counts(self.mask_excluding(excluding))

    def _sorted(self, position: int) -> Sorted:
        state = self.state
        is_by_change = self.order.removeprefix("-") == "updated"
        changed_at = moment(int(state.changed_at[position])) if is_by_change else None
        day = int(state.dates.sort_day[state.dates.codes[position]])
        relevance = 0.0 if self.relevance is None else float(self.relevance[position])
        return Sorted(int(state.keys[position]), day, changed_at, relevance)

    def _place_behind(self, place: Sorted) -> int:
        """How many events stand before the place or at it: by halves, as they are in order."""
        low, high = 0, len(self.positions)
        while low < high:
            middle = (low + high) // 2
            if self._is_behind(self._sorted(int(self.positions[middle])), place):
                high = middle
            else:
                low = middle + 1
        return low

    def _is_behind(self, event: Sorted, place: Sorted) -> bool:
        one, other = (_compared(self.order, sorted_by) for sorted_by in (event, place))
        is_descending = self.order.startswith("-") or self.order == "relevance"
        return one < other if is_descending else one > other


def _compared(order: str, event: Sorted) -> tuple[Any, ...]:
    match order.removeprefix("-"):
        case "relevance":
            return event.relevance, event.sort_day, event.pk
        case "updated":
            return event.updated_at, event.pk
        case _:
            is_undated = event.sort_day == BEFORE_ALL
            return is_undated and order == "date", event.sort_day, event.pk


@dataclass(frozen=True)
class Counts:
    """The primary keys of a facet's values, and how many events have each."""

    ids: Ints
    numbers: Ints

    def of(self, keys: Iterable[int]) -> dict[int, int]:
        """The numbers of some values; those of no event are left out."""
        wanted = np.isin(self.ids, np.fromiter(keys, dtype=np.int64)) & (self.numbers > 0)
        return self._as_numbers(np.flatnonzero(wanted))

    def first(self, number: int) -> dict[int, int]:
        """The most frequent values, and those that are as frequent as the last of them."""
        found = np.flatnonzero(self.numbers)
        if len(found) > number:
            least = np.partition(self.numbers[found], -number)[-number]
            found = found[self.numbers[found] >= least]
        in_order = found[np.argsort(-self.numbers[found], kind="stable")]
        return self._as_numbers(in_order[: number + _NAMED])

    def _as_numbers(self, codes: "NDArray[np.intp]") -> dict[int, int]:
        return dict(zip(self.ids[codes].tolist(), self.numbers[codes].tolist(), strict=True))


def count_years(state: State, counts: Ints, *, certainly: bool) -> dict[int, int]:
    """In how many events each calendar year is the one that the date may lie in, or surely lies in:
    of the years in which any of these dates begins or ends. `counts` are those of the spans."""
    dates, found = state.dates, np.flatnonzero(counts)
    first, last, number = dates.first[found], dates.last[found], counts[found]
    is_open = np.array([first == BEFORE_ALL, last == AFTER_ALL])
    first_year, last_year = years_of(first), years_of(last)
    edges = np.unique(np.concatenate([first_year[~is_open[0]], last_year[~is_open[1]]]))
    if certainly:
        lies = (first_year == last_year) & ~is_open.any(axis=0) & dates.is_sure[found]
        places = np.searchsorted(edges, first_year[lies])
        numbers = np.bincount(places, weights=number[lies], minlength=len(edges))
    else:
        first_year[is_open[0]] = BEFORE_ALL
        last_year[is_open[1]] = AFTER_ALL
        numbers = _number_upto(first_year, number, edges) - _number_upto(
            last_year, number, edges - 1
        )
    return {
        int(year): int(n)
        for year, n in zip(edges, numbers, strict=True)
        if n and -9999 <= year <= 9999
    }


def _number_upto(years: Ints, numbers: Ints, edges: Ints) -> Ints:
    """How many lie in each of these years or earlier."""
    order = np.argsort(years)
    sums = np.concatenate([[0], np.cumsum(numbers[order])])
    upto: Ints = sums[np.searchsorted(years[order], edges, side="right")]
    return upto
