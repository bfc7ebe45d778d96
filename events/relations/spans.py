"""When the rows between two actors lie, and how many: counted by what summaries tell of profiles.

A tally by span (`events.models.profiles`) knows years, which is enough for the numbers, for a
drawing by whole years, and to know which years the rows of a page lie in. Events are looked at one
by one in a year that `since` or `until` cuts, on the page, and where all that is drawn lies in so
few years that the drawing is finer; by calendar months as far as it tells no days apart.
"""

from config.dates import AFTER_ALL, BEFORE_ALL
from config.periods import MOST, cut_years
from events.known_dates import SORT_DAY, Sql
from events.relations.filters import RelationFilterSet

# Dates that touch so many calendar years are drawn by whole years: those between the first and the
# last have too many quarters.
YEARS = MOST // 4 + 2
# Dates that touch so many are drawn by whole months or more: the year between the first and the
# last of them has too many weeks.
YEARS_BY_MONTHS = 3

_WORDS = {
    "before_all": f"({BEFORE_ALL})::bigint",
    "after_all": str(AFTER_ALL),
    "years": str(YEARS),
    "years_by_months": str(YEARS_BY_MONTHS),
    "sort_day": SORT_DAY,
    # The days that dates are known to touch.
    "first": f"""min(least(
                nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})))""",
    "last": f"""max(greatest(
                nullif(first_day, ({BEFORE_ALL})::bigint), nullif(last_day, {AFTER_ALL})))""",
}

# The parameters: the directions that are drawn, twice.
_SPANS = """
    , tallied AS MATERIALIZED (
        SELECT direction, quad, first_day, last_day, is_date_qualified,
            sum(number)::bigint AS number
        FROM alike JOIN events_spantally AS tally USING (profile_id)
        WHERE {within} AND NOT {cut}
        GROUP BY 1, 2, 3, 4, 5
    ), closely AS MATERIALIZED (
        SELECT CASE WHEN touched < {years} THEN %s::text[] ELSE '{{}}' END AS directions,
            touched >= {years_by_months} AS is_by_months
        FROM (
            SELECT year_of_day(least({last}, {until})) - year_of_day(greatest({first}, {since})) + 1
                AS touched
            FROM (
                SELECT direction, first_day, last_day FROM tallied
                UNION ALL
                SELECT direction, first_day, last_day FROM apart WHERE {within}
            ) AS dated
            WHERE direction = ANY(%s)
        ) AS years
    ), looked_at AS (
        SELECT profile_id, direction = ANY(directions) AS is_whole, is_by_months
        FROM alike, closely
        WHERE event_id IS NULL AND ({is_cut} OR direction = ANY(directions))
    ), one_by_one AS (
        SELECT profile_id,
            CASE WHEN is_by_months THEN coalesce(month, first_day) ELSE first_day END AS first_day,
            CASE WHEN is_by_months THEN coalesce(month, last_day) ELSE last_day END AS last_day,
            is_date_qualified, count(*) AS number
        FROM looked_at JOIN events_eventfacts AS facts USING (profile_id)
        WHERE {within} AND (is_whole OR {cut})
        GROUP BY 1, 2, 3, 4
    ), span AS MATERIALIZED (
        SELECT 'event' AS what, direction, quad, first_day, last_day, is_date_qualified, number
        FROM tallied, closely WHERE direction <> ALL(directions)
        UNION ALL
        SELECT 'event', direction, quad, first_day, last_day, is_date_qualified, number
        FROM alike JOIN one_by_one USING (profile_id)
        UNION ALL
        SELECT what, direction, quad, first_day, last_day, is_date_qualified, 1
        FROM apart WHERE {within}
    )"""

