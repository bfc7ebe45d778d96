"""The events of a selection by lanes: by who took part, by country, by kind, or all in one lane."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from events.index.columns import Column, Ints, Mask, Positions
from events.index.selection import Selection
from events.index.state import State

# The lanes of events that have no value, and of those that have none of the values shown.
NONE, REST = 0, -1


def column_of(state: State, by: str) -> Column | None:
    """The column that says in which lanes an event stands; None where there is one lane."""
    match by:
        case "actor":
            return state.participants
        case "none":
            return None
        case _:
            return state.columns[by]


@dataclass(frozen=True)
class Lanes:
    """An event stands in the lane of each of its values in the column."""

    selection: Selection
    by: str

    @cached_property
    def _column(self) -> Column | None:
        return column_of(self.selection.state, self.by)

    @cached_property
    def _codes(self) -> tuple[Positions, Ints]:
        """The pairs of the column under the filters: positions, and codes beside them."""
        column = self._column
        if column is None:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64)
        is_selected = self.selection.mask[column.rows]
        return column.rows[is_selected], column.codes[is_selected].astype(np.int64)

    def fullest(self, number: int) -> list[int]:
        """The keys of the values that most events have; of equally many the first key."""
        column = self._column
        if column is None:
            return []
        counts = np.bincount(self._codes[1], minlength=len(column.ids))
        order = np.argsort(-counts, kind="stable")[:number]
        keys: list[int] = column.ids[order[counts[order] > 0]].tolist()
        return keys

    def number_of_values(self) -> int:
        return len(np.unique(self._codes[1]))

    def masks(self, keys: Sequence[int]) -> dict[int, Mask]:
        """Which events stand in the lane of each key. Then those of other values (`REST`) and of
        none (`NONE`), where there are any."""
        if self._column is None:
            return {NONE: self.selection.mask}
        rows, codes = self._codes
        wanted = {int(np.searchsorted(self._column.ids, key)): key for key in keys}
        masks = {key: self._mask(rows[codes == code]) for code, key in wanted.items()}
        is_rest = ~np.isin(codes, np.fromiter(wanted, dtype=np.int64, count=len(wanted)))
        masks[REST] = self._mask(rows[is_rest])
        masks[NONE] = self.selection.mask & ~self._mask(rows)
        return {key: masks[key] for key in (*keys, REST, NONE) if key > 0 or masks[key].any()}

    def _mask(self, rows: Positions) -> Mask:
        mask = np.zeros(self.selection.state.size, dtype=np.bool_)
        mask[rows] = True
        return mask


def lying_in(state: State, first_day: int, last_day: int) -> Mask:
    """Which events may lie between the days, those without a day included."""
    lies = state.dates.lying_between(first_day, last_day, certainly=False)
    mask: Mask = lies[state.dates.codes]
    return mask


def having_a_day(state: State) -> Mask:
    """Of which events an end of the date is known."""
    dates = state.dates
    is_open = (dates.first == BEFORE_ALL) & (dates.last == AFTER_ALL)
    mask: Mask = ~is_open[dates.codes]
    return mask


def count_in_bins(
    state: State, mask: Mask, starts: Sequence[int], last_day: int
) -> tuple[Ints, Ints]:
    """The same of the events under a mask: see `count_spans`."""
    dates = state.dates
    numbers = dates.counts(mask)
    found = np.flatnonzero(numbers)
    spans = dates.first[found], dates.last[found], dates.is_sure[found], numbers[found]
    return count_spans(*spans, starts, last_day)


def count_spans(
    first: Ints, last: Ints, is_sure: Mask, number: Ints, starts: Sequence[int], last_day: int
) -> tuple[Ints, Ints]:
    """How many dates surely lie in each bin, and how many may lie in it, these included.

    `number` says how many have the same first and last day. A bin begins at a day of `starts` and
    ends before the next; the last one ends with `last_day`. A date that may lie in several is
    counted in each. Days before and after all bins are none.
    """
    edges = np.asarray(starts, dtype=np.int64)
    size = len(edges)
    may_lie = (last >= edges[0]) & (first <= last_day)
    first, last, number = first[may_lie], last[may_lie], number[may_lie]
    low = np.maximum(np.searchsorted(edges, first, side="right") - 1, 0)
    high = np.maximum(np.searchsorted(edges, last, side="right") - 1, 0)
    change = np.bincount(low, weights=number, minlength=size + 1)
    change -= np.bincount(high + 1, weights=number, minlength=size + 1)
    lies = (low == high) & (first >= edges[0]) & (last <= last_day) & is_sure[may_lie]
    surely = np.bincount(low[lies], weights=number[lies], minlength=size)
    return surely.astype(np.int64), np.cumsum(change)[:size].astype(np.int64)
