"""All public events as arrays: what filters, counts and pages of the timeline read.

A state never changes. Another one takes its place when the facts have changed: it has the arrays of
the old one with the changed events replaced.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import numpy as np

from events.index import facts
from events.index.columns import Column, Dates, Ints, Mask, Positions, Times
from events.index.facts import COLUMNS, NAMED, NAMED_KINDS, ROLE_BITS, Status

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class State:
    """The events in the order of their keys; an event's number is its position in `keys`.

    `columns` are named as the filters. `own_changes` is when each event itself changed, `changes`
    when the records that events name did, by their kind. `seen` is the oldest transaction that may
    have written what is not in it.
    """

    keys: Ints
    dates: Dates
    own_changes: Ints
    columns: Mapping[str, Column]
    # The place directly around each place of the column "location"; 0 for outermost ones.
    places_around: Ints
    changes: Mapping[str, Times] = field(default_factory=dict)
    generation: str = ""
    seen: int = 0
    version: tuple[int, int] = (0, 0)

    @classmethod
    def empty(cls) -> "State":
        nothing = np.empty(0, dtype=np.int64)
        columns = {name: Column.empty() for name in COLUMNS}
        return cls(nothing, Dates.empty(), nothing, columns, nothing)

    def refreshed(self, status: Status) -> "State":
        """The state of the facts as the current transaction sees them: what was written since this
        one is read; or everything, where the facts were made anew or are those of an older copy."""
        if self.generation != status.generation or self.version > status.version:
            return State.empty()._with_changes(0, status)
        return self._with_changes(self.seen, status)

    def _with_changes(self, since: int, status: Status) -> "State":
        events = facts.read_events(since)
        changed = events[:, 0]
        gone = np.concatenate([changed, facts.read_deleted(since)])
        stays = ~np.isin(self.keys, gone)
        keys = np.sort(np.concatenate([self.keys[stays], changed]))
        positions = np.where(stays, np.searchsorted(keys, self.keys), -1).astype(np.int32)
        at = np.searchsorted(keys, changed).astype(np.int32)
        own_changes = np.empty(len(keys), dtype=np.int64)
        own_changes[positions[stays]] = self.own_changes[stays]
        own_changes[at] = events[:, 4]
        columns, around = self._replaced_columns(events, at, positions, since)
        return State(
            keys=keys,
            dates=self.dates.replaced(positions, at, events[:, 1:4], len(keys)),
            own_changes=own_changes,
            columns=columns,
            places_around=around,
            changes={
                kind: self.changes.get(kind, Times.empty()).replaced(
                    *facts.read_changes(kind, since)
                )
                for kind in NAMED_KINDS
            },
            generation=status.generation,
            seen=status.oldest,
            version=status.version,
        )

    def _replaced_columns(
        self, events: Ints, at: Positions, positions: Positions, since: int
    ) -> tuple[dict[str, Column], Ints]:
        """The columns, and `places_around`, with the facts of the changed events, which stand `at`
        these positions."""
        columns = {
            name: self.columns[name].replaced(positions, at, events[:, place])
            for name, place in facts.SINGLE.items()
        }
        around = self.places_around
        for name in facts.LISTS:
            rows, values = facts.read_pairs(name, since, events[:, 0])
            old = self.columns[name]
            columns[name] = column = old.replaced(positions, at[rows], values)
            if name == "location":
                around = np.zeros(len(column.ids), dtype=np.int64)
                around[np.searchsorted(column.ids, old.ids)] = self.places_around
                around[np.searchsorted(column.ids, values)] = _parents(rows, values)
        return columns, around

    @property
    def size(self) -> int:
        return len(self.keys)

    @cached_property
    def every(self) -> Mask:
        return np.ones(self.size, dtype=np.bool_)

    @cached_property
    def changed_at(self) -> Ints:
        """When each event last changed, in microseconds since 2000: it itself, or one of the
        records that it names."""
        changed_at = self.own_changes.copy()
        for name, kind in NAMED.items():
            column = self.columns["part" if name == "role" else name]
            times = self.changes.get(kind, Times.empty()).of(_records(name, column.ids))
            np.maximum.at(changed_at, column.rows, times[column.codes])
        return changed_at

    @cached_property
    def participants(self) -> Column:
        """Who took part in each event, in whatever roles; without those whom they are part of."""
        parts = self.columns["part"]
        actors = parts.ids >> ROLE_BITS
        ids, codes = np.unique(actors, return_inverse=True)
        pairs = np.unique(parts.rows.astype(np.int64) * max(len(ids), 1) + codes[parts.codes])
        rows, found = np.divmod(pairs, max(len(ids), 1))
        return Column(ids, rows.astype(np.int32), found.astype(np.min_scalar_type(len(ids))))

    def times_of(self, keys: Iterable[int]) -> dict[int, datetime]:
        """When events changed, by their keys; keys of no event are left out."""
        positions = np.flatnonzero(self.mask_of(np.fromiter(keys, dtype=np.int64)))
        found = zip(self.keys[positions].tolist(), self.changed_at[positions].tolist(), strict=True)
        return {key: moment(changed_at) for key, changed_at in found}

    @cached_property
    def by_date(self) -> Positions:
        """Positions in the order of time; ties end in the key."""
        days = self.dates.sort_day[self.dates.codes]
        return np.argsort(days, kind="stable").astype(np.int32)

    @cached_property
    def by_change(self) -> Positions:
        """Positions in the order of change; ties end in the key."""
        return np.argsort(self.changed_at, kind="stable").astype(np.int32)

    @cached_property
    def last_changed_at(self) -> datetime | None:
        """When one of the events changed last; None if there are none."""
        return moment(int(self.changed_at.max())) if self.size else None

    def changed_since(self, time: datetime) -> Mask:
        """Which events changed at that time or later."""
        changed: Mask = self.changed_at >= microseconds(time)
        return changed

    def mask_of(self, keys: Ints) -> Mask:
        """Which events have one of the keys; keys of no event are left out."""
        mask = np.zeros(self.size, dtype=np.bool_)
        if self.size:
            places = np.minimum(np.searchsorted(self.keys, keys), self.size - 1)
            mask[places[self.keys[places] == keys]] = True
        return mask

    @cached_property
    def own_places(self) -> Column:
        """The place of each event itself: of the column "location" the innermost, which stands
        behind those around it."""
        column = self.columns["location"]
        is_own = np.ones(len(column.rows), dtype=np.bool_)
        is_own[:-1] = column.rows[1:] != column.rows[:-1]
        return Column(column.ids, column.rows[is_own], column.codes[is_own])

    def around(self, place: int) -> list[int]:
        """The keys of a place and of those around it, the outermost first."""
        ids = self.columns["location"].ids
        way = [place]
        while True:
            code = int(np.searchsorted(ids, way[0]))
            parent = int(self.places_around[code]) if code < len(ids) else 0
            if code >= len(ids) or ids[code] != way[0] or not parent or parent in way:
                return way
            way.insert(0, parent)


def moment(number: int) -> datetime:
    """A time from the microseconds since 2000, which the database counts."""
    return _EPOCH + timedelta(microseconds=number)


def microseconds(time: datetime) -> int:
    return (time - _EPOCH) // timedelta(microseconds=1)


def _records(name: str, ids: Ints) -> Ints:
    """The keys of the records that these values of a column name."""
    match name:
        case "part":
            return ids >> ROLE_BITS
        case "role":
            return facts.roles_of(ids)
        case _:
            return ids


def _parents(events: Positions, places: Ints) -> Ints:
    """The place around each. Those of one event stand behind each other, the outermost first."""
    parents = np.zeros(len(places), dtype=np.int64)
    is_inside = events[1:] == events[:-1]
    parents[1:][is_inside] = places[:-1][is_inside]
    return parents
