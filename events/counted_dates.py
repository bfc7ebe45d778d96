"""When the events under some filters were, as parts of the statement that counts them."""

from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from events.summaries import Sql, Summaries

# Up to so many events, their own days are looked at rather than the years that they lie in.
FEW = 20_000
# Up to so many spans of time, these go to the drawing rather than calendar years.
FEW_SPANS = 2_000


def days_of(summaries: Summaries) -> list[Sql]:
    """What the dates span: by what is tallied, and where they are few, by each."""
    if summaries.is_gathered:
        return [_extent("exact", summaries.spans())]
    condition, values = summaries.condition("profile_id")
    are_few = f"{condition} AND (SELECT sum(number) FROM hit WHERE {condition}) <= {FEW}"
    return [
        _extent("days", summaries.rows(), condition, values),
        _extent("exact", summaries.each(), are_few, [*values, *values]),
    ]


def _extent(part: str, rows: Sql, wanted: str = "TRUE", wanted_values: Any = ()) -> Sql:
    sql, values = rows
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})"
    return (
        f"SELECT '{part}', min(least({edges}))::text, max(greatest({edges}))::text, 0,"
        f" NULL::bigint[] FROM ({sql}) AS dated WHERE {wanted}",
        [*values, *wanted_values],
    )


def gathered_spans() -> Sql:
    """What is gathered of dates, and whether that is all that is known; where it is too much, by
    calendar years."""
    return (
        "SELECT 'span', NULL, NULL, sum(events),"
        " ARRAY[days[1], days[2], is_date_qualified::int, is_exact::int]"
        " FROM (SELECT CASE WHEN is_exact THEN ARRAY[first_day, last_day]"
        " ELSE tallied_span(first_day, last_day) END AS days, is_date_qualified, events, is_exact"
        f" FROM span, (SELECT count(*) <= {FEW_SPANS} AS is_exact FROM span) AS few) AS spans"
        " GROUP BY days, is_date_qualified, is_exact",
        [],
    )
