-- All events are described once; each of them takes some tenths of a millisecond.
SET LOCAL statement_timeout = 0;

-- The transaction that wrote the row, by which an index knows whether it has read it.
ALTER TABLE events_deletedevent ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX deletedevent_by_transaction ON events_deletedevent (written_in);

-- The facts table: what filters, counts and searches of the timeline read.
--
-- Triggers on the record tables only note which events are touched (event_queue). At commit one
-- deferred trigger writes the facts of each of them once. The index that every process holds
-- (events/index) reads the rows whose transaction it has not seen.

-- One row per published event. Lists hold primary keys of published records alone, each once.
-- `parts` say who takes part as what, each as one number: see part_number. `actors` are those who
-- take part and all that they are part of; `places` the place and all around it, the outermost
-- first; `countries` those of the place and of who takes part. `document` is what the event's own text says:
-- title (A), summary (C), claims about it and statements about it (D); names stand in documents of
-- their own, so that renaming an actor touches no event.
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
    written_in xid8 NOT NULL
);
CREATE INDEX event_facts_by_transaction ON event_facts (written_in);
CREATE INDEX event_facts_by_word ON event_facts USING gin (document);

-- Changes whenever all facts are made anew: an index of older facts is then of no use.
CREATE TABLE event_facts_generation (value uuid NOT NULL);
INSERT INTO event_facts_generation VALUES (gen_random_uuid());

-- Records that a transaction changed and whose events are not described yet. No row outlives its
-- transaction, so nothing is lost with the table when the server dies.
CREATE UNLOGGED TABLE event_queue (
    kind text NOT NULL,
    keys bigint[] NOT NULL,
    is_first boolean NOT NULL
);

-- A participation as one number: the key of the actor, the number of the role, which counts from 1,
-- and whether it is alleged. events/index/facts.py reads it.
CREATE FUNCTION part_number(actor_id bigint, role text, is_alleged boolean) RETURNS bigint
LANGUAGE sql IMMUTABLE
RETURN (actor_id << 8) + is_alleged::int + 2 * array_position(ARRAY[
    'initiator', 'decider', 'perpetrator', 'intervener', 'author', 'speaker', 'visitor',
    'host', 'participant', 'mediator', 'witness', 'audience', 'called-upon', 'target',
    'victim'
], role);

-- What the event's own text says, with a gap between its parts, which no phrase spans.
CREATE FUNCTION event_texts(wanted bigint[]) RETURNS TABLE (event_id bigint, document tsvector)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH claims AS (
        SELECT claim.event_id, string_agg(claim.text, ' xgapx ' ORDER BY claim.id) AS texts
        FROM events_claim AS claim
        WHERE claim.event_id = ANY (wanted) AND claim.state = 'published'
        GROUP BY claim.event_id
    ), said AS (
        SELECT about.event_id,
            string_agg(concat_ws(' xgapx ', statement.paraphrase, statement.quote),
                       ' xgapx ' ORDER BY statement.id) AS texts
        FROM statements_about(wanted) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        GROUP BY about.event_id
    )
    SELECT event.id, ts_delete(
        setweight(to_tsvector('chancery', search_text(event.title) || ' xgapx')
            || to_tsvector('simple', search_text(event.title) || ' xgapx'), 'A')
        || setweight(to_tsvector('chancery', search_text(event.summary) || ' xgapx'), 'C')
        || setweight(to_tsvector('chancery', search_text(
            concat_ws(' xgapx ', claims.texts, said.texts, 'xgapx'))), 'D'),
        'xgapx')
    FROM events_event AS event
    LEFT JOIN claims ON claims.event_id = event.id
    LEFT JOIN said ON said.event_id = event.id
    WHERE event.id = ANY (wanted);
END;

