"""The claim matrix of an event: rows are claims, columns are the actors that took a
position, those with most positions first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from actors.models import Actor
from events.models import Claim, Position


@dataclass(frozen=True, slots=True)
class Stand:
    """One position on a claim, and the positions of others on the statement that takes it."""

    position: Position
    answers: list[Position]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one actor said on one claim, in order of time; empty where no statement is recorded."""

    actor: Actor
    stands: list[Stand]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    claim: Claim
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Nobody is counted: a cell holds what was said, and an empty one says that nothing was."""

    actors: list[Actor]
    rows: list[MatrixRow]

    @property
    def is_offered(self) -> bool:
        """Smaller, it would say less than the list."""
        return len(self.actors) >= 2 and len(self.rows) >= 2

    @property
    def is_full(self) -> bool:
        """Large, and more than half of its cells are filled: it says more than the list."""
        cells = [cell for row in self.rows for cell in row.cells]
        is_large = len(self.actors) >= 3 and len(self.rows) >= 3
        return is_large and 2 * sum(bool(cell.stands) for cell in cells) > len(cells)


def build_matrix(claims: Iterable[Claim], positions: Iterable[Position]) -> Matrix:
    """`positions` are all that bear on the event, in order of time."""
    positions = list(positions)
    claims = list(claims)
    on_claims = {claim.pk for claim in claims}
    taken = [p.statement.speaker for p in positions if p.claim_id in on_claims]
    actors = [actor for actor, _number in Counter(taken).most_common()]
    return Matrix(
        actors,
        [
            MatrixRow(claim, [Cell(actor, _stands(claim, actor, positions)) for actor in actors])
            for claim in claims
        ],
    )


def _stands(claim: Claim, actor: Actor, positions: list[Position]) -> list[Stand]:
    return [
        Stand(position, [p for p in positions if p.answered_id == position.statement_id])
        for position in positions
        if position.claim_id == claim.pk and position.statement.speaker_id == actor.pk
    ]
