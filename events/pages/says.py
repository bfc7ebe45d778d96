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
from events.pages.said import Row, Rows, grouped, in_time, when_last_possible
from events.pages.stances import is_contested, positions_in_words

# Of more rows under one claim, so many are shown at first.
MOST, FIRST = 8, 6


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
    by_claim = grouped(taken, attrgetter("claim_id"))
    on_claims = [ClaimRows(claim, by_claim.get(claim.pk, [])) for claim in claims]
    propositions = [rows for rows in on_claims if rows.claim.kind == Claim.Kind.PROPOSITION]
    propositions.sort(key=lambda rows: not rows.is_contested)
    numbers = _by_unit(rows for rows in on_claims if rows.claim.kind == Claim.Kind.NUMBER)
    ordered = [*propositions, *(rows for group in numbers for rows in group.claims)]
    shown = {rows.claim.pk for rows in ordered}
    known = {statement.pk for statement in in_order}
    page = Rows(
        in_order,
        taken,
        has_place=lambda p: p.claim_id in shown or p.answered_id in known,
        on_claims=(p.statement_id for p in taken if p.claim_id in shown),
        page=event,
    )
    for rows in ordered:
        by_statement = grouped(rows.positions, attrgetter("statement_id"))
        rows.rows.extend(page.row(pk, found) for pk, found in by_statement.items())
    return Says(propositions, numbers, list(_others(event, page)))


def _by_unit(claims: Iterable[ClaimRows]) -> list[Numbers]:
    by_unit: dict[str, list[ClaimRows]] = {}
    for rows in sorted(claims, key=lambda rows: (rows.claim.unit, rows.claim.low, rows.claim.high)):
        by_unit.setdefault(rows.claim.unit, []).append(rows)
    return [Numbers(unit, rows) for unit, rows in by_unit.items()]


def _others(event: Event, rows: Rows) -> Iterable[Others]:
    """What stands under no claim, and answers nothing that does."""
    for heading, belongs in _HEADINGS:
        found = []
        for is_root in (rows.answers_nothing, lambda statement: True):
            for pk, statement in rows.statements.items():
                about = [p for p in rows.positions_of(pk) if p.event_id == event.pk]
                is_free = not rows.is_placed(pk) and is_root(pk)
                if is_free and belongs(event, statement, about):
                    found.append(rows.row(pk, about))
        if found:
            yield Others(heading, sorted(found, key=in_time))


_Belongs = Callable[[Event, Statement, list[Position]], bool]
_HEADINGS: list[tuple[str | Promise, _Belongs]] = [
    (gettext_lazy("Of the event itself"), lambda event, statement, about: bool(about)),
    (
        gettext_lazy("Said at it"),
        lambda event, statement, about: statement.occasion_id == event.pk,
    ),
    (gettext_lazy("Other statements"), lambda event, statement, about: True),
]