-- The facts of the events with these keys that are published, as event_facts has them.
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
    )
    SELECT event.id, event.uuid, event.kind_id, event.standing::text,
        party.parts,
        ARRAY(
            SELECT DISTINCT above.id
            FROM actors_actor AS member
            JOIN actors_actor AS above
                ON above.id = ANY (member.lineage) AND above.state = 'published'
            WHERE member.id = ANY (party.members)
            ORDER BY above.id),
        ARRAY(
            SELECT member.country_id FROM actors_actor AS member
            WHERE member.id = ANY (party.members) AND member.country_id IS NOT NULL
            UNION
            SELECT place.country_id WHERE place.country_id IS NOT NULL
            ORDER BY country_id),
        ARRAY(
            SELECT around.id FROM events_location AS around
            WHERE around.id = ANY (place.lineage) AND around.state = 'published'
            ORDER BY cardinality(around.lineage)),
        coalesce(speaking.speakers, '{}'),
        ARRAY(
            SELECT DISTINCT source.id
            FROM events_citation AS citation
            JOIN events_source AS source
                ON source.id = citation.source_id AND source.state = 'published'
            WHERE citation.event_id = event.id
            ORDER BY source.id),
        event.first_day, event.last_day, event.is_date_qualified,
        event.updated_at, texts.document, pg_current_xact_id()
    FROM events_event AS event
    JOIN event_texts(wanted) AS texts ON texts.event_id = event.id
    LEFT JOIN speaking ON speaking.event_id = event.id
    LEFT JOIN events_location AS place
        ON place.id = event.location_id AND place.state = 'published'
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(DISTINCT part.actor_id), '{}') AS members,
            coalesce(array_agg(part_number(part.actor_id, part.role, part.is_alleged)
                ORDER BY part.actor_id, part.id), '{}') AS parts
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = event.id
    ) AS party
    WHERE event.id = ANY (wanted) AND event.state = 'published';
END;

-- Writes the facts of these events. One that is no longer public leaves a row of its own
-- (events_deletedevent), by which an index knows that it has to go.
CREATE FUNCTION write_event_facts(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off SET jit = off
AS $$
BEGIN
    WITH gone AS (
        DELETE FROM event_facts AS facts WHERE facts.event_id = ANY (wanted) AND NOT EXISTS (
            SELECT FROM events_event WHERE id = facts.event_id AND state = 'published')
        RETURNING facts.event_id, facts.uuid
    )
    INSERT INTO events_deletedevent AS deleted (event_id, uuid, deleted_at, written_in)
    SELECT event_id, uuid, now(), pg_current_xact_id() FROM gone
    ON CONFLICT (event_id) DO UPDATE SET uuid = excluded.uuid, deleted_at = excluded.deleted_at,
        written_in = excluded.written_in;
    INSERT INTO event_facts AS facts SELECT * FROM event_descriptions(wanted)
    ON CONFLICT (event_id) DO UPDATE SET
        uuid = excluded.uuid, kind_id = excluded.kind_id, standing = excluded.standing,
        parts = excluded.parts, actors = excluded.actors, countries = excluded.countries,
        places = excluded.places, speakers = excluded.speakers, sources = excluded.sources,
        first_day = excluded.first_day, last_day = excluded.last_day,
        is_date_qualified = excluded.is_date_qualified,
        updated_at = excluded.updated_at, document = excluded.document,
        written_in = excluded.written_in;
    DELETE FROM events_deletedevent AS deleted
    WHERE deleted.event_id = ANY (wanted)
        AND EXISTS (SELECT FROM event_facts WHERE event_id = deleted.event_id);
END
$$;

-- The events of all that this transaction has queued, which leaves the queue.
CREATE FUNCTION take_queued_events() RETURNS bigint[]
LANGUAGE sql SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
    WITH taken AS (
        DELETE FROM event_queue RETURNING kind, keys
    ), record AS MATERIALIZED (
        SELECT DISTINCT kind, key FROM taken, unnest(keys) AS key
    ), spoken AS (
        SELECT key AS id FROM record WHERE record.kind = 'statement'
        UNION
        SELECT statement.id FROM record
        JOIN events_statement AS statement ON statement.speaker_id = record.key
        WHERE record.kind = 'actor'
    ), taking_positions AS (
        -- Who answers a statement speaks about the events that it is about.
        SELECT id FROM spoken
        UNION
        SELECT answer.answered_id FROM spoken
        JOIN events_position AS answer ON answer.statement_id = spoken.id
        WHERE answer.answered_id IS NOT NULL
    )
    SELECT array_agg(DISTINCT event_id) FROM (
        SELECT key AS event_id FROM record WHERE record.kind = 'event'
        UNION ALL
        SELECT claim.event_id FROM record
        JOIN events_claim AS claim ON claim.id = record.key WHERE record.kind = 'claim'
        UNION ALL
        SELECT coalesce(stand.event_id, claim.event_id) FROM taking_positions
        JOIN events_position AS stand ON stand.statement_id = taking_positions.id
        LEFT JOIN events_claim AS claim ON claim.id = stand.claim_id
        UNION ALL
        SELECT part.event_id FROM actors_actor AS actor
        JOIN events_participation AS part ON part.actor_id = actor.id
        WHERE actor.lineage && ARRAY(SELECT key FROM record WHERE record.kind = 'actor')
        UNION ALL
        SELECT event.id FROM events_location AS place
        JOIN events_event AS event ON event.location_id = place.id
        WHERE place.lineage && ARRAY(SELECT key FROM record WHERE record.kind = 'location')
        UNION ALL
        SELECT citation.event_id FROM record
        JOIN events_citation AS citation ON citation.source_id = record.key WHERE record.kind = 'source'
    ) AS touched
    WHERE event_id IS NOT NULL
$$;

-- Describes what this transaction has queued. Writers do this one after the other: each waits for
-- the lock, and then sees all that those before it have committed. So two who change one event,
-- or one who moves a place while another adds an event to it, leave facts that hold both; and as
-- no row is locked while one waits, they cannot wait for each other.
CREATE FUNCTION describe_queued_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5140419);
    PERFORM write_event_facts(take_queued_events());
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER event_queue_described AFTER INSERT ON event_queue
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_first)
    EXECUTE FUNCTION describe_queued_events();

