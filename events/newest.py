"""The newest events of some profiles, found without gathering or walking all events."""

from typing import Any

from django.db.models.expressions import RawSQL

from config.subqueries import compiled
from events.models.profiles import ProfileQuerySet

# With more events, the newest are found by walking all events of those days from the newest on.
MANY = 20000


def newest_of_hit(number: int) -> str:
    """As SQL, common tables of which `newest (id, sort_day)` is one, after a table `hit (id)`.

    The newest lie between two days that their years tell: from the first on there are enough,
    behind the last there are none. Of few events, those of each profile are looked up. "IS TRUE"
    keeps the planner from gathering many.
    """
    within = "sort_day BETWEEN (SELECT first_day FROM bounds) AND (SELECT last_day FROM bounds)"
    newest = f"ORDER BY sort_day DESC, event_id DESC LIMIT {number}"
    return f"""
span AS (
    SELECT first_day, max(last_day) AS last_day,
        sum(sum(number)) OVER (ORDER BY first_day DESC) AS since
    FROM events_spantally WHERE profile_id IN (SELECT id FROM hit)
    GROUP BY first_day
), bounds AS MATERIALIZED (
    SELECT coalesce(max(first_day) FILTER (WHERE since >= {number}), min(first_day)) AS first_day,
        max(last_day) AS last_day, max(since) > {MANY} AS are_many
    FROM span
), newest AS MATERIALIZED (
    (SELECT event_id AS id, sort_day FROM events_eventfacts
    WHERE (SELECT are_many FROM bounds) AND {within}
        AND (profile_id IN (SELECT id FROM hit)) IS TRUE
    {newest})
    UNION ALL
    (SELECT event_id, sort_day FROM hit CROSS JOIN LATERAL (
        SELECT event_id, sort_day FROM events_eventfacts
        WHERE profile_id = hit.id AND {within} {newest}
    ) AS of_profile
    WHERE (SELECT NOT are_many FROM bounds) {newest})
)"""  # noqa: S608


def newest_of(profiles: ProfileQuerySet, number: int) -> Any:
    """The keys of the newest events with one of the profiles, to stand behind `pk__in`."""
    sql, values = compiled(profiles.order_by().values("pk"))
    found = f"WITH hit (id) AS MATERIALIZED ({sql}), {newest_of_hit(number)} SELECT id FROM newest"  # noqa: S608
    return RawSQL(found, values)  # noqa: S611
