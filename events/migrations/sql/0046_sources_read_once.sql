-- The facts of the events with these keys that are published, as event_facts has them. `updated_at`
-- is here when a curator last wrote the event.
CREATE OR REPLACE FUNCTION event_descriptions(wanted bigint[]) RETURNS SETOF event_facts
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH speaking AS (
        SELECT about.event_id, array_agg(DISTINCT speaker.id ORDER BY speaker.id) AS speakers
        FROM statements_about(wanted) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        GROUP BY about.event_id
    ), described AS MATERIALIZED (
        SELECT event.id, event.uuid, event.kind_id, event.standing::text AS standing,
            party.parts,
            ARRAY(
                SELECT DISTINCT above.id
                FROM actors_actor AS member
                JOIN actors_actor AS above
                    ON above.id = ANY (member.lineage) AND above.state = 'published'
                WHERE member.id = ANY (party.members)
                ORDER BY above.id) AS actors,
            ARRAY(
                SELECT member.country_id FROM actors_actor AS member
                WHERE member.id = ANY (party.members) AND member.country_id IS NOT NULL
                UNION
                SELECT place.country_id WHERE place.country_id IS NOT NULL
                ORDER BY country_id) AS countries,
            ARRAY(
                SELECT around.id FROM events_location AS around
                WHERE around.id = ANY (place.lineage) AND around.state = 'published'
                ORDER BY cardinality(around.lineage)) AS places,
            coalesce(speaking.speakers, '{}') AS speakers,
            cited.sources,
            event.first_day, event.last_day, event.is_date_qualified, event.updated_at,
            texts.document, served.digest, event.date_basis::text AS basis,
            ARRAY(
                -- Materialized, so that it is read once whatever the planner takes tables for.
                WITH citing AS MATERIALIZED (
                    SELECT source_id, via_id FROM events_citation WHERE event_id = event.id
                    UNION ALL
                    SELECT citation.source_id, citation.via_id FROM events_participation AS part
                    JOIN actors_actor AS actor
                        ON actor.id = part.actor_id AND actor.state = 'published'
                    JOIN events_citation AS citation ON citation.participation_id = part.id
                    WHERE part.event_id = event.id
                    UNION ALL
                    SELECT citation.source_id, citation.via_id FROM served_link AS link
                    JOIN events_citation AS citation ON citation.link_id = link.id
                    WHERE link.from_event_id = event.id
                )
                SELECT DISTINCT named.id FROM citing AS citation
                JOIN events_source AS source
                    ON source.id = citation.source_id AND source.state = 'published'
                JOIN events_source AS named
                    ON named.id IN (citation.source_id, citation.via_id)
                    AND named.state = 'published'
                WHERE named.id <> ALL (cited.sources)
                ORDER BY named.id) AS also_cited
        FROM events_event AS event
        JOIN event_texts(wanted) AS texts ON texts.event_id = event.id
        JOIN served_event AS served ON served.id = event.id
        LEFT JOIN speaking ON speaking.event_id = event.id
        LEFT JOIN events_location AS place
            ON place.id = event.location_id AND place.state = 'published'
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(DISTINCT part.actor_id), '{}') AS members,
                coalesce(array_agg(part_number(part.actor_id, role.id, part.is_alleged)
                    ORDER BY part.actor_id, part.id), '{}') AS parts
            FROM events_participation AS part
            JOIN events_role AS role ON role.slug = part.role
            JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
            WHERE part.event_id = event.id
        ) AS party
        CROSS JOIN LATERAL (
            SELECT ARRAY(
                SELECT DISTINCT source.id
                FROM events_citation AS citation
                JOIN events_source AS source
                    ON source.id = citation.source_id AND source.state = 'published'
                WHERE citation.event_id = event.id
                ORDER BY source.id) AS sources
        ) AS cited
        WHERE event.id = ANY (wanted) AND event.state = 'published'
    )
    SELECT described.id, described.uuid, described.kind_id, described.standing, described.parts,
        described.actors, described.countries, described.places, described.speakers,
        described.sources, described.first_day, described.last_day, described.is_date_qualified,
        described.updated_at, described.document, pg_current_xact_id(), described.also_cited,
        md5(ROW(described.digest, described.kind_id, described.standing, described.parts,
            described.actors, described.countries, described.places, described.speakers,
            described.sources, described.also_cited, described.basis)::text)::uuid,
        described.basis
    FROM described;
END;
