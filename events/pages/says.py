"""Who says what about an event: the statements on each claim, and what answers them.

Each statement stands once, under the first claim that it takes a position on, or else under the
statement that it answers, or else after the claims. Where else it takes a position, a row without
its words leads to it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from events.charts.number_line import NumberBar, bars_of_numbers
from events.models import Claim, Event, Position, Statement
from events.pages.stances import is_contested, positions_in_words

# Answers to answers are indented so often; further ones stand beside the last.
STEPS = 3
# Of more rows under one claim, so many are shown at first.
MOST, FIRST = 8, 6
_BY_STATEMENT = attrgetter("statement_id")


@dataclass(slots=True)
class Row:
    """A statement with the positions that it takes here, and the rows that answer it.

    `others` are its positions on what has no place of its own on the page. Where `is_elsewhere`,
    its words stand in another row. An answer under something else than `answered` names it.
    """

    statement: Statement
    positions: list[Position]
    is_elsewhere: bool = False
    answered: Statement | None = None
    names_answered: bool = False
    others: list[Position] = field(default_factory=list)
    answers: list["Row"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClaimRows:
    """A claim with the positions taken on it, in order of time."""

    claim: Claim
    positions: list[Position]
    rows: list[Row] = field(default_factory=list)

    @property
    def is_contested(self) -> bool:
        return is_contested(self.positions)

    @property
    def in_words(self) -> str:
        return positions_in_words(self.positions)

    @property
    def number(self) -> str:
        """A number without its unit, which is the heading: "about 70"."""
        return self.claim.number_in_words.removesuffix(f" {self.claim.unit}")

    @property
    def first_rows(self) -> list[Row]:
        return self.rows if len(self.rows) <= MOST else self.rows[:FIRST]

    @property
    def more_rows(self) -> list[Row]:
        return self.rows[len(self.first_rows) :]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Rival numbers of one unit, the lowest first; none of them wins."""

    unit: str
    claims: list[ClaimRows]

    @property
    def with_bars(self) -> list[tuple[ClaimRows, NumberBar | None]]:
        """Each on one axis from 0, as exact as it was said; a single one has nothing beside it."""
        if len(self.claims) < 2:
            return [(rows, None) for rows in self.claims]
        claims = [rows.claim for rows in self.claims]
        numbers = [(float(c.low or 0), float(c.high or 0), c.is_approximate) for c in claims]
        return list(zip(self.claims, bars_of_numbers(numbers), strict=True))


@dataclass(frozen=True, slots=True)
class Others:
    """Statements that take no position on a claim of the event, under what they have in common."""

    heading: str | Promise
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Says:
    claims: list[ClaimRows]
    numbers: list[Numbers]
    others: list[Others]

    def __bool__(self) -> bool:
        return bool(self.claims or self.numbers or self.others)

    @property
    def contested(self) -> list[ClaimRows]:
        return [claim for claim in self.all_claims if claim.is_contested]

    @property
    def all_claims(self) -> list[ClaimRows]:
        return [*self.claims, *(claim for group in self.numbers for claim in group.claims)]


def arrange(
    event: Event,
    claims: Iterable[Claim],
    statements: Iterable[Statement],
    positions: Iterable[Position],
) -> Says:
    """`positions` are all those of the statements; whatever is given may be shown."""
    in_order = sorted(statements, key=when_last_possible)
    taken = sorted(positions, key=lambda position: when_last_possible(position.statement))
    by_claim = _grouped(taken, attrgetter("claim_id"))
    on_claims = [ClaimRows(claim, by_claim.get(claim.pk, [])) for claim in claims]
    propositions = [rows for rows in on_claims if rows.claim.kind == Claim.Kind.PROPOSITION]
    propositions.sort(key=lambda rows: not rows.is_contested)
    numbers = _by_unit(rows for rows in on_claims if rows.claim.kind == Claim.Kind.NUMBER)
    ordered = [*propositions, *(rows for group in numbers for rows in group.claims)]
    page = _Page(event, in_order, taken, ordered)
    for rows in ordered:
        rows.rows.extend(page.rows_on(rows))
    return Says(propositions, numbers, list(page.others()))


def when_last_possible(statement: Statement) -> tuple[int, int, int]:
    """The last possible day; then those without one, by their first day; last, those of no date."""
    when = statement.when
    if when.last_day is not None:
        return 0, when.last_day, statement.pk
    return (2, 0, statement.pk) if when.first_day is None else (1, when.first_day, statement.pk)


