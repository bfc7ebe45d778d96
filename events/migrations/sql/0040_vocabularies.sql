-- Kinds of actor and roles are rows: outputs follow their names, and the index their keys. The facts
-- are made anew.

CREATE FUNCTION actor_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT actor.id, actor.uuid, actor.updated_at, md5(ROW(
        actor.slug, actor.name, kind.slug, kind.name, kind.nature, actor.country_id,
        actor.summary, actor.note, whole.id,
        ARRAY(SELECT above.id FROM actors_actor AS above
            WHERE above.id = ANY (actor.lineage) AND above.state = 'published' ORDER BY above.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE actor_id = actor.id),
        (SELECT string_agg(ROW(other.uuid, other.language, other.name, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE actor_name_id = other.id))::text, ' ' ORDER BY other.id)
            FROM actors_actorname AS other WHERE other.actor_id = actor.id),
        (SELECT string_agg(ROW(tenure.uuid, tenure.office, tenure.body_id, tenure.began,
                tenure.began_is, tenure.ended, tenure.ended_is, tenure.note, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE tenure_id = tenure.id))::text, ' ' ORDER BY tenure.id)
            FROM actors_tenure AS tenure LEFT JOIN actors_actor AS body ON body.id = tenure.body_id
            WHERE tenure.person_id = actor.id
                AND (body.id IS NULL OR body.state = 'published')),
        former_slugs(actor.uuid))::text)::uuid
    FROM actors_actor AS actor
    JOIN actors_actorkind AS kind ON kind.slug = actor.kind
    LEFT JOIN actors_actor AS whole ON whole.id = actor.part_of_id AND whole.state = 'published'
    WHERE actor.id = ANY (wanted) AND actor.state = 'published';
END;

CREATE FUNCTION actorkind_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT kind.id, kind.uuid, NULL::timestamptz,
        md5(ROW(kind.slug, kind.name, kind.nature)::text)::uuid
    FROM actors_actorkind AS kind
    WHERE kind.id = ANY (wanted);
END;

CREATE FUNCTION role_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT role.id, role.uuid, NULL::timestamptz,
        md5(ROW(role.slug, role.name, role.side)::text)::uuid
    FROM events_role AS role
    WHERE role.id = ANY (wanted);
END;

