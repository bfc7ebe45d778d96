"""How many dated rows lie in each period, surely and perhaps: the numbers behind a histogram."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from config.periods import Period
from config.rows import fetch

# `{rows}` selects series, first day, last day, whether the date is qualified, and a number of rows.
# Those of one date are counted together before they are laid over the periods: most dates lie
# within one. Brackets, because a cast binds faster than a minus.
_COUNT = """
    WITH dated (series, first_day, last_day, is_qualified, rows) AS ({rows}),
    bound AS (SELECT %s::bigint[] AS starts, %s::int AS number, (%s)::bigint AS before_all,
                     (%s)::bigint AS after_all),
    counted AS (
        SELECT series, first_day, last_day, is_qualified, sum(rows) AS number
        FROM dated GROUP BY 1, 2, 3, 4
    ), placed AS (
        SELECT counted.*, bound.starts,
            first_day > before_all AS has_start, last_day < after_all AS has_end,
            width_bucket(first_day, starts) >= 1
                AND width_bucket(last_day, starts) <= bound.number AS is_inside,
            greatest(width_bucket(first_day, starts), 1) AS first_period,
            least(width_bucket(last_day, starts), bound.number) AS last_period
        FROM counted CROSS JOIN bound
    )
    SELECT series, 'closed', period,
        sum(number) FILTER (WHERE is_inside AND first_period = last_period AND NOT is_qualified),
        sum(number),
        sum(number * (least(last_day, starts[period + 1] - 1)
            - greatest(first_day, starts[period]) + 1)::float8 / (last_day - first_day + 1))
    FROM placed CROSS JOIN generate_series(first_period, last_period) AS period
    WHERE has_start AND has_end
    GROUP BY series, period
    UNION ALL
    SELECT series, 'until', last_period, 0, sum(number), 0
    FROM placed WHERE NOT has_start AND has_end AND last_period > 0 GROUP BY series, last_period
    UNION ALL
    SELECT series, 'since', first_period, 0, sum(number), 0
    FROM placed WHERE has_start AND NOT has_end AND first_period <= cardinality(starts) - 1
    GROUP BY series, first_period
    UNION ALL
    SELECT series, 'undated', 0, 0, sum(number), 0
    FROM placed WHERE NOT has_start AND NOT has_end GROUP BY series
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
