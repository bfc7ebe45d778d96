-- The outermost place around is part of what events share, so that the first level of the tree of
-- places is counted without looking at each place. Otherwise as in migration 0005.
DROP FUNCTION describe_events(bigint[]);
DROP TYPE event_description;
CREATE TYPE event_description AS (
    event_id bigint, location_id bigint, first_day bigint, last_day bigint,
    is_date_qualified boolean, kind_id bigint, standing text, root_id bigint, members bigint[],
    roles text[], actors bigint[], countries bigint[], speakers bigint[], sources bigint[],
    key bytea
);
CREATE FUNCTION describe_events(wanted bigint[]) RETURNS SETOF event_description
LANGUAGE sql STABLE STRICT AS $$
SELECT described.*, sha256(convert_to(ROW(
    kind_id, standing, root_id, members, roles, actors, countries, speakers, sources)::text, 'UTF8'))
FROM (
    SELECT event.id, place.id AS location_id, event.first_day, event.last_day,
        event.is_date_qualified, event.kind_id, event.standing::text AS standing,
        place.lineage[1] AS root_id,
        party.members, party.roles,
        ARRAY(
            SELECT DISTINCT above.id
            FROM actors_actor AS member
            JOIN actors_actor AS above ON above.id = ANY(member.lineage) AND above.state = 'published'
            WHERE member.id = ANY(party.members)
            ORDER BY above.id
        ) AS actors,
        ARRAY(
            SELECT country_id FROM actors_actor
            WHERE id = ANY(party.members) AND country_id IS NOT NULL
            UNION
            SELECT place.country_id WHERE place.country_id IS NOT NULL
            ORDER BY country_id
        ) AS countries,
        ARRAY(
            SELECT DISTINCT speaker.id
            FROM events_statementevent AS about
            JOIN events_statement AS statement
                ON statement.id = about.statement_id AND statement.state = 'published'
            JOIN actors_actor AS speaker
                ON speaker.id = statement.speaker_id AND speaker.state = 'published'
            WHERE about.event_id = event.id
            ORDER BY speaker.id
        ) AS speakers,
        ARRAY(
            SELECT DISTINCT source.id
            FROM events_citation AS citation
            JOIN events_source AS source
                ON source.id = citation.source_id AND source.state = 'published'
            WHERE citation.event_id = event.id
            ORDER BY source.id
        ) AS sources
    FROM events_event AS event
    LEFT JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(part.actor_id ORDER BY part.actor_id, part.role), '{}') AS members,
            coalesce(array_agg(part.role::text ORDER BY part.actor_id, part.role), '{}') AS roles
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = event.id
    ) AS party
    WHERE event.id = ANY(wanted) AND event.state = 'published'
    OFFSET 0  -- each list is made once
) AS described
$$;

CREATE OR REPLACE FUNCTION refresh_event_facts(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    found event_description[];
BEGIN
    DELETE FROM events_eventfacts AS facts WHERE facts.event_id = ANY(wanted) AND NOT EXISTS (
        SELECT FROM events_event WHERE id = facts.event_id AND state = 'published');
    SELECT array_agg(described) INTO found FROM describe_events(wanted) AS described;
    INSERT INTO events_profile
        (key, kind_id, standing, root_id, members, roles, actors, countries, speakers, sources,
         made_in)
    SELECT DISTINCT ON (described.key)
        described.key, kind_id, standing, root_id, members, roles, actors, countries, speakers,
        sources,
        pg_current_xact_id()::text::bigint
    FROM unnest(found) AS described
    WHERE NOT EXISTS (SELECT FROM events_profile WHERE key = described.key)
    ORDER BY described.key;
    INSERT INTO events_eventfacts AS facts
        (event_id, profile_id, location_id, first_day, last_day, is_date_qualified)
    SELECT described.event_id,
        (SELECT min(id) FROM events_profile WHERE key = described.key),
        described.location_id, described.first_day, described.last_day,
        described.is_date_qualified
    FROM unnest(found) AS described
    ON CONFLICT (event_id) DO UPDATE SET
        profile_id = excluded.profile_id, location_id = excluded.location_id,
        first_day = excluded.first_day, last_day = excluded.last_day,
        is_date_qualified = excluded.is_date_qualified
    WHERE (facts.profile_id, facts.location_id, facts.first_day, facts.last_day,
           facts.is_date_qualified)
        IS DISTINCT FROM (excluded.profile_id, excluded.location_id, excluded.first_day,
                          excluded.last_day, excluded.is_date_qualified);
END
$$;

-- As long as it takes: the limit of the site is meant for its pages. Every event gets a profile of
-- the new shape; the former ones have no event then.
SET LOCAL statement_timeout = 0;
SELECT refresh_event_facts(array_agg(id)) FROM events_event WHERE state = 'published'
HAVING count(*) > 0;
DELETE FROM events_profile AS profile
WHERE NOT EXISTS (SELECT FROM events_eventfacts WHERE profile_id = profile.id);