-- The digest of each event, of what is served with it beside the lists of its facts.
CREATE VIEW served_event AS
SELECT event.id, md5(ROW(
    event.slug, event.title, event.date, event.standing_reason, event.standing_since,
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

DROP FUNCTION part_number(bigint, text, boolean);
CREATE FUNCTION part_number(actor_id bigint, role_id bigint, is_alleged boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN (actor_id << 16) + 2 * role_id + is_alleged::int;

CREATE FUNCTION event_descriptions(wanted bigint[]) RETURNS SETOF event_facts
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
            texts.document, served.digest,
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
            described.sources, described.also_cited)::text)::uuid
    FROM described;
END;

CREATE OR REPLACE FUNCTION rebuild_event_facts() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
    SET extra_float_digits = 1
AS $$
DECLARE
    stamp timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(5140419);
    stamp := next_time_of_change();
    DELETE FROM event_facts;
    PERFORM write_last_changes('claim', ARRAY(SELECT id FROM events_claim), stamp, true),
        write_last_changes('statement', ARRAY(SELECT id FROM events_statement), stamp, true),
        write_last_changes('actorkind', ARRAY(SELECT id FROM actors_actorkind), stamp, true),
        write_last_changes('role', ARRAY(SELECT id FROM events_role), stamp, true),
        write_last_changes('actor', ARRAY(SELECT id FROM actors_actor), stamp, true),
        write_last_changes('location', ARRAY(SELECT id FROM events_location), stamp, true),
        write_last_changes('source', ARRAY(SELECT id FROM events_source), stamp, true),
        write_last_changes('eventtype', ARRAY(SELECT id FROM events_eventtype), stamp, true),
        write_last_changes('country', ARRAY(SELECT id FROM actors_country), stamp, true);
    PERFORM write_event_facts(ARRAY(SELECT id FROM events_event WHERE state = 'published'), stamp,
        true);
    UPDATE events_deletedevent SET written_in = pg_current_xact_id();
    UPDATE events_lastchange SET written_in = pg_current_xact_id()
    WHERE written_in > pg_current_xact_id();
    UPDATE event_facts_generation SET value = gen_random_uuid();
    PERFORM bump_data_version(stamp);
END
$$;

CREATE OR REPLACE FUNCTION take_queued_records() RETURNS TABLE (kind text, key bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH taken AS (
        DELETE FROM event_queue RETURNING kind, keys, reaches
    ), written AS MATERIALIZED (
        SELECT taken.kind, key, bool_or(reaches) AS reaches FROM taken, unnest(keys) AS key
        GROUP BY taken.kind, key
    ), noted AS MATERIALIZED (
        -- What a source is cited for shows whether the source is public.
        SELECT written.kind, written.key FROM written
        UNION
        SELECT target.kind, target.key FROM written
        JOIN LATERAL (
            SELECT * FROM events_citation WHERE source_id = written.key
            UNION ALL
            SELECT * FROM events_citation WHERE via_id = written.key
        ) AS citation ON true
        CROSS JOIN LATERAL (VALUES
            ('event', citation.event_id), ('participation', citation.participation_id),
            ('link', citation.link_id), ('claim', citation.claim_id),
            ('statement', citation.statement_id), ('position', citation.position_id),
            ('tenure', citation.tenure_id), ('actor', citation.actor_id),
            ('location', citation.location_id), ('actor name', citation.actor_name_id),
            ('location name', citation.location_name_id), ('country', citation.country_id)
        ) AS target (kind, key)
        WHERE written.kind = 'source' AND written.reaches AND target.key IS NOT NULL
    ), actor AS MATERIALIZED (
        -- All that is part of an actor belongs to what the actor belongs to.
        SELECT part.id FROM actors_actor AS part
        WHERE part.lineage && ARRAY(SELECT key FROM written WHERE kind = 'actor' AND reaches)
    ), place AS MATERIALIZED (
        SELECT inside.id FROM events_location AS inside
        WHERE inside.lineage && ARRAY(SELECT key FROM written WHERE kind = 'location' AND reaches)
    ), event AS (
        SELECT key AS id FROM written WHERE kind = 'event' AND reaches
    ), claim AS (
        -- A claim is public only if its event is.
        SELECT key AS id FROM written WHERE kind = 'claim' AND reaches
        UNION
        SELECT claim.id FROM event JOIN events_claim AS claim ON claim.event_id = event.id
    ), said AS MATERIALIZED (
        SELECT key AS id FROM written WHERE kind = 'statement' AND reaches
        UNION
        SELECT statement.id FROM actor
        JOIN events_statement AS statement ON statement.speaker_id = actor.id
    ), statement AS MATERIALIZED (
        SELECT key AS id FROM noted WHERE kind = 'statement'
        UNION
        SELECT id FROM said
        UNION
        SELECT stand.statement_id FROM noted
        JOIN events_position AS stand ON stand.id = noted.key WHERE noted.kind = 'position'
        UNION
        SELECT answer.statement_id FROM said
        JOIN events_position AS answer ON answer.answered_id = said.id
        UNION
        SELECT stand.statement_id FROM claim
        JOIN events_position AS stand ON stand.claim_id = claim.id
        UNION
        SELECT stand.statement_id FROM event
        JOIN events_position AS stand ON stand.event_id = event.id
        UNION
        SELECT made.id FROM event JOIN events_statement AS made ON made.occasion_id = event.id
        UNION
        SELECT made.id FROM place JOIN events_statement AS made ON made.location_id = place.id
        UNION
        SELECT heard.statement_id FROM actor
        JOIN events_statement_audience AS heard ON heard.actor_id = actor.id
    ), taking_positions AS MATERIALIZED (
        -- Who answers a statement speaks about the events that it is about.
        SELECT id FROM statement
        UNION
        SELECT answer.answered_id FROM statement
        JOIN events_position AS answer ON answer.statement_id = statement.id
        WHERE answer.answered_id IS NOT NULL
    ), stand AS MATERIALIZED (
        SELECT stand.claim_id, stand.event_id FROM taking_positions
        JOIN events_position AS stand ON stand.statement_id = taking_positions.id
    ), every_claim AS MATERIALIZED (
        SELECT key AS id FROM noted WHERE kind = 'claim'
        UNION
        SELECT id FROM claim
        UNION
        SELECT claim_id FROM stand WHERE claim_id IS NOT NULL
    ), link AS (
        SELECT link.from_event_id, link.to_event_id, link.to_claim_id FROM noted
        JOIN events_eventlink AS link ON link.id = noted.key WHERE noted.kind = 'link'
        UNION ALL
        SELECT link.from_event_id, link.to_event_id, link.to_claim_id FROM event
        JOIN events_eventlink AS link ON link.from_event_id = event.id
        UNION ALL
        SELECT link.from_event_id, link.to_event_id, link.to_claim_id FROM event
        JOIN events_eventlink AS link ON link.to_event_id = event.id
        UNION ALL
        SELECT link.from_event_id, link.to_event_id, link.to_claim_id FROM claim
        JOIN events_eventlink AS link ON link.to_claim_id = claim.id
    )
    SELECT noted.kind, noted.key FROM noted
    WHERE noted.kind IN ('event', 'actor', 'location', 'source', 'country', 'eventtype',
        'actorkind', 'role')
    UNION
    SELECT 'actor', id FROM actor
    UNION
    -- The kind is served with each actor of it.
    SELECT 'actor', named.id FROM written
    JOIN actors_actorkind AS actor_kind ON actor_kind.id = written.key
    JOIN actors_actor AS named ON named.kind = actor_kind.slug
    WHERE written.kind = 'actorkind' AND written.reaches
    UNION
    SELECT 'actor', other.actor_id FROM noted
    JOIN actors_actorname AS other ON other.id = noted.key WHERE noted.kind = 'actor name'
    UNION
    SELECT 'actor', tenure.person_id FROM noted
    JOIN actors_tenure AS tenure ON tenure.id = noted.key WHERE noted.kind = 'tenure'
    UNION
    SELECT 'actor', tenure.person_id FROM actor
    JOIN actors_tenure AS tenure ON tenure.body_id = actor.id
    UNION
    SELECT 'location', id FROM place
    UNION
    SELECT 'location', other.location_id FROM noted
    JOIN events_locationname AS other ON other.id = noted.key WHERE noted.kind = 'location name'
    UNION
    SELECT 'claim', id FROM every_claim
    UNION
    SELECT 'statement', id FROM statement
    UNION
    SELECT 'event', about.id FROM (
        SELECT event_id AS id FROM stand
        UNION ALL
        SELECT claim.event_id FROM every_claim
        JOIN events_claim AS claim ON claim.id = every_claim.id
        UNION ALL
        SELECT made.occasion_id FROM statement
        JOIN events_statement AS made ON made.id = statement.id
        UNION ALL
        SELECT part.event_id FROM noted
        JOIN events_participation AS part ON part.id = noted.key
        WHERE noted.kind = 'participation'
        UNION ALL
        SELECT part.event_id FROM actor
        JOIN events_participation AS part ON part.actor_id = actor.id
        UNION ALL
        SELECT event.id FROM place JOIN events_event AS event ON event.location_id = place.id
        UNION ALL
        SELECT from_event_id FROM link
        UNION ALL
        SELECT to_event_id FROM link
        UNION ALL
        SELECT claim.event_id FROM link JOIN events_claim AS claim ON claim.id = link.to_claim_id
    ) AS about
    WHERE about.id IS NOT NULL;
END
$$;

DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('actorkind', 'actors_actorkind'), ('role', 'events_role')
    ) AS entries (kind, table_name)
    LOOP
        EXECUTE format('CREATE TRIGGER %1$s_uuid BEFORE UPDATE OF uuid ON %2$I
            FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid()',
            entry.kind, entry.table_name);
        EXECUTE format('CREATE TRIGGER data_version AFTER TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION note_truncation()', entry.table_name);
        EXECUTE format('CREATE TRIGGER %1$s_queue_insert AFTER INSERT ON %2$I
            REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%1$L, ''id'')',
            entry.kind, entry.table_name);
        EXECUTE format('CREATE TRIGGER %1$s_queue_update AFTER UPDATE ON %2$I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%1$L, ''id'')',
            entry.kind, entry.table_name);
        EXECUTE format('CREATE TRIGGER %1$s_queue_delete AFTER DELETE ON %2$I
            REFERENCING OLD TABLE AS was
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%1$L, ''id'')',
            entry.kind, entry.table_name);
    END LOOP;
END
$$;
CREATE TRIGGER actorkind_queue_reaching AFTER UPDATE ON actors_actorkind
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('actorkind', 'name, nature');

SELECT rebuild_event_facts();
