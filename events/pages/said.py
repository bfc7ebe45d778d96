"""Rows of statements: the words of each stand once on a page, with the answers below them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from events.models import Event, Position, Statement

# Answers to answers are indented so often; further ones stand beside the last.
STEPS = 3
_BY_STATEMENT = attrgetter("statement_id")


@dataclass(slots=True)
class Row:
    """A statement with the positions that it takes here, and the rows that answer it.

    `others` are its positions on what has no place of its own on the page. Where `is_elsewhere`,
    its words stand in another row. An answer under something else than `answered` names it. `page`
    is the event whose page it is, if it is that of one.
    """

    statement: Statement
    positions: list[Position]
    is_elsewhere: bool = False
    answered: Statement | None = None
    names_answered: bool = False
    page: Event | None = None
    others: list[Position] = field(default_factory=list)
    answers: list["Row"] = field(default_factory=list)

    @property
    def occasion(self) -> Event | None:
        """The event at which it was said, where that is not the one that the page is of."""
        occasion = self.statement.occasion
        if occasion is None or not occasion.is_published:
            return None
        return None if self.page and occasion.pk == self.page.pk else occasion

    @property
    def has_setting(self) -> bool:
        """Whether the page says where, at what or to whom it was said."""
        place = self.statement.location
        is_placed = place is not None and place.is_published
        return is_placed or self.occasion is not None or bool(self.statement.audience.all())


def when_last_possible(statement: Statement) -> tuple[int, int, int]:
    """The last possible day; then those without one, by their first day; last, those of no date."""
    when = statement.when
    if when.last_day is not None:
        return 0, when.last_day, statement.pk
    return (2, 0, statement.pk) if when.first_day is None else (1, when.first_day, statement.pk)


def grouped(
    positions: Iterable[Position], key: Callable[[Position], int]
) -> dict[int, list[Position]]:
    """In the order in which they are given."""
    grouped: dict[int, list[Position]] = {}
    for position in positions:
        grouped.setdefault(key(position), []).append(position)
    return grouped


class Rows:
    """Makes the rows of one page, and knows what is placed already.

    `positions` are all those of the statements. `has_place` says whether what a position is on has
    a place of its own on the page; `on_claims` are the statements that stand under a claim: an
    answer to another statement only leads to them.
    """

    def __init__(
        self,
        statements: Iterable[Statement],
        positions: Iterable[Position],
        *,
        has_place: Callable[[Position], bool],
        on_claims: Iterable[int] = (),
        page: Event | None = None,
    ) -> None:
        self.statements = {statement.pk: statement for statement in statements}
        positions = list(positions)
        self._taken_by = grouped(positions, _BY_STATEMENT)
        self._on_statement = grouped(positions, attrgetter("answered_id"))
        self._has_place = has_place
        self._on_claims = set(on_claims)
        self._page = page
        self._placed: set[int] = set()

    def positions_of(self, statement: int) -> list[Position]:
        return self._taken_by.get(statement, [])

    def is_placed(self, statement: int) -> bool:
        return statement in self._placed

    def answers_nothing(self, statement: int) -> bool:
        """Nothing that stands on the page."""
        return not any(p.answered_id in self.statements for p in self.positions_of(statement))

    def row(
        self, pk: int, positions: list[Position], step: int = 0, answered: Statement | None = None
    ) -> Row:
        """With the answers to it, where its words stand here; `step` is how deep it is itself."""
        row = self._place(pk, positions, answered)
        if row.is_elsewhere:
            return row
        if step + 1 < STEPS:
            found = self._answering(row.statement)
            row.answers = [self.row(pk, taken, step + 1, row.statement) for pk, taken in found]
        else:
            row.answers = self._beside_each_other(row.statement)
        return row

    def _place(self, pk: int, positions: list[Position], answered: Statement | None) -> Row:
        is_elsewhere = pk in self._placed or (answered is not None and pk in self._on_claims)
        row = Row(self.statements[pk], positions, is_elsewhere, answered, page=self._page)
        if not is_elsewhere:
            self._placed.add(pk)
            others = [p for p in self.positions_of(pk) if p not in positions]
            row.others = [position for position in others if not self._has_place(position)]
        return row

    def _answering(self, answered: Statement) -> list[tuple[int, list[Position]]]:
        """The statements that answer it, with the positions by which they do."""
        return list(grouped(self._on_statement.get(answered.pk, []), _BY_STATEMENT).items())

    def _beside_each_other(self, answered: Statement) -> list[Row]:
        """All further answers on the last step, each before those that answer it."""
        rows: list[Row] = []
        waiting = [(answered, found) for found in reversed(self._answering(answered))]
        while waiting:
            to, (pk, taken) = waiting.pop()
            row = self._place(pk, taken, to)
            row.names_answered = to is not answered
            rows.append(row)
            if not row.is_elsewhere:
                further = reversed(self._answering(row.statement))
                waiting += [(row.statement, found) for found in further]
        return rows


def in_time(row: Row) -> tuple[int, int, int]:
    return when_last_possible(row.statement)
