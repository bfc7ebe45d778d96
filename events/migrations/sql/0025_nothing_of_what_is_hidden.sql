-- A statement answers nothing that the public may not see: neither a statement that is not
-- published, nor one whose speaker is not. Otherwise as in migrations 0005 and 0006.
CREATE OR REPLACE VIEW events_statementevent AS
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

CREATE OR REPLACE FUNCTION statements_about(wanted bigint[])
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

-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

-- The events that were counted and searched by such answers.
SELECT refresh_event_facts(wanted), refresh_event_documents(wanted)
FROM (
    SELECT array_agg(DISTINCT coalesce(taken.event_id, claim.event_id)) AS wanted
    FROM actors_actor AS speaker
    JOIN events_statement AS answered ON answered.speaker_id = speaker.id
    JOIN events_position AS taken ON taken.statement_id = answered.id
    LEFT JOIN events_claim AS claim ON claim.id = taken.claim_id
    WHERE speaker.state <> 'published'
        AND EXISTS (SELECT FROM events_position WHERE answered_id = answered.id)
) AS touched
WHERE wanted IS NOT NULL;

-- A word that was meant is looked for among those of published names and titles alone, and spelled
-- as one of these has it.
CREATE OR REPLACE FUNCTION keep_search_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    spellings text[];
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'events_event' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed, words_of(title) AS word WHERE state = 'published';
    WHEN 'actors_actor' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN actors_actorname AS other ON other.actor_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'actors_actorname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN actors_actor AS actor
            ON actor.id = changed.actor_id AND actor.state = 'published',
            words_of(changed.name) AS word;
    WHEN 'events_location' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN events_locationname AS other ON other.location_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'events_locationname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN events_location AS place
            ON place.id = changed.location_id AND place.state = 'published',
            words_of(changed.name) AS word;
    END CASE;
    PERFORM add_search_words(spellings, TG_TABLE_NAME <> 'events_event');
    RETURN NULL;
END
$$;

DELETE FROM events_searchword;
SELECT add_search_words(array_agg(DISTINCT word), true) FROM (
    SELECT name FROM actors_actor WHERE state = 'published'
    UNION
    SELECT other.name FROM actors_actorname AS other
    JOIN actors_actor AS actor ON actor.id = other.actor_id AND actor.state = 'published'
    UNION
    SELECT name FROM events_location WHERE state = 'published'
    UNION
    SELECT other.name FROM events_locationname AS other
    JOIN events_location AS place ON place.id = other.location_id AND place.state = 'published'
) AS named, words_of(name) AS word;
SELECT add_search_words(array_agg(DISTINCT word), false)
FROM events_event, words_of(title) AS word WHERE state = 'published';
