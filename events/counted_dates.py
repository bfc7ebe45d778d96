"""When the events under some filters were, as parts of the statement that counts them."""

from config.dates import AFTER_ALL, BEFORE_ALL
from events.summaries import Sql

# Up to so many spans of time go to the drawing; where there are more, calendar years do.
FEW_SPANS = 2_000


def extent() -> Sql:
    """The first and the last day that a date is known to touch."""
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})"
    return (
        f"SELECT 'days', min(least({edges}))::text, max(greatest({edges}))::text, 0,"
        " NULL::bigint[] FROM span",
        [],
    )


def years() -> Sql:
    """In which calendar years dates lie."""
    return _few("years", "yearly")


def spans() -> Sql:
    """All that is known of each date."""
    return _few("spans", "span")


def _few(part: str, table: str) -> Sql:
    return (
        f"SELECT '{part}', NULL, NULL, events, ARRAY[first_day, last_day, is_date_qualified::int]"
        f" FROM {table} WHERE (SELECT count(*) FROM {table}) <= {FEW_SPANS}",
        [],
    )
