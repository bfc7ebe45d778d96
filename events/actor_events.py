"""What an actor and its parts did, counted by the database in one query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from actors.models import Actor
from events.models import Participation

SHOWN = 20
COMPANIONS = 10
# Roles listed, those of parts included.
ROLES = 40
# Of an actor with more events, whom it appears with is counted in its newest ones.
COMPARED = 500
# With more participations, the newest events are found by walking all events from the newest on.
MANY = 5000

# A draft never counts: neither the event, nor the part, nor whoever else takes part.
# "IS TRUE" keeps the planner from sorting what the index gives in order.
_SQL = """
WITH taken AS MATERIALIZED (
    SELECT taking.actor_id, taking.role, taking.is_alleged, count(*) AS number
    FROM events_participation AS taking
    WHERE taking.actor_id = ANY(%(members)s) AND NOT EXISTS (
        SELECT FROM events_event WHERE id = taking.event_id AND state <> 'published'
    )
    GROUP BY taking.actor_id, taking.role, taking.is_alleged
), newest AS MATERIALIZED (
    (SELECT event.id, event.sort_day FROM events_event AS event
    WHERE (SELECT sum(number) > %(many)s FROM taken) AND event.state = 'published' AND (
        event.id IN (SELECT event_id FROM events_participation WHERE actor_id = ANY(%(members)s))
    ) IS TRUE
    ORDER BY event.sort_day DESC, event.id DESC LIMIT %(compared)s + 1)
    UNION ALL
    (SELECT event.id, event.sort_day FROM events_event AS event
    WHERE (SELECT sum(number) <= %(many)s FROM taken) AND event.state = 'published'
        AND event.id = ANY(ARRAY(
            SELECT event_id FROM events_participation
            WHERE actor_id = ANY(%(members)s) AND (SELECT sum(number) <= %(many)s FROM taken)
        ))
    ORDER BY event.sort_day DESC, event.id DESC LIMIT %(compared)s + 1)
), compared AS MATERIALIZED (
    SELECT id, sort_day FROM newest ORDER BY sort_day DESC, id DESC LIMIT %(compared)s
)
SELECT 'compared' AS part, count(*) AS number, '' AS slug, '' AS name, '' AS role, false AS alleged
FROM newest
UNION ALL
(SELECT 'event', id, '', '', '', false
FROM compared ORDER BY sort_day DESC, id DESC LIMIT %(shown)s)
UNION ALL
(SELECT 'role', number, actor.slug, actor.name, role, is_alleged
FROM taken JOIN actors_actor AS actor ON actor.id = taken.actor_id
ORDER BY actor.id = %(actor)s DESC, number DESC, actor.sort_name, role, is_alleged LIMIT %(roles)s)
UNION ALL
(SELECT 'companion', count(DISTINCT other.event_id), companion.slug, companion.name, '', false
FROM events_participation AS other
JOIN actors_actor AS member ON member.id = other.actor_id AND member.state = 'published'
JOIN actors_actor AS companion
    ON companion.id = ANY(member.lineage) AND companion.state = 'published'
WHERE other.event_id = ANY(ARRAY(SELECT id FROM compared))
    AND companion.id <> ALL(%(family)s)
GROUP BY companion.id
ORDER BY count(DISTINCT other.event_id) DESC, companion.sort_name, companion.id
LIMIT %(companions)s)
"""


@dataclass(frozen=True, slots=True)
class RoleCount:
    """In how many events the actor, or one of its parts, has this role."""

    slug: str
    name: str
    role: str
    is_alleged: bool
    count: int

    @property
    def label(self) -> str:
        return str(Participation.Role(self.role).label)


@dataclass(frozen=True, slots=True)
class Companion:
    """Another actor, and how many events it shares."""

    slug: str
    name: str
    count: int


@dataclass(slots=True)
class ActorEvents:
    """What is counted: keys of the newest events, roles, and who else took part.

    `compared`: in how many of its newest events companions are counted; None for all of them.
    """

    compared: int | None = None
    newest: list[int] = field(default_factory=list)
    roles: list[RoleCount] = field(default_factory=list)
    roles_of_parts: list[RoleCount] = field(default_factory=list)
    companions: list[Companion] = field(default_factory=list)

    @property
    def is_busy(self) -> bool:
        """Whether there are so many events that they are better not gathered."""
        return sum(role.count for role in [*self.roles, *self.roles_of_parts]) > MANY


def count_events(actor: Actor, *, members: Sequence[int], family: Sequence[int]) -> ActorEvents:
    """`members` are the actor and its parts; `family` those and what it is part of itself."""
    parameters: dict[str, Any] = {
        "actor": actor.pk,
        "members": list(members),
        "family": list(family),
        "shown": SHOWN,
        "compared": COMPARED,
        "companions": COMPANIONS,
        "roles": ROLES,
        "many": MANY,
    }
    found = ActorEvents()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, parameters)
        for part, number, slug, name, role, is_alleged in cursor.fetchall():
            if part == "compared":
                found.compared = COMPARED if number > COMPARED else None
            elif part == "event":
                found.newest.append(number)
            elif part == "role":
                roles = found.roles if slug == actor.slug else found.roles_of_parts
                roles.append(RoleCount(slug, name, role, is_alleged, number))
            else:
                found.companions.append(Companion(slug, name, number))
    return found