# Counts by direction, kind of record and quad class; one page of rows; the claims on both actors;
# what is drawn, as arrays that are handed on to `tallies` unread. The page is found by the years
# that its rows lie in: all that come before are only counted.
_FETCH = """
    , summed AS MATERIALIZED (
        SELECT what, direction, quad, CASE WHEN sort_day > {before_all}
            THEN year_of_day(sort_day) END AS year,
            sum(number) AS number, {first} AS first_day, {last} AS last_day
        FROM (SELECT span.*, {sort_day} AS sort_day FROM span) AS sorted
        GROUP BY 1, 2, 3, 4
    ), wanted AS (
        SELECT %s::text[] AS directions, %s::text[] AS whats, %s::text[] AS quads,
            %s::bigint AS before, %s::bigint AS size
    ), years AS (
        SELECT year, sum(number) AS number,
            sum(sum(number)) OVER (ORDER BY year NULLS FIRST) AS upto
        FROM summed, wanted
        WHERE direction = ANY(directions) AND what = ANY(whats) AND quad = ANY(quads)
        GROUP BY year
    ), page AS MATERIALIZED (
        SELECT (min(before) - min(upto - number))::bigint AS before, CASE
                WHEN bool_or(year IS NULL) THEN {before_all}
                ELSE first_day_of_year(min(year)) END AS first_day,
            coalesce(first_day_of_year(max(year) + 1) - 1, {before_all}) AS last_day
        FROM years, wanted
        WHERE upto > before AND upto - number < before + size
    ), listed AS (
        SELECT 'event' AS what, facts.event_id AS id, direction, quad, {sort_day} AS sort_day
        FROM alike JOIN events_eventfacts AS facts USING (profile_id)
        WHERE {within}
        UNION ALL
        SELECT what, id, direction, quad, {sort_day} FROM apart WHERE {within}
    )
    SELECT 'count' AS part, direction, what, quad, sum(number)::bigint AS number,
        min(first_day) AS first_day, max(last_day) AS last_day, 0 AS place
    FROM summed GROUP BY direction, what, quad
    UNION ALL
    SELECT 'row', direction, what, quad, id, NULL, NULL, row_number() OVER ()
    FROM (
        SELECT listed.* FROM listed, wanted
        WHERE direction = ANY(directions) AND what = ANY(whats) AND quad = ANY(quads)
            AND sort_day BETWEEN (SELECT first_day FROM page) AND (SELECT last_day FROM page)
        ORDER BY sort_day, what, id LIMIT %s OFFSET (SELECT before FROM page)
    ) AS shown
    UNION ALL
    SELECT 'claim', '', '', '', id, NULL, NULL, 0 FROM shared_claim
    UNION ALL
    SELECT 'drawn', concat_ws(
            ';', array_agg(quad)::text, array_agg(first_day)::text, array_agg(last_day)::text,
            array_agg(is_date_qualified)::text, array_agg(number)::text
        ), '', '', 0, NULL, NULL, 0
    FROM (
        SELECT quad, first_day, last_day, is_date_qualified, sum(number)::bigint AS number
        FROM span WHERE direction = ANY(%s) GROUP BY 1, 2, 3, 4
    ) AS drawn
    ORDER BY place
"""


# What `tallies` takes; the parameters are the arrays that were fetched as drawn.
_DRAWN = """
    SELECT quad, first_day, last_day, is_date_qualified, number
    FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::boolean[], %s::bigint[]) AS drawn (
        quad, first_day, last_day, is_date_qualified, number
    )
"""


def dated_rows(drawn: str) -> Sql:
    """What was fetched as drawn, for `tallies`; empty where there is nothing."""
    return _DRAWN, drawn.split(";") if drawn else ["{}"] * 5


def fetched_between(
    between: Sql, filters: RelationFilterSet, chosen: list[list[str]], first: int, size: int
) -> Sql:
    """Under the filters by date, of what `rows_between` gives: counts, claims, what is drawn, and
    so many rows of the chosen directions, kinds and quad classes."""
    sql, parameters = between
    drawn = filters.drawn_directions
    return (
        sql + _written(_SPANS + _FETCH, filters),
        [*parameters, drawn, drawn, *chosen, first, size, size, drawn],
    )


def _written(sql: str, filters: RelationFilterSet) -> str:
    days = {name: _day(filters.chosen(name)) for name in ("since", "until")}
    cut = _cut(filters)
    return sql.format(**_WORDS, **days, within=_within(filters), cut=cut, is_cut=cut != "FALSE")


def _within(filters: RelationFilterSet) -> str:
    """The condition of `since`, `until` and `certain`, as DatedQuerySet.between."""
    is_certain = bool(filters.chosen("certain"))
    columns = ("first_day", "last_day") if is_certain else ("last_day", "first_day")
    conditions = [
        f"{column} {sign} {_day(day)}"
        for name, column, sign in (("since", columns[0], ">="), ("until", columns[1], "<="))
        if (day := filters.chosen(name)) is not None
    ]
    if is_certain and conditions:
        conditions.append("NOT is_date_qualified")
    return " AND ".join(conditions) or "TRUE"


def _cut(filters: RelationFilterSet) -> str:
    """Whether a date surely lies in a year that the range takes only a part of."""
    years = cut_years(filters.chosen("since"), filters.chosen("until"))
    conditions = [
        f"(first_day >= {_day(first)} AND last_day <= {_day(last)})" for first, last in years
    ]
    return f"({' OR '.join(conditions)})" if conditions else "FALSE"


def _day(day: int | None) -> str:
    return "NULL::bigint" if day is None else f"({day})::bigint"
