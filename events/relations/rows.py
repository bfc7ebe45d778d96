"""Which events and statements stand between two actors, and in which direction.

**Whose side somebody is on.** A side is an actor, whatever is part of it, and whoever surely held
an office of one of these on every day that the date of the event or statement can mean. Where one
of the two actors is part of the other, the larger side does without the smaller one; and who is on
a side by what they are is on no other by an office.

**Events.** Each role says whether whoever has it acts, is acted upon, or neither. An event in which
somebody of one side acts and somebody of the other is acted upon leads from the one side to the
other. Where that holds both ways or neither way, they stand in it together.

**Statements.** A statement of one side leads to the other if it is addressed to somebody there, if
it takes a position on an event in which somebody there acts, on a claim about such an event, or on
a statement made there.

**What bears on their relations.** A claim about no event whose text names both actors, by any of
their names, is about the two. Events recorded as bearing on it, and statements of either side that
take a position on it, stand here unless they have a direction already; who did what to whom is
shown with each.

Nothing counts that the public may not see: event, statement, speaker, participant, the holder of an
office and its body, the claim, event or statement that a position is on.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from actors.models import Actor, Tenure
from events.index.columns import Ints, Mask
from events.index.facts import ROLE_BITS, roles_of
from events.index.offices import parts_in_office
from events.index.state import State
from events.models import EventLink, EventType, Role
from events.relations.claims import claims_on_both
from events.relations.statements import SpokenRow, spoken_between

# What somebody does in an event, for the first side; for the second, three bits higher.
_THERE, _ACTS, _IS_ACTED_UPON = 1, 2, 4
_FORTH = _ACTS | _IS_ACTED_UPON << 3
_BACK = _IS_ACTED_UPON | _ACTS << 3
_BOTH = _THERE | _THERE << 3


class Direction(StrEnum):
    """Seen from the first actor of the address."""

    FORTH = "forth"
    BACK = "back"
    TOGETHER = "together"
    BEARING = "bearing"


WAYS = [str(direction) for direction in Direction]


@dataclass(frozen=True)
class Sides:
    """The published actors of each side, and the offices that put others on one."""

    members: tuple[frozenset[int], frozenset[int]]
    tenures: tuple[list[Tenure], list[Tenure]]

    @classmethod
    def of(cls, first: Actor, second: Actor) -> "Sides":
        members = (_members(first, second), _members(second, first))
        either = members[0] | members[1]
        offices = Tenure.objects.published().exclude(person__in=either)
        tenures = [list(offices.filter(body__in=side)) for side in members]
        return cls(members, (tenures[0], tenures[1]))


def _members(actor: Actor, other: Actor) -> frozenset[int]:
    rows = Actor.objects.published().within([actor])
    if actor.pk in other.lineage:
        rows = rows.exclude(lineage__contains=[other.pk])
    return frozenset(rows.values_list("pk", flat=True))


@dataclass(frozen=True, eq=False)
class EventRows:
    """Events between two sides: positions in the state, and the number of each one's direction."""

    positions: NDArray[np.intp]
    ways: NDArray[np.uint8]


class Between:
    """All that stands between two actors, whatever the filters of the page."""

    def __init__(self, state: State, first: Actor, second: Actor) -> None:
        self.state = state
        self._actors = (first, second)
        self._sides = Sides.of(first, second)

    @cached_property
    def claims(self) -> list[int]:
        """The keys of the claims on both."""
        return claims_on_both(*self._actors)

    @cached_property
    def events(self) -> EventRows:
        bits, is_of_several = self._parts
        is_between = (bits & _BOTH == _BOTH) & is_of_several
        is_forth, is_back = bits & _FORTH == _FORTH, bits & _BACK == _BACK
        ways = np.full(self.state.size, WAYS.index("together"), dtype=np.uint8)
        ways[is_forth & ~is_back] = WAYS.index("forth")
        ways[is_back & ~is_forth] = WAYS.index("back")
        bearing = self._bearing & ~is_between
        ways[bearing] = WAYS.index("bearing")
        positions = np.flatnonzero(is_between | bearing)
        return EventRows(positions, ways[positions])

    @cached_property
    def statements(self) -> list[SpokenRow]:
        acting = [self._with_bits(_ACTS), self._with_bits(_ACTS << 3)]
        return spoken_between(
            self._sides.members, self._sides.tenures, (acting[0], acting[1]), self.claims
        )

    @property
    def _bearing(self) -> Mask:
        links = EventLink.objects.filter(to_claim__in=self.claims)
        keys = links.order_by().values_list("from_event", flat=True)
        return self.state.mask_of(np.array(sorted(set(keys)), dtype=np.int64))

    def _with_bits(self, bits: int) -> set[int]:
        """The keys of events in which somebody of a side does what the bits say."""
        return set(self.state.keys[(self._parts[0] & bits) == bits].tolist())

    @cached_property
    def _parts(self) -> tuple[NDArray[np.uint8], Mask]:
        """What is done in each event, as bits; and whether several actors of the sides do it."""
        part = self.state.columns["part"]
        actors = part.ids >> ROLE_BITS
        bits_of_role = _bits_of(roles_of(part.ids))
        bits = np.zeros(self.state.size, dtype=np.uint8)
        least = np.full(self.state.size, np.iinfo(np.int64).max)
        greatest = np.zeros(self.state.size, dtype=np.int64)

        def put(places: NDArray[np.intp], shift: int) -> None:
            rows, codes = part.rows[places], part.codes[places]
            np.bitwise_or.at(bits, rows, bits_of_role[codes] << shift)
            np.minimum.at(least, rows, actors[codes])
            np.maximum.at(greatest, rows, actors[codes])

        for side, members in enumerate(self._sides.members):
            put(np.flatnonzero(np.isin(actors, list(members))[part.codes]), 3 * side)
            for _tenure, places in parts_in_office(self.state, self._sides.tenures[side]):
                put(places, 3 * side)
        return bits, least < greatest


_BITS = {
    Role.Side.ACTING: _THERE | _ACTS,
    Role.Side.ACTED_UPON: _THERE | _IS_ACTED_UPON,
    Role.Side.NEITHER: _THERE,
}


def _bits_of(roles: Ints) -> NDArray[np.uint8]:
    """By the keys of roles, of which there are few."""
    bits = np.full(len(roles), _THERE, dtype=np.uint8)
    for pk, side in Role.objects.values_list("pk", "side"):
        bits[roles == pk] = _BITS[Role.Side(side)]
    return bits


def quads_of(state: State, positions: NDArray[np.intp], quads: list[str]) -> Ints:
    """The number, in a list of quad classes, of the kind of each event."""
    kind = state.columns["kind"]
    known = dict(EventType.objects.values_list("pk", "quad"))
    # A kind without a class is neither cooperation nor conflict, as far as anybody said.
    quad_of_code = np.array(
        [quads.index(known[pk] or EventType.Quad.NEUTRAL) for pk in kind.ids.tolist()],
        dtype=np.int64,
    )
    quad_of_event = np.zeros(state.size, dtype=np.int64)
    quad_of_event[kind.rows] = quad_of_code[kind.codes]
    return quad_of_event[positions]
