"""What the lists of this app count beside their filters; `counting` does so for events."""

from actors.facets import COUNTRY
from config.facets import ColumnFacet, FacetQuery
from events.models import Location, Position, Source

LOCATION_FACETS = (ColumnFacet("kind", "kind", dict(Location.Kind.choices)), COUNTRY)
SOURCE_FACETS = (ColumnFacet("kind", "kind", dict(Source.Kind.choices)),)
# Positions of the statements counted, but for those on what is not public (which is little): as
# Position.published.
_POSITIONS = """
    events_position AS position
    WHERE position.statement_id IN (SELECT id FROM narrowed)
        AND NOT EXISTS (
            SELECT FROM events_claim AS claim
            LEFT JOIN events_event AS event ON event.id = claim.event_id
            WHERE claim.id = position.claim_id
                AND (claim.state <> 'published' OR event.state <> 'published'))
        AND NOT EXISTS (
            SELECT FROM events_event WHERE id = position.event_id AND state <> 'published')
        AND NOT EXISTS (
            SELECT FROM events_statement AS answered
            JOIN actors_actor AS spoken_of ON spoken_of.id = answered.speaker_id
            WHERE answered.id = position.answered_id
                AND (answered.state <> 'published' OR spoken_of.state <> 'published'))
"""
SPEAKER = FacetQuery(
    "speaker",
    """
    SELECT actor.slug AS value, actor.name AS label, count(*) AS number
    FROM events_statement AS statement JOIN actors_actor AS actor
        ON actor.id = statement.speaker_id
    WHERE statement.id IN (SELECT id FROM narrowed)
    GROUP BY actor.id
    """,
)
STANCE = FacetQuery(
    "stance",
    f"""
    SELECT position.stance AS value, position.stance AS label,
        count(DISTINCT position.statement_id) AS number
    FROM {_POSITIONS}
    GROUP BY position.stance
    """,  # noqa: S608
    dict(Position.Stance.choices),
)
SPEAKER_COUNTRY = FacetQuery(
    "country",
    """
    SELECT country.iso3 AS value, country.name AS label, count(*) AS number
    FROM events_statement AS statement
    JOIN actors_actor AS actor ON actor.id = statement.speaker_id
    JOIN actors_country AS country ON country.id = actor.country_id
    WHERE statement.id IN (SELECT id FROM narrowed)
    GROUP BY country.id
    """,
)
# What the view events_statementevent holds, asked of the narrowed statements alone.
EVENT_SPOKEN_OF = FacetQuery(
    "event",
    """
    SELECT event.slug AS value, event.title AS label, counted.number
    FROM (SELECT event_id, count(*) AS number FROM (
        SELECT position.statement_id, coalesce(position.event_id, claim.event_id) AS event_id
        FROM events_position AS position
        LEFT JOIN events_claim AS claim
            ON claim.id = position.claim_id AND claim.state = 'published'
        WHERE position.statement_id IN (SELECT id FROM narrowed)
        UNION
        SELECT position.statement_id, coalesce(taken.event_id, claim.event_id)
        FROM events_position AS position
        JOIN events_statement AS answered
            ON answered.id = position.answered_id AND answered.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = answered.speaker_id AND speaker.state = 'published'
        JOIN events_position AS taken ON taken.statement_id = answered.id
        LEFT JOIN events_claim AS claim
            ON claim.id = taken.claim_id AND claim.state = 'published'
        WHERE position.statement_id IN (SELECT id FROM narrowed)
    ) AS about GROUP BY event_id) AS counted
    JOIN events_event AS event ON event.id = counted.event_id AND event.state = 'published'
    """,
)
CLAIM = FacetQuery(
    "claim",
    f"""
    SELECT claim.slug AS value, claim.text AS label, taken.number
    FROM (
        SELECT position.claim_id, count(DISTINCT position.statement_id) AS number
        FROM {_POSITIONS} AND position.claim_id IS NOT NULL
        GROUP BY position.claim_id
    ) AS taken
    JOIN events_claim AS claim ON claim.id = taken.claim_id
    """,  # noqa: S608
)
STATEMENT_FACETS = (SPEAKER, STANCE, SPEAKER_COUNTRY, EVENT_SPOKEN_OF, CLAIM)