CREATE FUNCTION queue_records(record_kind text, record_keys bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    -- Not by STRICT, as an empty list is queued no more than none.
    IF cardinality(record_keys) > 0 THEN
        INSERT INTO event_queue
        SELECT record_kind, record_keys, NOT EXISTS (SELECT FROM event_queue);
    END IF;
END
$$;

-- For tables of which each row belongs to one event, whose key the column TG_ARGV[0] holds.
CREATE FUNCTION queue_own_event() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    tables text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE changed'
        WHEN 'DELETE' THEN 'TABLE was'
        ELSE '(TABLE was EXCEPT TABLE changed) UNION ALL (TABLE changed EXCEPT TABLE was)' END;
    touched bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT %1$I) FROM (%2$s) AS rows WHERE %1$I IS NOT NULL',
        TG_ARGV[0], tables) INTO touched;
    PERFORM queue_records('event', touched);
    RETURN NULL;
END
$$;

-- A position is about an event or a claim, or answers a statement: see statements_about.
CREATE FUNCTION queue_position() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    tables text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE changed'
        WHEN 'DELETE' THEN 'TABLE was'
        ELSE 'TABLE was UNION ALL TABLE changed' END;
    events bigint[];
    claims bigint[];
    statements bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(event_id) FILTER (WHERE event_id IS NOT NULL),
            array_agg(claim_id) FILTER (WHERE claim_id IS NOT NULL),
            array_agg(answered_id) FILTER (WHERE answered_id IS NOT NULL)
        FROM (%s) AS rows', tables) INTO events, claims, statements;
    PERFORM queue_records('event', events), queue_records('claim', claims),
        queue_records('statement', statements);
    RETURN NULL;
END
$$;

