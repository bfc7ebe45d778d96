-- The queue: which events have to be described again, because a transaction changed something that
-- is part of their facts.
--
-- Triggers on the tables of records only note what has changed. At commit, one deferred trigger
-- writes the facts of all these events, each of them once.

-- Records that a transaction changed and whose events are not described yet. Only the first row of
-- a transaction fires the deferred trigger (`is_first`). No row outlives its transaction, so
-- nothing is lost when the server dies and the unlogged table is emptied.
CREATE UNLOGGED TABLE event_queue (
    kind text NOT NULL,
    keys bigint[] NOT NULL,
    is_first boolean NOT NULL
);

-- Empties the queue, and returns the events of all that stood in it.
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

-- Writes the facts of all events in the queue. Transactions do this one after the other. Each waits
-- for the lock, and then sees all that those before it have committed. So two writers who change
-- one event leave facts that hold both changes, and so do one who moves a place and one who adds an
-- event to it. No row of the facts is locked while a transaction waits, so two of them cannot wait
-- for each other.
CREATE FUNCTION describe_queued_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(5140419);
    PERFORM write_event_facts(take_queued_events());
    RETURN NULL;
END
$$;
-- At the end of each transaction that queued anything.
CREATE CONSTRAINT TRIGGER event_queue_described AFTER INSERT ON event_queue
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_first)
    EXECUTE FUNCTION describe_queued_events();

-- Notes some records of one kind: event, claim, statement, actor, location or source.
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

-- Notes the events that changed rows belong to. The column TG_ARGV[0] holds their keys. An update
-- that leaves a row as it was notes nothing.
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
-- The event itself, who takes part in it, what cites it, and the claims about it.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('event', 'id'),
        ('participation', 'event_id'),
        ('citation', 'event_id'),
        ('claim', 'event_id')
    ) AS entries (name, event_column)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event(%L)',
            entry.name || '_queue_insert', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event(%L)',
            entry.name || '_queue_update', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS was
            FOR EACH STATEMENT EXECUTE FUNCTION queue_own_event(%L)',
            entry.name || '_queue_delete', 'events_' || entry.name, entry.event_column);
    END LOOP;
END
$$;

-- Notes what changed positions are about: an event, a claim, or a statement that they answer. Their
-- statement is then about other events than before (statements_about.sql).
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
-- A position that is taken, changed or taken back.
CREATE TRIGGER position_queue_insert AFTER INSERT ON events_position
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_position();
CREATE TRIGGER position_queue_update AFTER UPDATE ON events_position
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION queue_position();
CREATE TRIGGER position_queue_delete AFTER DELETE ON events_position
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION queue_position();

-- Notes records of the kind TG_ARGV[0] if one of their columns TG_ARGV[1] has changed. These
-- columns are part of the facts of every event that the record belongs to. A new record has no
-- events yet, and one that has events cannot be deleted.
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
-- What a statement says, and who says it, is part of the facts of the events that it is about.
CREATE TRIGGER statement_queue_update AFTER UPDATE ON events_statement
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('statement', 'state, speaker_id, paraphrase, quote');
-- Who is public, of which country, and part of what.
CREATE TRIGGER actor_queue_update AFTER UPDATE ON actors_actor
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('actor', 'state, country_id, lineage');
-- Which place is public, in which country, and inside which others.
CREATE TRIGGER location_queue_update AFTER UPDATE ON events_location
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('location', 'state, country_id, lineage');
-- Which source is public.
CREATE TRIGGER source_queue_update AFTER UPDATE ON events_source
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_changed_records('source', 'state');
