-- The basis of dates, languages and archived copies of sources: all are served.

SET LOCAL statement_timeout = 0;
TRUNCATE event_facts;  -- derived, and made anew below
ALTER TABLE event_facts ADD COLUMN basis text NOT NULL;


CREATE OR REPLACE FUNCTION source_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT source.id, source.uuid, source.updated_at, md5(ROW(
        source.slug, source.title, source.kind, source.author, source.publisher, source.date,
        source.language, source.url, source.accessed_on, source.archived_url, source.archived_on,
        source.licence, source.note, former_slugs(source.uuid))::text)::uuid
    FROM events_source AS source
    WHERE source.id = ANY (wanted) AND source.state = 'published';
END;

CREATE OR REPLACE FUNCTION statement_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT statement.id, statement.uuid, statement.updated_at, md5(ROW(
        statement.speaker_id, statement.date, statement.date_basis, statement.date_reason, place.id, occasion.id, statement.paraphrase,
        statement.quote, statement.note,
        ARRAY(SELECT audience.actor_id FROM events_statement_audience AS audience
            JOIN actors_actor AS actor
                ON actor.id = audience.actor_id AND actor.state = 'published'
            WHERE audience.statement_id = statement.id ORDER BY audience.actor_id),
        (SELECT string_agg(ROW(taken.uuid, taken.stance, taken.event_id, taken.claim_id,
                taken.answered_id, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE position_id = taken.id))::text, ' ' ORDER BY taken.id)
            FROM served_position AS taken WHERE taken.statement_id = statement.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE statement_id = statement.id))::text)::uuid
    FROM events_statement AS statement
    JOIN actors_actor AS speaker
        ON speaker.id = statement.speaker_id AND speaker.state = 'published'
    LEFT JOIN events_location AS place
        ON place.id = statement.location_id AND place.state = 'published'
    LEFT JOIN events_event AS occasion
        ON occasion.id = statement.occasion_id AND occasion.state = 'published'
    WHERE statement.id = ANY (wanted) AND statement.state = 'published';
END;

CREATE OR REPLACE VIEW served_event AS
SELECT event.id, md5(ROW(
    event.slug, event.title, event.date, event.date_reason, event.standing_reason, event.standing_since,
    event.published_at, event.summary, event.note,
    (SELECT string_agg(ROW(part.uuid, part.actor_id, part.role, part.is_alleged, part.note, (
            SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE participation_id = part.id))::text, ' ' ORDER BY part.id)
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = event.id),
    (SELECT string_agg(content, ' ' ORDER BY id) FROM (
        SELECT id, content FROM served_link WHERE from_event_id = event.id
        UNION SELECT id, content FROM served_link WHERE to_event_id = event.id
        UNION SELECT id, content FROM served_link WHERE claim_event_id = event.id) AS link),
    (SELECT string_agg(ROW(past.standing, past.reason, past.since, past.until)::text, ' '
            ORDER BY past.id)
        FROM events_paststanding AS past WHERE past.event_id = event.id),
    (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation WHERE event_id = event.id),
    (SELECT string_agg(change.digest::text, ' ' ORDER BY claim.id)
        FROM events_claim AS claim
        JOIN events_lastchange AS change ON change.kind = 'claim' AND change.key = claim.id
        WHERE claim.event_id = event.id),
    (SELECT string_agg(change.digest::text, ' ' ORDER BY change.key)
        FROM events_lastchange AS change
        WHERE change.kind = 'statement' AND change.key IN (
            SELECT about.statement_id FROM statements_about(ARRAY[event.id]) AS about
            UNION
            SELECT statement.id FROM events_statement AS statement
            WHERE statement.occasion_id = event.id)),
    former_slugs(event.uuid))::text)::uuid AS digest
FROM events_event AS event;

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
                SELECT DISTINCT named.id
                FROM (
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
                ) AS citation
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

CREATE OR REPLACE FUNCTION write_event_facts(wanted bigint[], stamp timestamptz, keeps_times boolean)
RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off
AS $$
DECLARE
    number_gone bigint;
    number_written bigint;
BEGIN
    WITH gone AS (
        DELETE FROM event_facts AS facts WHERE facts.event_id = ANY (wanted) AND NOT EXISTS (
            SELECT FROM events_event WHERE id = facts.event_id AND state = 'published')
        RETURNING facts.event_id, facts.uuid
    ), forgotten AS (
        DELETE FROM events_lastchange WHERE record IN (SELECT uuid FROM gone)
    )
    INSERT INTO events_deletedevent AS deleted (event_id, uuid, deleted_at, written_in)
    SELECT event_id, uuid, stamp, pg_current_xact_id() FROM gone
    ON CONFLICT (event_id) DO UPDATE SET uuid = excluded.uuid,
        deleted_at = greatest(deleted.deleted_at, excluded.deleted_at),
        written_in = excluded.written_in;
    GET DIAGNOSTICS number_gone = ROW_COUNT;
    WITH described AS MATERIALIZED (
        SELECT * FROM event_descriptions(wanted)
    ), differing AS (
        SELECT described.* FROM described
        LEFT JOIN event_facts AS facts ON facts.event_id = described.event_id
        WHERE facts.digest IS DISTINCT FROM described.digest
    ), timed AS (
        INSERT INTO events_lastchange AS past (record, kind, changed_at, key, digest, written_in)
        SELECT uuid, 'event', CASE WHEN keeps_times THEN updated_at ELSE stamp END, event_id,
            digest, written_in
        FROM differing
        ON CONFLICT (record) DO UPDATE SET
            changed_at = CASE WHEN keeps_times THEN coalesce(past.changed_at, excluded.changed_at)
                ELSE greatest(past.changed_at, excluded.changed_at) END,
            key = excluded.key, digest = excluded.digest, written_in = excluded.written_in
        RETURNING record, changed_at
    )
    INSERT INTO event_facts AS facts (event_id, uuid, kind_id, standing, parts, actors, countries,
        places, speakers, sources, first_day, last_day, is_date_qualified, updated_at, document,
        written_in, also_cited, digest, basis)
    SELECT event_id, uuid, kind_id, standing, parts, actors, countries, places, speakers, sources,
        first_day, last_day, is_date_qualified, timed.changed_at, document, written_in, also_cited,
        digest, basis
    FROM differing JOIN timed ON timed.record = differing.uuid
    ON CONFLICT (event_id) DO UPDATE SET
        uuid = excluded.uuid, kind_id = excluded.kind_id, standing = excluded.standing,
        parts = excluded.parts, actors = excluded.actors, countries = excluded.countries,
        places = excluded.places, speakers = excluded.speakers, sources = excluded.sources,
        first_day = excluded.first_day, last_day = excluded.last_day,
        is_date_qualified = excluded.is_date_qualified,
        updated_at = excluded.updated_at, document = excluded.document,
        written_in = excluded.written_in, also_cited = excluded.also_cited,
        digest = excluded.digest, basis = excluded.basis;
    GET DIAGNOSTICS number_written = ROW_COUNT;
    IF number_written > 0 THEN
        DELETE FROM events_deletedevent AS deleted
        WHERE deleted.event_id = ANY (wanted)
            AND EXISTS (SELECT FROM event_facts WHERE event_id = deleted.event_id);
    END IF;
    RETURN number_gone > 0 OR number_written > 0;
END
$$;

SELECT rebuild_event_facts();
