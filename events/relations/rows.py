"""Which events and statements stand between two actors, and in which direction.

**Whose side somebody is on.** A side is an actor, whatever is part of it, and whoever surely held
an office of one of these on every day that the date of the event or statement can mean. Where one
of the two actors is part of the other, the larger side does without the smaller one; and who is on
a side by what they are is on no other by an office.

**Events.** Initiator, decider, perpetrator, intervener, author, speaker and visitor act; target,
victim, host, called upon and audience are acted upon; participant, mediator and witness are
neither. An event in which somebody of one side acts and somebody of the other is acted upon leads
from the one side to the other. Where that holds both ways or neither way, they stand in it
together.

**Statements.** A statement of one side leads to the other if it is addressed to somebody there, if
it takes a position on an event in which somebody there acts, on a claim about such an event, or on
a statement made there.

**What bears on their relations.** A claim about no event whose text names both actors, by any of
their names, is about the two. Events recorded as bearing on it, and statements of either side that
take a position on it, stand here unless they have a direction already; who did what to whom is
shown with each.

Nothing counts that the public may not see: event, statement, speaker, participant, the holder of an
office and its body, the claim, event or statement that a position is on.
"""

from enum import StrEnum
from typing import Any

from actors.models import Actor
from config.dates import AFTER_ALL, BEFORE_ALL

ACTING = ["initiator", "decider", "perpetrator", "intervener", "author", "speaker", "visitor"]
ACTED_UPON = ["target", "victim", "host", "called-upon", "audience"]


class Direction(StrEnum):
    """Seen from the first actor of the address."""

    FORTH = "forth"
    BACK = "back"
    TOGETHER = "together"
    BEARING = "bearing"


# As Tenure.is_held_on: on every day that the date can mean, and never for an open date.
_HELD = (
    f"{{row}}.first_day > ({BEFORE_ALL})::bigint AND {{row}}.last_day < {AFTER_ALL}"
    " AND holder.held @> {row}.first_day AND holder.held @> {row}.last_day"
)

# Parameters: both ids; the id of the part that each does without, if any; acting; acted upon.
# Gives what ('event', 'statement'), id, direction.
_MEMBERS = """
    asked AS (
        SELECT %s::bigint AS first, %s::bigint AS second, %s::bigint AS not_first,
            %s::bigint AS not_second, %s::text[] AS acting, %s::text[] AS acted_upon
    ), member AS (
        SELECT id AS actor_id, 1 AS side FROM actors_actor, asked
        WHERE state = 'published' AND lineage @> ARRAY[first]
            AND (not_first IS NULL OR NOT lineage @> ARRAY[not_first])
        UNION ALL
        SELECT id, 2 FROM actors_actor, asked
        WHERE state = 'published' AND lineage @> ARRAY[second]
            AND (not_second IS NULL OR NOT lineage @> ARRAY[not_second])
    ), holder AS (
        SELECT tenure.person_id AS actor_id, tenure.held, body.side
        FROM actors_tenure AS tenure
        JOIN member AS body ON body.actor_id = tenure.body_id
        JOIN actors_actor AS person ON person.id = tenure.person_id AND person.state = 'published'
        WHERE tenure.person_id NOT IN (SELECT actor_id FROM member)
    )"""

# Bits, so that one aggregate gathers all roles: 1 the first side takes part, 2 it acts, 4 it is
# acted upon; 8, 16 and 32 the same of the second side. Events with the same participants have one
# profile and are gathered once; only where somebody stands for an office, which depends on the
# date, is each event looked at for itself.
_BITS = """bit_or(CASE
                WHEN role = ANY(ARRAY(SELECT unnest(acting) FROM asked)) THEN 3
                WHEN role = ANY(ARRAY(SELECT unnest(acted_upon) FROM asked)) THEN 5
                ELSE 1 END << 3 * (side - 1)) AS parts"""
_EVENTS = """
    party AS MATERIALIZED (
        SELECT profile.id AS profile_id, kind.quad, part.actor_id, part.role,
            profile.members && ARRAY(SELECT actor_id FROM holder) AS has_holder
        FROM events_profile AS profile
        JOIN events_eventtype AS kind ON kind.id = profile.kind_id
        CROSS JOIN LATERAL unnest(profile.members, profile.roles) AS part (actor_id, role)
        WHERE cardinality(profile.members) > 1 AND profile.members && ARRAY(
            SELECT actor_id FROM member UNION SELECT actor_id FROM holder)
    ), taking AS (
        SELECT facts.event_id, party.quad, party.actor_id, party.role, member.side
        FROM party
        JOIN member USING (actor_id)
        JOIN events_eventfacts AS facts ON facts.profile_id = party.profile_id
        WHERE party.has_holder
        UNION ALL
        SELECT facts.event_id, party.quad, party.actor_id, party.role, holder.side
        FROM party
        JOIN holder USING (actor_id)
        JOIN events_eventfacts AS facts ON facts.profile_id = party.profile_id
        WHERE {facts_held}
    ), gathered AS (
        SELECT profile_id, NULL::bigint AS event_id, quad,
            min(actor_id) < max(actor_id) AS is_of_several, {bits}
        FROM party JOIN member USING (actor_id)
        WHERE NOT has_holder
        GROUP BY profile_id, quad
        UNION ALL
        SELECT NULL, event_id, quad, min(actor_id) < max(actor_id), {bits}
        FROM taking
        GROUP BY event_id, quad
    ), alike AS MATERIALIZED (
        SELECT profile_id, event_id, quad, CASE
            WHEN parts & 34 = 34 AND parts & 20 <> 20 THEN 'forth'
            WHEN parts & 20 = 20 AND parts & 34 <> 34 THEN 'back'
            ELSE 'together' END AS direction
        FROM gathered
        -- Two of them, and not one person on both sides.
        WHERE parts & 9 = 9 AND is_of_several
    )"""

