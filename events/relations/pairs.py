"""Pairs of actors by the number of published events in which both take part.

Only the roots stand in the list, what is part of nothing that is public: bodies count for their
root, and who surely held an office at the time counts for the root of the office's body, not for
themselves. A pair's number is the number of events on its page that have a direction or are shared.

Events with the same participants share a profile (`events.models.profiles`) and are counted
together; those of office holders are counted by date, because the office depends on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from actors.models import Actor
from config.dates import AFTER_ALL, BEFORE_ALL
from config.rows import fetch

_PAIRS = """
    WITH root AS MATERIALIZED (
        SELECT DISTINCT ON (actor.id) actor.id AS actor_id, above.id AS root_id
        FROM actors_actor AS actor
        JOIN actors_actor AS above ON above.id = ANY(actor.lineage) AND above.state = 'published'
        WHERE actor.state = 'published'
        ORDER BY actor.id, cardinality(above.lineage)
    ), held AS MATERIALIZED (
        SELECT tenure.person_id, tenure.held, root.root_id
        FROM actors_tenure AS tenure
        JOIN root ON root.actor_id = tenure.body_id
        JOIN actors_actor AS person ON person.id = tenure.person_id
        WHERE person.state = 'published'
    ), alike AS MATERIALIZED (
        SELECT row_number() OVER () AS id, actors, first_day, last_day, number
        FROM (
            SELECT profile.members AS actors, NULL::bigint AS first_day, NULL::bigint AS last_day,
                sum(tally.number) AS number
            FROM events_profile AS profile
            JOIN events_spantally AS tally ON tally.profile_id = profile.id
            WHERE cardinality(profile.members) > 1
                AND NOT profile.members && ARRAY(SELECT person_id FROM held)
            GROUP BY profile.id
            UNION ALL
            SELECT profile.members, facts.first_day, facts.last_day, count(*)
            FROM events_profile AS profile
            JOIN events_eventfacts AS facts ON facts.profile_id = profile.id
            WHERE cardinality(profile.members) > 1
                AND profile.members && ARRAY(SELECT person_id FROM held)
            GROUP BY profile.id, facts.first_day, facts.last_day
        ) AS grouped
    ), in_office AS MATERIALIZED (
        SELECT alike.id, held.person_id, held.root_id
        FROM alike
        JOIN held ON held.person_id = ANY(alike.actors)
            AND alike.first_day > (%s)::bigint AND alike.last_day < %s
            AND held.held @> alike.first_day AND held.held @> alike.last_day
    ), side AS MATERIALIZED (
        SELECT id, root_id, min(actor_id) AS least, max(actor_id) AS greatest
        FROM (
            SELECT id, person_id AS actor_id, root_id FROM in_office
            UNION ALL
            SELECT alike.id, root.actor_id, root.root_id
            FROM alike
            CROSS JOIN LATERAL unnest(alike.actors) AS taking (actor_id)
            JOIN root ON root.actor_id = taking.actor_id
            -- Who holds an office stands for it, and for what they are part of.
            WHERE root.actor_id <> root.root_id OR NOT EXISTS (
                SELECT FROM in_office
                WHERE in_office.id = alike.id AND in_office.person_id = root.actor_id
            )
        ) AS standing
        GROUP BY id, root_id
    ), pair AS (
        SELECT low.root_id AS low, high.root_id AS high, sum(alike.number) AS number
        FROM side AS low
        JOIN side AS high ON high.id = low.id AND high.root_id > low.root_id
            -- Not one person on both sides alone.
            AND least(low.least, high.least) < greatest(low.greatest, high.greatest)
        JOIN alike ON alike.id = low.id
        GROUP BY low.root_id, high.root_id
    )
    SELECT low, high, number, count(*) OVER ()
    FROM pair
    {where}
    ORDER BY number DESC, low, high
    LIMIT %s OFFSET %s
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors in the order of the alphabet, and how many events they share."""

    first: Actor
    second: Actor
    number: int

    def get_absolute_url(self) -> str:
        return reverse("relations:relation_detail", args=[self.first.slug, self.second.slug])


def count_pairs(actors: QuerySet[Actor] | None, first: int, last: int) -> tuple[int, list[Pair]]:
    """How many pairs there are, and those from `first` to `last`, most events first.

    With `actors` given, only pairs with one of these or of the roots that they are part of.
    """
    where: str = ""
    parameters: Sequence[Any] = []
    if actors is not None:
        chosen, parameters = actors.order_by().values("pk").query.sql_with_params()
        where = f"""WHERE EXISTS (
            SELECT FROM root WHERE root.root_id IN (low, high) AND root.actor_id IN ({chosen})
        )"""
    found = fetch(
        _PAIRS.format(where=where), [BEFORE_ALL, AFTER_ALL, *parameters, last - first, first]
    )
    if not found and first > 0:
        # A page that does not exist: its message tells how many there are.
        return count_pairs(actors, 0, 1)[0], []
    named = Actor.objects.in_bulk({pk for low, high, *_ in found for pk in (low, high)})
    pairs = [_pair(named[low], named[high], int(number)) for low, high, number, _ in found]
    return (found[0][3] if found else 0), pairs


def _pair(low: Actor, high: Actor, number: int) -> Pair:
    first, second = sorted((low, high), key=lambda actor: (actor.sort_name, actor.pk))
    return Pair(first, second, number)