-- For records whose columns TG_ARGV[1] are part of the facts of many events: their kind is
-- TG_ARGV[0]. New ones have no events yet, and those that have some cannot be deleted.
CREATE FUNCTION queue_changed_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    touched bigint[];
BEGIN
    EXECUTE format('SELECT array_agg(id) FROM (
        SELECT id, %1$s FROM changed EXCEPT SELECT id, %1$s FROM was) AS rows', TG_ARGV[1])
    INTO touched;
    PERFORM queue_records(TG_ARGV[0], touched);
    RETURN NULL;
END
$$;

-- Where the events are truncated, all that is about them is; alone, nothing can be truncated that
-- facts are made of, because published records would lose their citations.
CREATE FUNCTION forget_event_facts() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM event_queue;
    TRUNCATE event_facts;
    UPDATE event_facts_generation SET value = gen_random_uuid();
    RETURN NULL;
END
$$;

-- Whether no index can be read from the facts: there are none though there are events, or the
-- database was restored from a copy and its transactions are numbered anew.
CREATE FUNCTION are_event_facts_lost() RETURNS boolean
LANGUAGE sql STABLE
RETURN (
    EXISTS (SELECT FROM events_event WHERE state = 'published')
    AND NOT EXISTS (SELECT FROM event_facts)
) OR EXISTS (
    SELECT FROM event_facts WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())
) OR EXISTS (
    SELECT FROM events_deletedevent WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())
);

-- Makes all facts anew.
CREATE FUNCTION rebuild_event_facts() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5140419);
    DELETE FROM event_facts;
    PERFORM write_event_facts(ARRAY(SELECT id FROM events_event WHERE state = 'published'));
    UPDATE events_deletedevent SET written_in = pg_current_xact_id();
    UPDATE event_facts_generation SET value = gen_random_uuid();
END
$$;

CREATE TRIGGER event_queue_insert AFTER INSERT ON events_event
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('id');
CREATE TRIGGER event_queue_update AFTER UPDATE ON events_event
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('id');
CREATE TRIGGER event_queue_delete AFTER DELETE ON events_event
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('id');

CREATE TRIGGER participation_queue_insert AFTER INSERT ON events_participation
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER participation_queue_update AFTER UPDATE ON events_participation
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER participation_queue_delete AFTER DELETE ON events_participation
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');

CREATE TRIGGER citation_queue_insert AFTER INSERT ON events_citation
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER citation_queue_update AFTER UPDATE ON events_citation
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER citation_queue_delete AFTER DELETE ON events_citation
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');

CREATE TRIGGER claim_queue_insert AFTER INSERT ON events_claim
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER claim_queue_update AFTER UPDATE ON events_claim
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');
CREATE TRIGGER claim_queue_delete AFTER DELETE ON events_claim
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event('event_id');

CREATE TRIGGER position_queue_insert AFTER INSERT ON events_position
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_position();
CREATE TRIGGER position_queue_update AFTER UPDATE ON events_position
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_position();
CREATE TRIGGER position_queue_delete AFTER DELETE ON events_position
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_position();

CREATE TRIGGER statement_queue_update AFTER UPDATE ON events_statement
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('statement', 'state, speaker_id, paraphrase, quote');
CREATE TRIGGER actor_queue_update AFTER UPDATE ON actors_actor
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('actor', 'state, country_id, lineage');
CREATE TRIGGER location_queue_update AFTER UPDATE ON events_location
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('location', 'state, country_id, lineage');
CREATE TRIGGER source_queue_update AFTER UPDATE ON events_source
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('source', 'state');

CREATE TRIGGER event_facts_truncate AFTER TRUNCATE ON events_event
    FOR EACH STATEMENT EXECUTE FUNCTION forget_event_facts();

-- Names are searched each by itself, whichever record has it.
CREATE INDEX actor_by_word ON actors_actor USING gin (name_vector(search_text(name)));
CREATE INDEX actorname_by_word ON actors_actorname USING gin (name_vector(search_text(name)));
CREATE INDEX location_by_word ON events_location USING gin (name_vector(search_text(name)));
CREATE INDEX locationname_by_word ON events_locationname USING gin (name_vector(search_text(name)));

SELECT rebuild_event_facts();
