"""What all parts of the statement that counts events read, found once: a summary, or each event."""

from typing import Any

from config.subqueries import compiled
from events import known_dates
from events.found import JUDGED, as_events
from events.known_dates import BY_MONTH_OR_SPAN, SPAN, Sql
from events.models import Profile, SpanTally
from events.summaries import Summaries, with_profiles


def beginning(summaries: Summaries) -> Sql:
    """WITH `hit`, what `Summaries.hits` finds; `span`, what is known of the dates under the
    filters; `extent`, the first and the last day that these are known to touch; `yearly`, the dates
    by calendar years."""
    return _gathered(summaries) if summaries.is_gathered else _tallied(summaries)


def beginning_of_few(summaries: Summaries, days: tuple[int, int], *, are_met: bool) -> Sql:
    """WITH `summary`, `span` and `extent` of each event, though a summary is enough to count them;
    `days` are the first and the last that any is sorted by. `are_met`: among all of that time,
    rather than gathered by their profiles."""
    tables, of_tables = summaries.found.tables
    rows = summaries.filters.facts("order" if are_met else "profiles", told=JUDGED)
    sql, values = as_events(rows.filter(sort_day__range=days))
    each = "SELECT * FROM summary"
    dates, of_dates = _dates(summaries, known_dates.by_months(each, "TRUE"), (each, []))
    return (
        f"WITH {tables}summary AS MATERIALIZED ({sql}), {dates} ",
        [*of_tables, *values, *of_dates],
    )


def _dates(summaries: Summaries, months: str, each: Sql) -> Sql:
    filters = summaries.filters
    return known_dates.dates(months, each, filters.chosen("since"), filters.chosen("until"))


def _tallied(summaries: Summaries) -> Sql:
    """`summary` has the rows that a summary tells, whatever is asked of profiles."""
    rows, of_rows = summaries.told(summaries.model())
    condition, of_condition = summaries.condition("profile_id")
    counted = "SELECT profile_id, events FROM summary"
    dated = f"SELECT {', '.join(SPAN)}, events FROM summary WHERE {condition}"
    tables, values = summaries.found.tables
    # What is read as it is need not be written down first.
    written = "" if summaries.cut_months or tables else "NOT "
    tables += f"summary AS {written}MATERIALIZED ({rows}), "
    values = [*values, *of_rows]
    if summaries.found.are_beside():
        single, of_single = _single(summaries)
        tables += f"single AS MATERIALIZED ({single}), "
        values += of_single
        counted += " UNION ALL SELECT profile_id, events FROM single WHERE is_profile"
        dates = f"SELECT {BY_MONTH_OR_SPAN}, within AS events FROM single WHERE NOT is_profile"
        by_years = summaries.model() is SpanTally
        dated += f" UNION ALL {known_dates.in_periods(dates, by_years=by_years)}"
    return (
        f"WITH {tables}hit AS MATERIALIZED ({with_profiles(counted)}),"
        f" span AS MATERIALIZED ({known_dates.by_spans(dated, 'TRUE')}),"
        f" extent AS MATERIALIZED ({known_dates.extent('span')}),"
        f" yearly AS MATERIALIZED ({known_dates.by_years('TABLE span')}) ",
        [*values, *of_condition],
    )


def _single(summaries: Summaries) -> Sql:
    """Of what `summary` does not tell: `events` by profile, and by what is known of dates; `within`
    are those under the filters."""
    each, of_each = summaries.beside()
    condition, of_condition = summaries.condition("profile_id")
    return (
        f"SELECT GROUPING(profile_id) = 0 AS is_profile, profile_id, {BY_MONTH_OR_SPAN},"
        " sum(events)::bigint AS events,"
        f" coalesce(sum(events) FILTER (WHERE {condition}), 0)::bigint AS within"
        f" FROM ({each}) AS each GROUP BY GROUPING SETS ((profile_id), ({BY_MONTH_OR_SPAN}))",
        [*of_condition, *of_each],
    )


def _gathered(summaries: Summaries) -> Sql:
    """`gathered` counts each event three times at once: by its profile, by what is known of its
    date, and by its place where chosen places are open."""
    tables, of_tables = summaries.found.tables
    each, of_each = summaries.found.each()
    known, dates, of_dates = _gathered_dates(summaries)
    grouped, of_grouped = _grouped(summaries, known)
    hits = with_profiles("SELECT profile_id, events FROM gathered WHERE is_profile")
    return (
        f"WITH {tables}each AS NOT MATERIALIZED ({each}),"
        f" gathered AS MATERIALIZED ({grouped}), hit AS MATERIALIZED ({hits}), {dates},"
        f" yearly AS MATERIALIZED ({known_dates.by_years('TABLE monthly')}) ",
        [*of_tables, *of_each, *of_grouped, *of_dates],
    )


def _gathered_dates(summaries: Summaries) -> tuple[str, str, list[Any]]:
    """As what the date of each event is gathered, and the tables of `known_dates` from that."""
    counted = f"SELECT {BY_MONTH_OR_SPAN}, within AS events FROM gathered WHERE is_month"
    counted += " AND within > 0"
    filters = summaries.filters
    if known_dates.are_days_told_apart(filters.chosen("since"), filters.chosen("until")):
        return known_dates.AS_IT_IS, known_dates.exact_dates(counted), []
    each = summaries.dated("SELECT * FROM ({}) AS one WHERE {}".format, "TABLE each", [])
    return known_dates.MONTH_OR_SPAN, *_dates(summaries, known_dates.monthly(counted), each)


def _grouped(summaries: Summaries, known: str) -> Sql:
    """`events` whatever is asked of profiles, and `within`, those under all filters."""
    condition, of_condition = summaries.condition("profile_id")
    within = "" if condition == "TRUE" else f" FILTER (WHERE {condition})"
    location, of_location = "NULL::bigint", list[Any]()
    place, is_place, by_place = "", "FALSE", ""
    if summaries.counts_places:
        is_place, by_place = "GROUPING(location_id) = 0", ", (profile_id, location_id)"
        place = f", {is_place} AS is_place, location_id"
        # No more is told of other places than the outermost, which profiles know.
        rooted, of_location = compiled(summaries.rooted(Profile.objects.all()))
        location = f"CASE WHEN profile_id IN ({rooted}) THEN location_id END"
    return (
        f"SELECT GROUPING(profile_id) = 0 AND NOT {is_place} AS is_profile,"
        f" GROUPING(month) = 0 AS is_month, profile_id, {BY_MONTH_OR_SPAN}{place},"
        f" count(*) AS events, count(*){within} AS within"
        f" FROM (SELECT profile_id, {location} AS location_id, {known} FROM each) AS one"
        f" GROUP BY GROUPING SETS ((profile_id), ({BY_MONTH_OR_SPAN}){by_place})",
        [*of_condition, *of_location],
    )
