"""What is known of the dates of many events, as parts of the statement that counts them.

Most drawings tell no days of one month apart, so dates are summed up by the month that they surely
lie in, and only others by all that is known of each.
"""

from typing import Any

from config.dates import AFTER_ALL, BEFORE_ALL
from config.periods import MOST_BY_WEEKS

Sql = tuple[str, list[Any]]

SPAN = ("first_day", "last_day", "is_date_qualified")
# The month of an event, or all that is known of its date where that may lie in several.
MONTH_OR_SPAN = (
    "month, is_date_qualified, CASE WHEN month IS NULL THEN first_day END AS first_day,"
    " CASE WHEN month IS NULL THEN last_day END AS last_day"
)
BY_MONTH_OR_SPAN = "month, is_date_qualified, first_day, last_day"
# The same for a range of which days are told apart: all that is known of each.
AS_IT_IS = f"NULL::bigint AS month, is_date_qualified, {', '.join(SPAN[:2])}"
# Where the date of a span stands in the order of time, as edtf_sort_day: by its last day, or by
# its first where no last is known.
SORT_DAY = (
    f"CASE WHEN first_day = ({BEFORE_ALL})::bigint OR last_day = {AFTER_ALL}"
    " THEN first_day ELSE last_day END"
)
# Of events that are counted singly, some may be taken from those that a summary has.
ANY_LEFT = "HAVING sum(events) <> 0"
# The ends of months reach so many days, at most, beyond the first and the last date in them.
_BEYOND = 60


def by_spans(each: str, condition: str) -> str:
    """Dates, and of how many events each is known."""
    columns = ", ".join(SPAN)
    return (
        f"SELECT {columns}, sum(events)::bigint AS events FROM ({each}) AS dated"
        f" WHERE {condition} GROUP BY {columns} {ANY_LEFT}"
    )


def by_months(each: str, condition: str) -> str:
    """The same of single events, but what surely lies in one calendar month as `monthly` has it."""
    counted = (
        f"SELECT {BY_MONTH_OR_SPAN}, count(*) AS events FROM ("
        f"SELECT {MONTH_OR_SPAN} FROM ({each}) AS dated WHERE {condition}"
        f") AS dated GROUP BY {BY_MONTH_OR_SPAN}"
    )
    return monthly(counted)


def monthly(counted: str) -> str:
    """Dates that are counted by month or span: those of a month lie on its first day, and may be
    known to touch its last."""
    return (
        "SELECT coalesce(month, first_day) AS first_day, coalesce(month, last_day) AS last_day,"
        " is_date_qualified, events, CASE WHEN month IS NULL THEN last_day"
        f" ELSE first_day_of_month(month + 31) - 1 END AS last_known FROM ({counted}) AS counted"
    )


def cut(each: str) -> str:
    """Single events with their month, or all that is known of dates that may lie in several, or
    that lie in one of those months whose first days are given first."""
    return (
        f"SELECT profile_id, events, {MONTH_OR_SPAN} FROM (SELECT profile_id, first_day, last_day,"
        " is_date_qualified, events, CASE WHEN month <> ALL(%s) THEN month END AS month"
        f" FROM ({each}) AS each) AS each"
    )


def in_periods(counted: str, *, by_years: bool) -> str:
    """Dates that are counted by month or span, as a summary has them by years or months."""
    if not by_years:
        return (
            "SELECT coalesce(month, first_day) AS first_day,"
            " coalesce(first_day_of_month(month + 31) - 1, last_day) AS last_day,"
            f" is_date_qualified, events FROM ({counted}) AS counted"
        )
    year = "sure_year(coalesce(month, first_day), coalesce(month, last_day))"
    return (
        "SELECT coalesce(first_day_of_year(year), first_day) AS first_day,"
        " coalesce(first_day_of_year(year + 1) - 1, last_day) AS last_day, is_date_qualified,"
        f" events FROM (SELECT *, {year} AS year FROM ({counted}) AS counted OFFSET 0) AS dated"
    )


def exact_dates(counted: str) -> str:
    """The tables of `dates`, of dates that are counted as they are."""
    return (
        f"monthly AS MATERIALIZED ({monthly(counted)}), span AS MATERIALIZED ("
        f"SELECT {', '.join(SPAN)}, events FROM monthly), extent AS MATERIALIZED ({extent('span')})"
    )


def by_years(spans: str) -> str:
    """Spans of what surely lies in one calendar year as those of the year."""
    # The offset keeps the year from being worked out once for each place that it stands in.
    return (
        "SELECT coalesce(first_day_of_year(year), first_day) AS first_day,"
        " coalesce(first_day_of_year(year + 1) - 1, last_day) AS last_day,"
        " is_date_qualified, events FROM ("
        " SELECT year, CASE WHEN year IS NULL THEN first_day END AS first_day,"
        " CASE WHEN year IS NULL THEN last_day END AS last_day, is_date_qualified,"
        " sum(events)::bigint AS events"
        " FROM (SELECT *, sure_year(first_day, last_day) AS year"
        f" FROM ({spans}) AS span OFFSET 0) AS dated GROUP BY 1, 2, 3, 4) AS yearly"
    )


def extent(table: str, last_day: str = "last_day") -> str:
    """The first and the last day that dates are known to touch, NULL where no end is known; and
    whether any date has no known beginning."""
    edges = f"nullif(first_day, ({BEFORE_ALL})::bigint), nullif({last_day}, {AFTER_ALL})"
    return (
        f"SELECT min(least({edges})) AS first_day, max(greatest({edges})) AS last_day,"
        f" coalesce(bool_or(first_day = ({BEFORE_ALL})::bigint), FALSE) AS is_open FROM {table}"
    )


def are_days_told_apart(since: int | None, until: int | None) -> bool:
    """Whether a range is so short that whatever lies in it is drawn finer than by months."""
    return since is not None and until is not None and until - since < MOST_BY_WEEKS


def dates(months: str, each: Sql, since: int | None, until: int | None) -> Sql:
    """Tables: `months` as `monthly`; `span` and `extent`, exact where what is drawn of the range
    may be finer than months, and else to the month. `each` are the same dates, one by one."""
    sql, values = each
    by_months = "(SELECT is_by_months FROM roughly)"
    singly = by_spans(f"SELECT * FROM ({sql}) AS each WHERE NOT {by_months}", "TRUE")
    return (
        f"monthly AS MATERIALIZED ({months}), roughly AS MATERIALIZED ("
        " SELECT *, coalesce(least(last_day, %s::bigint) - greatest(first_day, %s::bigint)"
        f" >= {MOST_BY_WEEKS + _BEYOND}, NOT EXISTS (SELECT FROM monthly)) AS is_by_months"
        f" FROM ({extent('monthly', 'last_known')}) AS edges),"
        f" span AS MATERIALIZED (SELECT {', '.join(SPAN)}, events FROM monthly WHERE {by_months}"
        f" UNION ALL {singly}), extent AS MATERIALIZED ("
        f" SELECT first_day, last_day, is_open FROM roughly WHERE is_by_months"
        f" UNION ALL SELECT * FROM ({extent('span')}) AS exactly WHERE NOT {by_months})",
        [until, since, *values],
    )