def _grouped(
    positions: Iterable[Position], key: Callable[[Position], int]
) -> dict[int, list[Position]]:
    """In the order in which they are given."""
    grouped: dict[int, list[Position]] = {}
    for position in positions:
        grouped.setdefault(key(position), []).append(position)
    return grouped


def _by_unit(claims: Iterable[ClaimRows]) -> list[Numbers]:
    by_unit: dict[str, list[ClaimRows]] = {}
    for rows in sorted(claims, key=lambda rows: (rows.claim.unit, rows.claim.low, rows.claim.high)):
        by_unit.setdefault(rows.claim.unit, []).append(rows)
    return [Numbers(unit, rows) for unit, rows in by_unit.items()]


class _Page:
    """What is placed already, while the rows of one page are made."""

    def __init__(
        self,
        event: Event,
        statements: list[Statement],
        positions: list[Position],
        claims: list[ClaimRows],
    ) -> None:
        self._event = event
        self._statements = {statement.pk: statement for statement in statements}
        self._taken_by = _grouped(positions, _BY_STATEMENT)
        self._on_statement = _grouped(positions, attrgetter("answered_id"))
        self._shown = {rows.claim.pk for rows in claims}
        # Those that stand under a claim: an answer to another statement only leads to them.
        self._on_claims = {p.statement_id for p in positions if p.claim_id in self._shown}
        self._placed: set[int] = set()

    def rows_on(self, rows: ClaimRows) -> list[Row]:
        by_statement = _grouped(rows.positions, _BY_STATEMENT)
        return [self._row(pk, taken) for pk, taken in by_statement.items()]

    def others(self) -> Iterable[Others]:
        """What stands under no claim, and answers nothing that does."""
        for heading, belongs in _HEADINGS:
            rows = []
            for is_root in (self._answers_nothing, lambda statement: True):
                for pk, statement in self._statements.items():
                    about = [p for p in self._of(pk) if p.event_id == self._event.pk]
                    is_free = pk not in self._placed and is_root(statement)
                    if is_free and belongs(self._event, statement, about):
                        rows.append(self._row(pk, about))
            if rows:
                yield Others(heading, sorted(rows, key=_in_time))

    def _answers_nothing(self, statement: Statement) -> bool:
        """Nothing that stands on the page."""
        return not any(p.answered_id in self._statements for p in self._of(statement.pk))

    def _of(self, statement: int) -> list[Position]:
        return self._taken_by.get(statement, [])

    def _row(
        self, pk: int, positions: list[Position], step: int = 0, answered: Statement | None = None
    ) -> Row:
        """With the answers to it, where its words stand here; `step` is how deep it is itself."""
        row = self._place(pk, positions, answered)
        if row.is_elsewhere:
            return row
        if step + 1 < STEPS:
            found = self._answering(row.statement)
            row.answers = [self._row(pk, taken, step + 1, row.statement) for pk, taken in found]
        else:
            row.answers = self._beside_each_other(row.statement)
        return row

    def _place(self, pk: int, positions: list[Position], answered: Statement | None) -> Row:
        is_elsewhere = pk in self._placed or (answered is not None and pk in self._on_claims)
        row = Row(self._statements[pk], positions, is_elsewhere, answered)
        if not is_elsewhere:
            self._placed.add(pk)
            row.others = [p for p in self._of(pk) if p not in positions and self._is_other(p)]
        return row

    def _answering(self, answered: Statement) -> list[tuple[int, list[Position]]]:
        """The statements that answer it, with the positions by which they do."""
        return list(_grouped(self._on_statement.get(answered.pk, []), _BY_STATEMENT).items())

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

    def _is_other(self, position: Position) -> bool:
        return position.claim_id not in self._shown and position.answered_id not in self._statements


def _in_time(row: Row) -> tuple[int, int, int]:
    return when_last_possible(row.statement)


_Belongs = Callable[[Event, Statement, list[Position]], bool]
_HEADINGS: list[tuple[str | Promise, _Belongs]] = [
    (gettext_lazy("Of the event itself"), lambda event, statement, about: bool(about)),
    (
        gettext_lazy("Said at it"),
        lambda event, statement, about: statement.occasion_id == event.pk,
    ),
    (gettext_lazy("Other statements"), lambda event, statement, about: True),
]
