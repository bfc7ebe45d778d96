"""When the events under some filters were, as parts of the statement that counts them."""

from config.dates import AFTER_ALL, BEFORE_ALL
from config.subqueries import fits_text
from events.known_dates import Sql
from events.summaries import Summaries

# Up to so many spans of time go to the drawing; where there are more, calendar years do.
FEW_SPANS = 2_000


def extent() -> Sql:
    """The first and the last day that a date is known to touch; as the number, whether any has no
    known beginning."""
    return (
        "SELECT 'days', first_day::text, last_day::text, is_open::int, NULL::bigint[] FROM extent",
        [],
    )


def years() -> Sql:
    """In which calendar years dates lie."""
    return _few("years", "yearly")


def months() -> Sql:
    """In which calendar months dates lie, where a summary by months is read."""
    return _few("months", "span")


def spans() -> Sql:
    """All that is known of each date, or that its drawing tells apart."""
    return _few("spans", "span")


def year_facet(summaries: Summaries, text: str, limit: int) -> Sql:
    """Years in which a date may lie, among those in which any begins or ends."""
    sql, values = summaries.years(but="year")
    lies = (
        "span.last_day >= first_day_of_year(year) AND span.first_day < first_day_of_year(year + 1)"
    )
    if summaries.filters.chosen("certain"):
        lies = (
            "span.first_day >= first_day_of_year(year) AND NOT is_date_qualified"
            " AND span.last_day < first_day_of_year(year + 1)"
        )
    chosen = summaries.filters.data.getlist("year")
    fits, patterns = fits_text("value", text)
    return (
        f"(WITH span AS MATERIALIZED ({sql}), edge AS MATERIALIZED ("
        " SELECT year_of_day(first_day) AS year"
        f" FROM span WHERE first_day > ({BEFORE_ALL})::bigint"
        f" UNION SELECT year_of_day(last_day) FROM span WHERE last_day < {AFTER_ALL})"
        " SELECT 'year', value, value, number, NULL::bigint[] FROM ("
        " SELECT CASE WHEN year < 0 THEN '-' ELSE '' END || lpad(abs(year)::text, 4, '0')"
        f" AS value, sum(span.events) AS number, year FROM edge JOIN span ON {lies}"
        " WHERE year BETWEEN -9999 AND 9999 GROUP BY year) AS years"
        f" WHERE {fits} ORDER BY value = ANY(%s) DESC, number DESC, year DESC LIMIT %s)",
        [*values, *patterns, chosen, limit],
    )


def _few(part: str, table: str) -> Sql:
    return (
        f"SELECT '{part}', NULL, NULL, events, ARRAY[first_day, last_day, is_date_qualified::int]"
        f" FROM {table} WHERE (SELECT count(*) FROM {table}) <= {FEW_SPANS}",
        [],
    )
