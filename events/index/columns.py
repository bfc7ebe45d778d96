"""Columns of the event index: which records an event has, and when it was, as arrays.

A column is dictionary-encoded: `ids` holds each primary key once, in ascending order, and a code is
a place in it. Pairs of an event and a value are two parallel arrays, so that an event has any
number of values. Counting a facet is then one `bincount`, and a filter one look-up.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.edtf.dates import AFTER_ALL

Ints = NDArray[np.int64]
Positions = NDArray[np.int32]
# Of the smallest type that holds them: most facets have fewer values than two bytes count.
Codes = NDArray[np.unsignedinteger[Any]]
Mask = NDArray[np.bool_]

# Before every time.
NEVER = np.iinfo(np.int64).min

_DAYS_BEFORE_MARCH = 305  # from 0000-03-01 to the day before 0001-01-01, which has the number 0
_DAYS_OF_400_YEARS = 146_097
# Years beyond which no calendar of ours has a name for a day.
_FIRST_DAY, _LAST_DAY = -(2**60), 2**60


@dataclass(frozen=True)
class Column:
    """Pairs: the event at position `rows[i]` has the record with the key `ids[codes[i]]`."""

    ids: Ints
    rows: Positions
    codes: Codes

    @classmethod
    def empty(cls) -> "Column":
        return cls(_no_ints(), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.uint8))

    def replaced(self, positions: Positions, rows: Positions, values: Ints) -> "Column":
        """The same with events moved to `positions` (-1: left out), and with other pairs added."""
        ids = np.union1d(self.ids, values)
        moved = positions[self.rows]
        stays = moved >= 0
        renumbered, added = _codes_of(ids, self.ids), _codes_of(ids, values)
        return Column(
            ids,
            np.concatenate([moved[stays], rows]),
            np.concatenate([renumbered[self.codes[stays]], added]),
        )

    def having(self, is_wanted: Mask, size: int) -> Mask:
        """Which of `size` events have any value of which `is_wanted`, by code, says so."""
        mask = np.zeros(size, dtype=np.bool_)
        mask[self.rows[is_wanted[self.codes]]] = True
        return mask

    def having_any(self, keys: "list[int] | Ints", size: int) -> Mask:
        """Which of `size` events have a record with one of the keys."""
        return self.having(np.isin(self.ids, np.asarray(keys, dtype=np.int64)), size)

    def counts(self, mask: Mask) -> Ints:
        """For each of `ids`, how many events under the mask have it."""
        return np.bincount(self.codes[mask[self.rows]], minlength=len(self.ids))


@dataclass(frozen=True)
class Times:
    """When records of one kind last changed, in microseconds since the year 2000. `keys` are in
    ascending order; records that have not changed since it is noted are left out."""

    keys: Ints
    at: Ints

    @classmethod
    def empty(cls) -> "Times":
        return cls(_no_ints(), _no_ints())

    def replaced(self, keys: Ints, at: Ints) -> "Times":
        """The same with other times of some records."""
        stays = ~np.isin(self.keys, keys)
        every = np.concatenate([self.keys[stays], keys])
        order = np.argsort(every)
        return Times(every[order], np.concatenate([self.at[stays], at])[order])

    def of(self, keys: Ints) -> Ints:
        """The time of each of these; `NEVER` where there is none."""
        times = np.full(len(keys), NEVER, dtype=np.int64)
        if len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            is_there = self.keys[places] == keys
            times[is_there] = self.at[places[is_there]]
        return times


@dataclass(frozen=True)
class Dates:
    """When events were. `spans` holds each distinct date once, as a row of its first day, its last
    day and whether it is qualified; an event's date is the row `codes[position]`."""

    spans: Ints
    codes: Positions

    @classmethod
    def empty(cls) -> "Dates":
        return cls(np.empty((0, 3), dtype=np.int64), np.empty(0, dtype=np.int32))

    def replaced(self, positions: Positions, rows: Positions, spans: Ints, size: int) -> "Dates":
        """The same with events moved to `positions`, and other events' dates at `rows`."""
        every, codes_of_all = _distinct(np.concatenate([self.spans, spans]))
        codes = np.empty(size, dtype=np.int32)
        stays = positions >= 0
        codes[positions[stays]] = codes_of_all[self.codes[stays]]
        codes[rows] = codes_of_all[len(self.spans) :]
        return Dates(every, codes)

    @cached_property
    def first(self) -> Ints:
        return self.spans[:, 0]

    @cached_property
    def last(self) -> Ints:
        return self.spans[:, 1]

    @cached_property
    def is_sure(self) -> Mask:
        is_sure: Mask = self.spans[:, 2] == 0
        return is_sure

    @cached_property
    def sort_day(self) -> Ints:
        """By span: see `config.edtf.dated.Dated`."""
        return np.where(self.last == AFTER_ALL, self.first, self.last)

    def counts(self, mask: Mask) -> Ints:
        """How many events under the mask have each of the spans."""
        return np.bincount(self.codes[mask], minlength=len(self.spans))

    def lying_between(self, since: int | None, until: int | None, *, certainly: bool) -> Mask:
        """Which spans may lie, or surely lie, in a range of days: see `config.edtf.dated`."""
        lies: Mask = np.ones(len(self.spans), dtype=np.bool_)
        first, last = (self.first, self.last) if certainly else (self.last, self.first)
        if since is not None:
            lies &= first >= since
        if until is not None:
            lies &= last <= until
        if certainly and (since is not None or until is not None):
            lies &= self.is_sure
        return lies


def years_of(days: Ints) -> Ints:
    """The calendar year of each day, which is counted as `config.edtf.dates` does.

    The algorithm is "days from civil" turned round: years begin in March, so that the leap day is
    the last (Howard Hinnant, chrono-compatible low-level date algorithms, 2013).
    """
    days = np.clip(days, _FIRST_DAY, _LAST_DAY) + _DAYS_BEFORE_MARCH
    era, of_era = np.divmod(days, _DAYS_OF_400_YEARS)
    year = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    is_next = (5 * of_year + 2) // 153 >= 10
    years: Ints = year + 400 * era + is_next
    return years


def _distinct(rows: Ints) -> tuple[Ints, Positions]:
    """The rows in ascending order, each once; and for each row its place among these."""
    order = np.lexsort(rows.T[::-1])
    in_order = rows[order]
    is_new = np.ones(len(rows), dtype=np.bool_)
    is_new[1:] = (in_order[1:] != in_order[:-1]).any(axis=1)
    codes = np.empty(len(rows), dtype=np.int32)
    codes[order] = np.cumsum(is_new) - 1
    return in_order[is_new], codes


def _codes_of(ids: Ints, values: Ints) -> Codes:
    codes: Codes = np.searchsorted(ids, values).astype(np.min_scalar_type(len(ids)))
    return codes


def _no_ints() -> Ints:
    return np.empty(0, dtype=np.int64)
