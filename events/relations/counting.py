"""What stands between two actors under the filters of their page: numbers, one page, and dates."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from config.edtf.dates import BEFORE_ALL
from events.charts.tallies import Spans
from events.index.columns import Dates, Ints, Mask
from events.models import EventType
from events.relations.filters import RelationFilterSet
from events.relations.rows import WAYS, Between, quads_of

# What stands in the place of a quad class for statements, which have none.
STATEMENT = "statement"
WHATS = ["event", "statement"]
QUADS = [*(str(quad) for quad in EventType.Quad.values), STATEMENT]
EVERY: dict[str, list[str]] = {"direction": WAYS, "what": WHATS, "quad": QUADS}


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of one direction, kind of record and quad class, and the first and the last day
    that they are known to touch."""

    direction: str
    what: str
    quad: str
    number: int
    first_day: int | None
    last_day: int | None


@dataclass(frozen=True, eq=False)
class Table:
    """Rows as parallel arrays: primary keys, places in `WHATS`, `WAYS` and `QUADS`, and dates."""

    keys: Ints
    whats: Ints
    ways: Ints
    quads: Ints
    sort_days: Ints
    spans: Ints

    @classmethod
    def of(cls, between: Between) -> "Table":
        """Events first, then statements."""
        state, events, said = between.state, between.events, between.statements
        codes = state.dates.codes[events.positions]
        number = len(said)
        return cls(
            keys=_joined(state.keys[events.positions], [row.pk for row in said]),
            whats=_joined(np.zeros(len(codes)), [1] * number),
            ways=_joined(events.ways, [WAYS.index(row.direction) for row in said]),
            quads=_joined(
                quads_of(state, events.positions, QUADS), [QUADS.index(STATEMENT)] * number
            ),
            sort_days=_joined(state.dates.sort_day[codes], [row.sort_day for row in said]),
            spans=np.concatenate(
                [
                    state.dates.spans[codes],
                    _joined(
                        np.empty(0),
                        [n for r in said for n in (r.first_day, r.last_day, int(r.is_qualified))],
                    ).reshape(-1, 3),
                ]
            ),
        )

    def under(self, mask: Mask) -> "Table":
        columns = (self.keys, self.whats, self.ways, self.quads, self.sort_days, self.spans)
        return Table(*(column[mask] for column in columns))

    def having(self, **values: list[str]) -> Mask:
        """Which rows have any of the values of each of `direction`, `what` and `quad`."""
        mask = np.ones(len(self.keys), dtype=np.bool_)
        for name, wanted in values.items():
            mask &= np.isin(self._column(name), [EVERY[name].index(value) for value in wanted])
        return mask

    def _column(self, name: str) -> Ints:
        return {"direction": self.ways, "what": self.whats, "quad": self.quads}[name]

    @cached_property
    def as_spans(self) -> Spans:
        first, last, is_qualified = self.spans.T
        return Spans(first, last, is_qualified > 0, np.ones(len(first), dtype=np.int64))


def _joined(one: "NDArray[np.generic]", other: list[int]) -> Ints:
    return np.concatenate([one.astype(np.int64), np.array(other, dtype=np.int64)])


class Counted:
    """The rows under `since`, `until` and `certain`, counted by all else."""

    def __init__(self, between: Between, filters: RelationFilterSet) -> None:
        self._filters = filters
        table = Table.of(between)
        dates = Dates(table.spans, np.arange(len(table.keys), dtype=np.int32))
        self._table = table.under(
            dates.lying_between(
                filters.chosen("since"),
                filters.chosen("until"),
                certainly=bool(filters.chosen("certain")),
            )
        )

    @cached_property
    def counts(self) -> list[Count]:
        table = self._table
        groups = np.unique(np.stack([table.ways, table.whats, table.quads], axis=1), axis=0)
        return [self._count(*group) for group in groups.tolist()]

    def _count(self, way: int, what: int, quad: int) -> Count:
        names = (WAYS[way], WHATS[what], QUADS[quad])
        group = self._table.having(direction=[names[0]], what=[names[1]], quad=[names[2]])
        first, last = self._table.under(group).as_spans.days or (None, None)
        return Count(*names, int(group.sum()), first, last)

    def page(
        self, chosen: dict[str, list[str]], start: int, stop: int
    ) -> list[tuple[str, int, str]]:
        """Kind of record, primary key and direction of some rows, in the order of time."""
        table = self._table.under(self._table.having(**chosen))
        is_undated = table.sort_days == BEFORE_ALL
        order = np.lexsort([table.keys, table.whats, table.sort_days, is_undated])[start:stop]
        return [
            (WHATS[table.whats[i]], int(table.keys[i]), WAYS[table.ways[i]]) for i in order.tolist()
        ]

    def spans_by_quad(self) -> dict[str, Spans]:
        """The dates of what is drawn."""
        directions = self._filters.drawn_directions
        return {
            quad: self._table.under(self._table.having(direction=directions, quad=[quad])).as_spans
            for quad in QUADS
        }