_STATEMENTS = """
    said AS (
        SELECT statement.id, member.side
        FROM member JOIN events_statement AS statement ON statement.speaker_id = member.actor_id
        UNION
        SELECT statement.id, holder.side
        FROM holder JOIN events_statement AS statement ON statement.speaker_id = holder.actor_id
        WHERE {statement_held}
    ), stand AS (
        SELECT said.id, said.side, position.claim_id, position.answered_id,
            coalesce(position.event_id, claim.event_id) AS event_id
        FROM said
        JOIN events_position AS position ON position.statement_id = said.id
        LEFT JOIN events_claim AS claim ON claim.id = position.claim_id
        WHERE position.claim_id IS NULL OR claim.state = 'published'
    ), addressed AS (
        SELECT said.id, said.side
        FROM said
        JOIN events_statement_audience AS audience ON audience.statement_id = said.id
        JOIN events_statement AS statement ON statement.id = said.id
        WHERE EXISTS (
            SELECT FROM member
            WHERE member.actor_id = audience.actor_id AND member.side <> said.side
        ) OR EXISTS (
            SELECT FROM holder
            WHERE holder.actor_id = audience.actor_id AND holder.side <> said.side
                AND {statement_held}
        )
        UNION
        SELECT stand.id, stand.side
        FROM stand
        CROSS JOIN asked
        JOIN events_event AS event ON event.id = stand.event_id AND event.state = 'published'
        JOIN events_participation AS part
            ON part.event_id = event.id AND part.role = ANY(acting)
        WHERE EXISTS (
            SELECT FROM member WHERE member.actor_id = part.actor_id AND member.side <> stand.side
        ) OR EXISTS (
            SELECT FROM holder
            WHERE holder.actor_id = part.actor_id AND holder.side <> stand.side
                AND {event_held}
        )
        UNION
        SELECT stand.id, stand.side
        FROM stand
        JOIN events_statement AS answered
            ON answered.id = stand.answered_id AND answered.state = 'published'
        JOIN said AS there ON there.id = answered.id AND there.side <> stand.side
    )"""

# A name stands between what is neither letter nor digit; its own signs are no pattern.
_CLAIMS = """
    named AS (
        SELECT asked_id, '(^|[^[:alnum:]])(' || string_agg(
            regexp_replace(name, '([^[:alnum:][:space:]])', '\\\\\\1', 'g'), '|'
        ) || ')($|[^[:alnum:]])' AS pattern
        FROM (
            SELECT id AS asked_id, name FROM actors_actor
            UNION ALL
            SELECT actor_id, name FROM actors_actorname
        ) AS names
        WHERE asked_id IN (SELECT first FROM asked UNION ALL SELECT second FROM asked)
        GROUP BY asked_id
    ), shared_claim AS (
        SELECT id FROM events_claim AS claim
        WHERE event_id IS NULL AND state = 'published'
            AND (SELECT count(*) FROM named WHERE claim.text ~ named.pattern) = 2
    )"""

_ROWS = """
    bearing AS (
        SELECT DISTINCT facts.event_id, profile.kind_id
        FROM events_eventlink AS link
        JOIN events_eventfacts AS facts ON facts.event_id = link.from_event_id
        JOIN events_profile AS profile ON profile.id = facts.profile_id
        WHERE link.to_claim_id IN (SELECT id FROM shared_claim)
            AND facts.profile_id NOT IN (SELECT profile_id FROM alike WHERE event_id IS NULL)
            AND facts.event_id NOT IN (SELECT event_id FROM alike WHERE event_id IS NOT NULL)
    ), told AS (
        SELECT event_id, direction, quad FROM alike WHERE event_id IS NOT NULL
        UNION ALL
        SELECT event_id, 'bearing', kind.quad
        FROM bearing JOIN events_eventtype AS kind ON kind.id = bearing.kind_id
    ), spoken (id, direction) AS (
        SELECT id, CASE min(side) WHEN 1 THEN 'forth' ELSE 'back' END
        FROM addressed GROUP BY id
        UNION ALL
        SELECT id, 'bearing'
        FROM stand
        WHERE claim_id IN (SELECT id FROM shared_claim) AND id NOT IN (SELECT id FROM addressed)
        GROUP BY id
    ), apart AS MATERIALIZED (
        SELECT 'event' AS what, event_id AS id, direction, quad, first_day, last_day,
            is_date_qualified
        FROM told JOIN events_eventfacts AS facts USING (event_id)
        UNION ALL
        SELECT 'statement', id, direction, 'statement', first_day, last_day, is_date_qualified
        FROM spoken
        JOIN events_statement AS statement USING (id)
        WHERE statement.state = 'published'
    )"""


def rows_between(first: Actor, second: Actor) -> tuple[str, list[Any]]:
    """SQL that begins with WITH and ends in three tables, and its parameters.

    `alike`: profile_id, direction, quad: all events of the profile stand so, where event_id is
    NULL. `apart`: what, id, direction, quad, first_day, last_day, is_date_qualified: each of the
    other events, and each statement. `shared_claim`: id of the claims on both.
    """
    text = ",".join([_MEMBERS, _EVENTS, _STATEMENTS, _CLAIMS, _ROWS])
    for row in ("event", "facts", "statement"):
        text = text.replace(f"{{{row}_held}}", _HELD.format(row=row))
    text = text.replace("{bits}", _BITS)
    not_first = second.pk if first.pk in second.lineage else None
    not_second = first.pk if second.pk in first.lineage else None
    return f"WITH {text}", [first.pk, second.pk, not_first, not_second, ACTING, ACTED_UPON]
