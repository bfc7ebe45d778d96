"""How many dated rows lie in each period, surely and perhaps: the numbers behind a histogram."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from config.edtf.units import Period

Numbers = NDArray[np.int64]


class Spans(NamedTuple):
    """Dates as parallel arrays: first day, last day, whether the date is qualified, and how many
    rows have it. Open ends are BEFORE_ALL and AFTER_ALL."""

    first: Numbers
    last: Numbers
    is_qualified: NDArray[np.bool_]
    number: Numbers

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, bool, int]]) -> "Spans":
        table = np.array([tuple(map(int, row)) for row in rows], dtype=np.int64).reshape(-1, 4)
        return cls(table[:, 0], table[:, 1], table[:, 2] > 0, table[:, 3])

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day that any of these dates is known to touch."""
        ends = np.concatenate([self.first, self.last])
        known = ends[(ends != BEFORE_ALL) & (ends != AFTER_ALL)]
        return (int(known.min()), int(known.max())) if len(known) else None


@dataclass(frozen=True, slots=True)
class Tally:
    """One series in one period: rows that surely lie in it, and rows that may lie in it and may as
    well lie elsewhere. What may lie in several periods is counted in each."""

    surely: int = 0
    possibly: int = 0

    @property
    def number(self) -> int:
        """All that may lie in the period: what a list with `since` and `until` shows, but for
        rows without any date."""
        return self.surely + self.possibly

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.surely + other.surely, self.possibly + other.possibly)


@dataclass(slots=True)
class Tallies:
    """Counts of several series over the same periods."""

    periods: list[Period]
    _by_series: dict[str, list[Tally]] = field(default_factory=dict)
    _undated: dict[str, int] = field(default_factory=dict)

    def of(self, *series: str) -> list[Tally]:
        """One for each period: the named series together."""
        nothing = [Tally()] * len(self.periods)
        columns = [self._by_series.get(name, nothing) for name in series]
        return [sum(column, Tally()) for column in zip(*columns, strict=True)]

    def undated(self, *series: str) -> int:
        """How many have no date at all."""
        return sum(self._undated.get(name, 0) for name in series)

    def put(self, series: str, spans: Spans) -> None:
        """Count one series."""
        is_undated = (spans.first == BEFORE_ALL) & (spans.last == AFTER_ALL)
        self._undated[series] = int(spans.number[is_undated].sum())
        self._by_series[series] = [_tally(spans, ~is_undated, period) for period in self.periods]


def tally(series: Mapping[str, Spans], periods: list[Period]) -> Tallies:
    tallies = Tallies(periods)
    for name, spans in series.items():
        tallies.put(name, spans)
    return tallies


def _tally(spans: Spans, is_dated: NDArray[np.bool_], period: Period) -> Tally:
    first, last, is_qualified, number = spans
    may_lie = is_dated & (first <= period.last_day) & (last >= period.first_day)
    lies = may_lie & (first >= period.first_day) & (last <= period.last_day) & ~is_qualified
    surely = int(number[lies].sum())
    return Tally(surely, int(number[may_lie].sum()) - surely)
