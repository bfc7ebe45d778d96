"""Statements of one of two sides that lead to the other, or bear on the relations of both."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from actors.models import Tenure
from config.db.publication import State
from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from events.models import Position, Statement

# Of the first side and of the second.
Both = tuple[Collection[int], Collection[int]]


class SpokenRow(NamedTuple):
    """A statement by its key, how it stands between the sides, and its date."""

    pk: int
    direction: str
    first_day: int
    last_day: int
    sort_day: int
    is_qualified: bool


@dataclass(frozen=True, slots=True)
class _Said:
    statement: Statement
    sides: frozenset[int]


def spoken_between(
    members: tuple[frozenset[int], frozenset[int]],
    tenures: tuple[list[Tenure], list[Tenure]],
    acting: Both,
    claims: Collection[int],
) -> list[SpokenRow]:
    """`acting` are the keys of events in which somebody of a side acts; `claims` those on both."""
    said = _said(members, tenures)
    if not said:
        return []
    addressed = _addressed_by_audience(said, members, tenures)
    bearing = set()
    for position in _positions(said):
        about = position.event_id or (position.claim.event_id if position.claim else None)
        for side in said[position.statement_id].sides:
            there = said.get(position.answered_id or 0)
            if about in acting[1 - side] or (there and 1 - side in there.sides):
                addressed[position.statement_id].add(side)
        if position.claim_id in claims:
            bearing.add(position.statement_id)
    ways = dict.fromkeys(bearing, "bearing")
    ways |= {pk: "forth" if 0 in sides else "back" for pk, sides in addressed.items() if sides}
    return [_row(said[pk].statement, way) for pk, way in ways.items()]


def _row(row: Statement, way: str) -> SpokenRow:
    return SpokenRow(row.pk, way, row.first_day, row.last_day, row.sort_day, row.is_date_qualified)


def _said(
    members: tuple[frozenset[int], frozenset[int]], tenures: tuple[list[Tenure], list[Tenure]]
) -> dict[int, _Said]:
    """The public statements of both sides."""
    holders = {tenure.person_id for side in tenures for tenure in side}
    speakers = members[0] | members[1] | holders
    rows = Statement.objects.published().filter(speaker__in=speakers).order_by()
    found = {}
    for row in rows.only("speaker", "first_day", "last_day", "sort_day", "is_date_qualified"):
        if sides := _sides_of(row.speaker_id, row, members, tenures):
            found[row.pk] = _Said(row, sides)
    return found


def _sides_of(
    actor: int,
    statement: Statement,
    members: tuple[frozenset[int], frozenset[int]],
    tenures: tuple[list[Tenure], list[Tenure]],
) -> frozenset[int]:
    """On which sides the actor is at the time of a statement."""
    return frozenset(
        side
        for side in (0, 1)
        if actor in members[side]
        or any(t.person_id == actor and _held_then(t, statement) for t in tenures[side])
    )


def _held_then(tenure: Tenure, statement: Statement) -> bool:
    first, last = statement.first_day, statement.last_day
    return first > BEFORE_ALL and last < AFTER_ALL and first in tenure.held and last in tenure.held


def _addressed_by_audience(
    said: dict[int, _Said],
    members: tuple[frozenset[int], frozenset[int]],
    tenures: tuple[list[Tenure], list[Tenure]],
) -> dict[int, set[int]]:
    """From which sides each statement is addressed to somebody of the other."""
    addressed: dict[int, set[int]] = defaultdict(set)
    for statement, actor in _audiences(said):
        row = said[statement]
        there = _sides_of(actor, row.statement, members, tenures)
        addressed[statement] |= {side for side in row.sides if 1 - side in there}
    return addressed


def _audiences(said: Iterable[int]) -> Iterable[tuple[int, int]]:
    through = Statement.audience.through.objects.filter(statement__in=list(said))
    public = through.filter(actor__state=State.PUBLISHED)
    return public.values_list("statement", "actor")


def _positions(said: Iterable[int]) -> Iterable[Position]:
    """Those on what the public may see."""
    rows = Position.objects.published().filter(statement__in=list(said))
    return rows.select_related("claim").only("statement", "event", "answered", "claim__event")
