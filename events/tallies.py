"""How many dated rows lie in each period, surely and perhaps: the numbers behind a histogram."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from config.periods import Period
from config.rows import fetch

# `{rows}` selects series, first day, last day, whether the date is qualified, and a number of rows.
# Most dates lie within one period and are summed up by it; the few others are laid over all that
# they touch. Days outside all periods have the number 0, or the one after the last. Brackets,
# because a cast binds faster than a minus.
_COUNT = """
    WITH dated (series, first_day, last_day, is_qualified, rows) AS ({rows}),
    bound AS (SELECT %s::bigint[] AS starts, %s::int AS last_number),
    placed AS MATERIALIZED (
        SELECT series, first_day, last_day, is_qualified, rows::bigint AS number,
            width_bucket(first_day, (SELECT starts FROM bound)) AS first_period,
            width_bucket(last_day, (SELECT starts FROM bound)) AS last_period
        FROM dated
    ), wide AS (
        SELECT series, first_day, last_day, number, starts,
            greatest(first_period, 1) AS first_period,
            least(last_period, last_number) AS last_period,
            first_day > (%s)::bigint AS has_start, last_day < (%s)::bigint AS has_end
        FROM placed CROSS JOIN bound
        WHERE first_period <> last_period
    )
    SELECT series, 'closed', first_period, sum(number) FILTER (WHERE NOT is_qualified),
        sum(number), sum(number)::float8
    FROM placed CROSS JOIN bound
    WHERE first_period = last_period AND first_period BETWEEN 1 AND last_number
    GROUP BY series, first_period
    UNION ALL
    SELECT series, 'closed', period, 0, sum(number),
        sum(number * (least(last_day, starts[period + 1] - 1)
            - greatest(first_day, starts[period]) + 1)::float8 / (last_day - first_day + 1))
    FROM wide CROSS JOIN generate_series(first_period, last_period) AS period
    WHERE has_start AND has_end
    GROUP BY series, period
    UNION ALL
    SELECT series, 'until', last_period, 0, sum(number), 0
    FROM wide WHERE NOT has_start AND has_end AND last_period > 0 GROUP BY series, last_period
    UNION ALL
    SELECT series, 'since', first_period, 0, sum(number), 0
    FROM wide WHERE has_start AND NOT has_end AND first_period < cardinality(starts)
    GROUP BY series, first_period
    UNION ALL
    SELECT series, 'undated', 0, 0, sum(number), 0
    FROM wide WHERE NOT has_start AND NOT has_end GROUP BY series
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """One series in one period.

    `surely` and `perhaps` count rows whose date has both ends; `share` is the part of them that
    falls to the period when each is spread evenly over the days it can mean. `until` and `since`
    count rows with one open end, whose other end lies in the period; `around` those whose open end
    reaches over it from elsewhere.
    """

    surely: int = 0
    perhaps: int = 0
    share: float = 0.0
    until: int = 0
    since: int = 0
    around: int = 0

    @property
    def number(self) -> int:
        """All that may lie in the period: what a list with `since` and `until` shows, but for
        rows without any date."""
        return self.surely + self.possibly

    @property
    def possibly(self) -> int:
        """All that may lie in the period, and may as well lie elsewhere."""
        return self.perhaps + self.until + self.since + self.around

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.surely + other.surely,
            self.perhaps + other.perhaps,
            self.share + other.share,
            self.until + other.until,
            self.since + other.since,
            self.around + other.around,
        )


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

    def put(self, series: str, place: str, period: int, tally: Tally) -> None:
        tallies = self._by_series.setdefault(series, [Tally()] * len(self.periods))
        if place == "undated":
            self._undated[series] = tally.perhaps
        elif place == "closed":
            tallies[period - 1] += tally
        else:
            # What is open may lie in every period on its open side.
            open_side = range(period - 1) if place == "until" else range(period, len(tallies))
            tallies[period - 1] += replace(Tally(), **{place: tally.perhaps})
            for other in open_side:
                tallies[other] += Tally(around=tally.perhaps)


def tally(rows: str, parameters: Sequence[Any], periods: list[Period]) -> Tallies:
    """Counts by one query; `rows` is SQL: series, first_day, last_day, is_qualified, number."""
    starts = [period.first_day for period in periods] + [periods[-1].last_day + 1]
    tallies = Tallies(periods)
    values = [*parameters, starts, len(periods), BEFORE_ALL, AFTER_ALL]
    for series, place, period, surely, number, share in fetch(_COUNT.format(rows=rows), values):
        surely, number = int(surely or 0), int(number)
        tallies.put(series, place, period, Tally(surely, number - surely, float(share)))
    return tallies
