"""What an actor did, as rows on one axis of time: its own events, and those of whoever held an
office of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from actors.models import Tenure
from events.charts.axis import Axis, axis_of
from events.index.columns import Ints, Mask
from events.index.offices import parts_in_office
from events.index.state import State
from events.models import Participation
from events.pages.entries import Entry, Part, read_entries

# Of the events of each office holder so many are shown, and of so many holders.
OF_HOLDER, HOLDERS = 10, 12


@dataclass(frozen=True, slots=True)
class ActedIn:
    """An event with the roles that the actor, and its parts, have in it."""

    event: Entry
    roles: list[Participation]
    roles_of_parts: list[Participation]

    @property
    def others(self) -> list[tuple[str, list[Part]]]:
        """Who else takes part, by role, as far as a row of a list names them."""
        own = {role.pk for role in (*self.roles, *self.roles_of_parts)}
        by_role: dict[str, list[Part]] = {}
        for part in self.event.parts:
            if part.key not in own:
                by_role.setdefault(part.role, []).append(part)
        return list(by_role.items())


@dataclass(frozen=True, slots=True)
class HeldAndDid:
    """What somebody did while surely in an office: the newest of so many events."""

    tenure: Tenure
    events: list[ActedIn]
    number: int


@dataclass(frozen=True, slots=True)
class Deeds:
    """`axis` is that of all dates, None where none has a day."""

    own: list[ActedIn]
    of_holders: list[HeldAndDid]
    axis: Axis | None

    def __bool__(self) -> bool:
        return bool(self.own or self.of_holders)

    @property
    def events(self) -> list[ActedIn]:
        return [*self.own, *(acted for held in self.of_holders for acted in held.events)]


def keys_in_office(
    state: State, tenures: Iterable[Tenure], own: Mask
) -> list[tuple[Tenure, list[int], int]]:
    """The keys of the newest events of each office holder in that office, and how many there are;
    without the actor's own. Those with the most events come first."""
    rows = state.columns["part"].rows
    found = []
    for tenure, places in parts_in_office(state, tenures):
        positions = np.unique(rows[places]).astype(np.int64)
        positions = positions[~own[positions]]
        if len(positions):
            found.append((tenure, _newest(state, positions), len(positions)))
    return sorted(found, key=lambda held: -held[2])[:HOLDERS]


def _newest(state: State, positions: Ints) -> list[int]:
    days = state.dates.sort_day[state.dates.codes[positions]]
    newest: list[int] = state.keys[positions[np.argsort(-days, kind="stable")[:OF_HOLDER]]].tolist()
    return newest


def read_deeds(
    newest: Sequence[int],
    in_office: Sequence[tuple[Tenure, list[int], int]],
    actor: int,
    members: Sequence[int],
) -> Deeds:
    """Of the actor and what is part of it, `members`, the events with the keys `newest`."""
    keys = {*newest, *(key for _tenure, found, _number in in_office for key in found)}
    entries = {entry.key: entry for entry in read_entries(list(keys), with_sources=False)}
    holders = [tenure.person_id for tenure, _found, _number in in_office]
    roles = _roles({*members, *holders}, entries)
    own = [
        ActedIn(
            entries[key],
            [role for role in roles.get(key, []) if role.actor_id == actor],
            [r for r in roles.get(key, []) if r.actor_id != actor and r.actor_id in members],
        )
        for key in newest
        if key in entries
    ]
    of_holders = [
        HeldAndDid(tenure, _of_holder(tenure, found, entries, roles), number)
        for tenure, found, number in in_office
    ]
    axis = axis_of((entry.when for entry in entries.values()), labels=2)
    for entry in entries.values():
        entry.mark = axis.mark(entry.when) if axis else None
    return Deeds(own, of_holders, axis)


def _of_holder(
    tenure: Tenure,
    keys: Iterable[int],
    entries: dict[int, Entry],
    roles: dict[int, list[Participation]],
) -> list[ActedIn]:
    return [
        ActedIn(entries[key], [r for r in roles.get(key, []) if r.actor_id == tenure.person_id], [])
        for key in keys
        if key in entries
    ]


def _roles(actors: set[int], events: Iterable[int]) -> dict[int, list[Participation]]:
    """Of these actors in these events, by event."""
    rows = Participation.objects.published().filter(actor__in=actors, event__in=list(events))
    found: dict[int, list[Participation]] = {}
    actor = ("actor__slug", "actor__name", "actor__kind__nature")
    shown = rows.only("event", "role__name", "is_alleged", *actor)
    for role in shown.select_related("role", "actor__kind").order_by("pk"):
        found.setdefault(role.event_id, []).append(role)
    return found
