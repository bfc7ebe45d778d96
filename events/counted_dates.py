"""When the events under some filters were, as parts of the statement that counts them."""

from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from events.models import SpanTally
from events.summaries import Sql, Summaries

# Up to so many events, their own days are looked at rather than the years that they lie in.
FEW = 20_000
_SPAN = "first_day, last_day, is_date_qualified"


def days_of(summaries: Summaries) -> list[Sql]:
    """What the dates span: by what is tallied, and where they are few, by each."""
    found = [_extent(summaries, "days", summaries.rows())]
    if summaries.model() is SpanTally:
        is_few, values = _are_few(summaries)
        found.append(_extent(summaries, "exact", summaries.each(), is_few, values))
    return found


def _are_few(summaries: Summaries) -> Sql:
    condition, values = summaries.condition("profile_id")
    return f"(SELECT sum(number) FROM hit WHERE {condition}) <= {FEW}", values


def _extent(
    summaries: Summaries, part: str, rows: Sql, wanted: str = "TRUE", wanted_values: Any = ()
) -> Sql:
    sql, values = rows
    condition, of_profiles = summaries.condition("profile_id")
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})"
    return (
        f"SELECT '{part}', min(least({edges}))::text, max(greatest({edges}))::text, 0,"
        f" NULL::bigint[] FROM ({sql}) AS dated WHERE {condition} AND {wanted}",
        [*values, *of_profiles, *wanted_values],
    )


def spans(summaries: Summaries, rows: Sql) -> Sql:
    """What is known of dates, and of how many events each."""
    sql, values = rows
    condition, of_profiles = summaries.condition("profile_id")
    return (
        f"SELECT {_SPAN}, sum(events)::bigint AS events FROM ({sql}) AS dated"
        f" WHERE {condition} GROUP BY {_SPAN}",
        [*values, *of_profiles],
    )


def gathered_spans(summaries: Summaries) -> Sql:
    """The same of what is gathered; of many events by calendar years, to be few rows all the
    same."""
    sql, values = spans(summaries, summaries.rows())
    is_few, of_few = _are_few(summaries)
    return (
        "SELECT 'span', NULL, NULL, sum(events),"
        f" ARRAY[span[1], span[2], is_date_qualified::int] FROM (SELECT CASE WHEN {is_few}"
        " THEN ARRAY[first_day, last_day] ELSE tallied_span(first_day, last_day) END AS span,"
        f" is_date_qualified, events FROM ({sql}) AS summary) AS spans"
        " GROUP BY span, is_date_qualified",
        [*of_few, *values],
    )


def dated_events(summaries: Summaries, *, by_year: bool) -> Sql:
    """The same as a statement of its own, as `tallies` takes it."""
    is_tallied = by_year and summaries.model() is SpanTally
    sql, values = spans(summaries, summaries.rows() if is_tallied else summaries.each())
    return f"SELECT 'event', {_SPAN}, events FROM ({sql}) AS summary", values
