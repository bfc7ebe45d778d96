"""What an actor and its parts did, counted by the database in one query."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actors.models import Actor
from config.rows import fetch
from events import newest
from events.models import Participation
from events.newest import newest_of_hit

SHOWN = 20
COMPANIONS = 10
# Roles listed, those of parts included.
ROLES = 40

# A profile knows the published actors of its published events: all but whether a role is alleged.
_OF_PROFILES = """
WITH hit AS MATERIALIZED (
    SELECT profile.id, profile.members, profile.roles, profile.actors, profile.speakers,
        (SELECT sum(number) FROM events_spantally WHERE profile_id = profile.id) AS number
    FROM events_profile AS profile WHERE profile.actors @> ARRAY[%(actor)s::bigint]
), alleged AS MATERIALIZED (
    SELECT taking.actor_id, taking.role::text AS role, count(*) AS number
    FROM events_participation AS taking
    WHERE taking.actor_id = ANY(%(members)s) AND taking.is_alleged AND NOT EXISTS (
        SELECT FROM events_event WHERE id = taking.event_id AND state <> 'published'
    )
    GROUP BY taking.actor_id, taking.role
), taken AS MATERIALIZED (
    SELECT actor_id, role, false AS is_alleged, sum(number) AS number
    FROM (
        SELECT member.actor_id, member.role, hit.number
        FROM hit CROSS JOIN LATERAL unnest(hit.members, hit.roles) AS member (actor_id, role)
        WHERE member.actor_id = ANY(%(members)s)
        UNION ALL
        SELECT actor_id, role, -number FROM alleged
    ) AS part
    GROUP BY actor_id, role HAVING sum(number) > 0
    UNION ALL
    SELECT actor_id, role, true, number FROM alleged
),
"""
# Of an actor that is not published no profile knows: what a curator sees of it beforehand.
_OF_EVENTS = """
WITH part AS MATERIALIZED (
    SELECT taking.event_id, taking.actor_id, taking.role, taking.is_alleged, facts.profile_id
    FROM events_participation AS taking
    JOIN events_eventfacts AS facts ON facts.event_id = taking.event_id
    WHERE taking.actor_id = ANY(%(members)s)
), hit AS MATERIALIZED (
    SELECT profile.actors, profile.speakers, acted.number
    FROM (
        SELECT profile_id, count(DISTINCT event_id) AS number FROM part GROUP BY profile_id
    ) AS acted
    JOIN events_profile AS profile ON profile.id = acted.profile_id
), taken AS MATERIALIZED (
    SELECT actor_id, role, is_alleged, count(*) AS number
    FROM part GROUP BY actor_id, role, is_alleged
), newest AS MATERIALIZED (
    SELECT id, sort_day FROM events_event
    WHERE id = ANY(ARRAY(SELECT event_id FROM part))
    ORDER BY sort_day DESC, id DESC LIMIT %(shown)s
)
"""
_TOLD = """
(SELECT 'event' AS part, id AS number, '' AS slug, '' AS name, '' AS role, false AS alleged
FROM newest ORDER BY sort_day DESC, id DESC)
UNION ALL
(SELECT 'role', taken.number::bigint, actor.slug, actor.name, taken.role, taken.is_alleged
FROM taken JOIN actors_actor AS actor ON actor.id = taken.actor_id
ORDER BY actor.id = %(actor)s DESC, taken.number DESC, actor.sort_name, role, is_alleged
LIMIT %(roles)s)
UNION ALL
(SELECT 'companion', shared.number::bigint, companion.slug, companion.name, '', false
FROM (
    SELECT other.id, sum(hit.number) AS number
    FROM hit CROSS JOIN LATERAL unnest(hit.actors) AS other (id)
    WHERE other.id <> ALL(%(family)s)
    GROUP BY other.id
) AS shared
JOIN actors_actor AS companion ON companion.id = shared.id
WHERE shared.number > 0
ORDER BY shared.number DESC, companion.sort_name, companion.id
LIMIT %(companions)s)
UNION ALL
SELECT 'spoken', 0, '', '', '', false
WHERE EXISTS (SELECT FROM hit WHERE cardinality(speakers) > 0)
    OR EXISTS (SELECT FROM events_statement WHERE speaker_id = ANY(%(members)s))
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
    """What is counted: keys of the newest events, roles, and who else took part."""

    newest: list[int] = field(default_factory=list)
    roles: list[RoleCount] = field(default_factory=list)
    roles_of_parts: list[RoleCount] = field(default_factory=list)
    companions: list[Companion] = field(default_factory=list)
    # Whether there may be statements by the actor or its parts, or about what they did or said.
    are_statements: bool = False

    @property
    def is_busy(self) -> bool:
        """Whether there are so many events that they are better not gathered."""
        return sum(role.count for role in [*self.roles, *self.roles_of_parts]) > newest.MANY


def count_events(actor: Actor, *, members: Sequence[int], family: Sequence[int]) -> ActorEvents:
    """`members` are the actor and its parts; `family` those and what it is part of itself."""
    parameters: dict[str, Any] = {
        "actor": actor.pk,
        "members": list(members),
        "family": list(family),
        "shown": SHOWN,
        "companions": COMPANIONS,
        "roles": ROLES,
    }
    found_by = _OF_PROFILES + newest_of_hit(SHOWN) if actor.is_published else _OF_EVENTS
    found = ActorEvents()
    for part, number, slug, name, role, is_alleged in fetch(found_by + _TOLD, parameters):
        if part == "event":
            found.newest.append(number)
        elif part == "role":
            roles = found.roles if slug == actor.slug else found.roles_of_parts
            roles.append(RoleCount(slug, name, role, is_alleged, number))
        elif part == "spoken":
            found.are_statements = True
        else:
            found.companions.append(Companion(slug, name, number))
    return found
