"""When the events under some filters were, as parts of the statement that counts them."""

from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from events.summaries import Sql, Summaries

# Up to so many events, their own days are looked at rather than the years that they lie in.
FEW = 20_000
# Up to so many spans of time go to the drawing; where there are more, calendar years do.
FEW_SPANS = 2_000


def days_of(summaries: Summaries) -> list[Sql]:
    """What the dates span: by what is summed up, and where that are years of few, by each."""
    found = [_extent("days", ("SELECT * FROM span", []))]
    if not summaries.is_gathered:
        condition, values = summaries.condition("profile_id")
        are_few = f"{condition} AND (SELECT sum(number) FROM hit WHERE {condition}) <= {FEW}"
        found.append(_extent("exact", summaries.each(), are_few, [*values, *values]))
    return found


def _extent(part: str, rows: Sql, wanted: str = "TRUE", wanted_values: Any = ()) -> Sql:
    sql, values = rows
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})"
    return (
        f"SELECT '{part}', min(least({edges}))::text, max(greatest({edges}))::text, 0,"
        f" NULL::bigint[] FROM ({sql}) AS dated WHERE {wanted}",
        [*values, *wanted_values],
    )


def spans_of(summaries: Summaries) -> list[Sql]:
    """What is known of dates: each span, unless they are many, and by calendar years."""
    found = [_few("years", "yearly")]
    return [*found, _few("spans", "span")] if summaries.is_gathered else found


def _few(part: str, table: str) -> Sql:
    return (
        f"SELECT '{part}', NULL, NULL, events, ARRAY[first_day, last_day, is_date_qualified::int]"
        f" FROM {table} WHERE (SELECT count(*) FROM {table}) <= {FEW_SPANS}",
        [],
    )
