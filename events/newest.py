"""The newest events of some profiles, found without gathering or walking all events."""

from typing import Any

from django.db.models.expressions import RawSQL

from config.subqueries import compiled
from events.models.profiles import ProfileQuerySet

# With more events, the newest are found by walking all events of those days from the newest on.
MANY = 20000


def newest_of_hit(number: int) -> str:
    """As SQL, common tables of which `newest (id, sort_day)` is one, after a table `hit (id)`.

    Of many events, the newest lie between two days that their years tell: from the first on there
    are enough, behind the last there are none. "IS TRUE" keeps the planner from gathering all.
    """
    return f"""
span AS MATERIALIZED (
    SELECT first_day, max(last_day) AS last_day,
        sum(sum(number)) OVER (ORDER BY first_day DESC) AS since
    FROM events_spantally WHERE profile_id IN (SELECT id FROM hit)
    GROUP BY first_day
), newest AS MATERIALIZED (
    (SELECT event_id AS id, sort_day FROM events_eventfacts
    WHERE (SELECT max(since) > {MANY} FROM span)
        AND sort_day >= coalesce(
            (SELECT max(first_day) FROM span WHERE since >= {number}),
            (SELECT min(first_day) FROM span))
        AND sort_day <= (SELECT max(last_day) FROM span)
        AND (profile_id IN (SELECT id FROM hit)) IS TRUE
    ORDER BY sort_day DESC, event_id DESC LIMIT {number})
    UNION ALL
    (SELECT event_id, sort_day FROM events_eventfacts
    WHERE profile_id = ANY(ARRAY(
        SELECT id FROM hit WHERE (SELECT max(since) <= {MANY} FROM span)
    ))
    ORDER BY sort_day DESC, event_id DESC LIMIT {number})
)"""  # noqa: S608


def newest_of(profiles: ProfileQuerySet, number: int) -> Any:
    """The keys of the newest events with one of the profiles, to stand behind `pk__in`."""
    sql, values = compiled(profiles.order_by().values("pk"))
    found = f"WITH hit (id) AS MATERIALIZED ({sql}), {newest_of_hit(number)} SELECT id FROM newest"  # noqa: S608
    return RawSQL(found, values)  # noqa: S611
