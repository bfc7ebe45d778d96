-- The facts of events: one row for each published event, with all that the timeline filters, counts
-- and searches by. The database writes them (event_queue.sql). The index that every process holds
-- reads them (events/index).

-- Lists hold primary keys of published records alone, each once. `parts` say who takes part, and as
-- what: each is one number (part_number). `actors` are those who take part and all that they are
-- part of. `places` are the place and all around it, the outermost first. `countries` are those of
-- the place and of those who take part. `document` is the event's own text: title (weight A),
-- summary (C), notes, claims and statements about it (D). Names are searched by indexes of their
-- own, so that renaming an actor writes no event. `updated_at` is when the event itself last
-- changed: the same as in events_lastchange. `written_in` is the transaction that wrote the row. `also_cited` are other sources that citations of the event, of its participations and of
-- its links name. `basis` says how the
-- date is known. `digest` is made of all that is served with the event (changes.sql): a row is
-- written if it differs.
CREATE TABLE event_facts (
    event_id bigint PRIMARY KEY,
    uuid uuid NOT NULL,
    kind_id bigint NOT NULL,
    standing text NOT NULL,
    parts bigint[] NOT NULL,
    actors bigint[] NOT NULL,
    countries bigint[] NOT NULL,
    places bigint[] NOT NULL,
    speakers bigint[] NOT NULL,
    sources bigint[] NOT NULL,
    first_day bigint NOT NULL,
    last_day bigint NOT NULL,
    is_date_qualified boolean NOT NULL,
    updated_at timestamptz NOT NULL,
    document tsvector NOT NULL,
    written_in xid8 NOT NULL,
    also_cited bigint[] NOT NULL,
    digest uuid NOT NULL,
    basis text NOT NULL
);
CREATE INDEX event_facts_by_transaction ON event_facts (written_in);
CREATE INDEX event_facts_by_word ON event_facts USING gin (document);

-- One row, whose value changes when all facts are made anew. An index of older facts is then
-- useless.
CREATE TABLE event_facts_generation (value uuid NOT NULL);
INSERT INTO event_facts_generation VALUES (gen_random_uuid());

-- The transaction that wrote the row, by which an index knows whether it has read the row. It is a
-- column of the database alone: Django's model does not know it.
ALTER TABLE events_deletedevent ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX deletedevent_by_transaction ON events_deletedevent (written_in);

-- A participation as one number, which events/index/facts.py reads: the key of the actor, the key of
-- the role in fifteen bits, and whether the participation is alleged.
CREATE FUNCTION part_number(actor_id bigint, role_id bigint, is_alleged boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN (actor_id << 16) + 2 * role_id + is_alleged::int;

-- The search documents of these events. No phrase reaches from one text into the next: the word
-- xgapx stands between them, and is taken out at the end.
CREATE FUNCTION event_texts(wanted bigint[]) RETURNS TABLE (event_id bigint, document tsvector)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH claims AS (
        SELECT claim.event_id,
            string_agg(concat_ws(' xgapx ', claim.text, claim.note), ' xgapx ' ORDER BY claim.id)
                AS texts
        FROM events_claim AS claim
        WHERE claim.event_id = ANY (wanted) AND claim.state = 'published'
        GROUP BY claim.event_id
    ), said AS (
        SELECT about.event_id,
            string_agg(
                concat_ws(' xgapx ', statement.paraphrase, statement.quote, statement.note),
                ' xgapx ' ORDER BY statement.id) AS texts
        FROM statements_about(wanted) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        GROUP BY about.event_id
    ), noted AS (
        SELECT event_id, string_agg(note, ' xgapx ' ORDER BY note) AS texts
        FROM (
            SELECT part.event_id, part.note FROM events_participation AS part
            JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
            WHERE part.event_id = ANY (wanted)
            UNION ALL
            SELECT link.from_event_id, link.note FROM served_link AS served
            JOIN events_eventlink AS link ON link.id = served.id
            WHERE served.from_event_id = ANY (wanted)
        ) AS note
        WHERE note <> ''
        GROUP BY event_id
    ), written AS MATERIALIZED (
        -- Once for each event, however the planner joins them.
        SELECT event.id, ts_delete(
            setweight(text_vector(event.title)
                || to_tsvector('simple', search_words(event.title) || ' xgapx'), 'A')
            || setweight(text_vector(event.summary), 'C')
            || setweight(text_vector(concat_ws(' xgapx ', event.note, event.standing_reason,
                noted.texts, claims.texts, said.texts)), 'D'),
            'xgapx') AS document
        FROM events_event AS event
        LEFT JOIN claims ON claims.event_id = event.id
        LEFT JOIN said ON said.event_id = event.id
        LEFT JOIN noted ON noted.event_id = event.id
        WHERE event.id = ANY (wanted)
    )
    SELECT id, document FROM written;
END;

-- The facts of the events with these keys that are published, as event_facts has them. `updated_at`
-- is here when a curator last wrote the event.
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

-- Writes the facts of these events where they differ, and this time as that of the change. Says
-- whether it wrote any. If times are to be kept, as while a dump is loaded or facts are made anew, an
-- event has the time that is noted, or else the one at which a curator last wrote it. An event that
-- is no longer public leaves a row in events_deletedevent, by which an index and whoever follows the
-- chronology know that the event has to go.
CREATE FUNCTION write_event_facts(wanted bigint[], stamp timestamptz, keeps_times boolean)
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

-- Whether an index cannot be read from the facts. Either there are none though there are events, or
-- the database was restored from a copy: then its transactions are numbered anew, and the numbers
-- in the rows lie in the future.
CREATE FUNCTION are_event_facts_lost() RETURNS boolean
LANGUAGE sql STABLE
RETURN (
    EXISTS (SELECT FROM events_event WHERE state = 'published')
    AND NOT EXISTS (SELECT FROM event_facts)
) OR EXISTS (
    SELECT FROM event_facts WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())
) OR EXISTS (
    SELECT FROM events_deletedevent WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())
) OR EXISTS (
    SELECT FROM events_lastchange WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())
);

-- Makes all facts anew, and the digests of all other records. Records keep their times of change.
-- The lock is that of describe_queued_records.
CREATE FUNCTION rebuild_event_facts() RETURNS void
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

-- Empties the facts with the events. Nothing else that facts are made of can be truncated alone,
-- because published records would lose their citations.
CREATE FUNCTION forget_event_facts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM event_queue;
    TRUNCATE event_facts;
    DELETE FROM events_lastchange WHERE kind = 'event';
    UPDATE event_facts_generation SET value = gen_random_uuid();
    RETURN NULL;
END
$$;
-- TRUNCATE fires no trigger of single rows.
CREATE TRIGGER event_facts_truncate AFTER TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION forget_event_facts();
