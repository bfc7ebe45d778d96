-- Which events a statement is about. It takes a position on an event, on a claim about an event, or
-- on another statement, and then it is about the events of that one. What the public may not see
-- leads to no event: neither a claim or a statement that is not published, nor the statement of a
-- speaker who is not.

-- All pairs. A view of joins, so that a condition on either column uses the indexes of positions.
CREATE VIEW events_statementevent AS
SELECT DISTINCT statement_id || '-' || event_id AS id, statement_id, event_id
FROM (
    SELECT position.statement_id, position.event_id
    FROM events_position AS position WHERE position.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position
    JOIN events_claim AS claim ON claim.id = position.claim_id AND claim.state = 'published'
    WHERE claim.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, taken.event_id
    FROM events_position AS position
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    WHERE taken.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    JOIN events_claim AS claim ON claim.id = taken.claim_id AND claim.state = 'published'
    WHERE claim.event_id IS NOT NULL
) AS about;

-- The same pairs of the wanted events alone: quicker for many events at once.
CREATE FUNCTION statements_about(wanted bigint[])
RETURNS TABLE (statement_id bigint, event_id bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH stated AS MATERIALIZED (
        SELECT position.statement_id, position.event_id
        FROM events_position AS position WHERE position.event_id = ANY(wanted)
        UNION
        SELECT position.statement_id, claim.event_id
        FROM events_claim AS claim JOIN events_position AS position ON position.claim_id = claim.id
        WHERE claim.event_id = ANY(wanted) AND claim.state = 'published'
    )
    SELECT stated.statement_id, stated.event_id FROM stated
    UNION
    SELECT answer.statement_id, stated.event_id
    FROM stated
    JOIN events_statement AS answered
        ON answered.id = stated.statement_id AND answered.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS answer ON answer.answered_id = answered.id;
END;
