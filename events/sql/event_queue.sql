-- The queue: which records have to be looked at again, because a transaction changed something that
-- may be served with them.
--
-- Triggers on the tables of records only note what was written. At commit, one deferred trigger sees
-- what of it is public, and writes the facts of events and the times of change of all records, each
-- of them once.

-- Rows that a transaction wrote, by what they belong to: kinds of record as in events_lastchange, and
-- rows of a record that citations are of. `reaches`: what leads to the records is touched, too,
-- because they were published or hidden, or are named otherwise. Only the first row of a transaction
-- fires the deferred trigger (`is_first`). No row outlives its transaction, so nothing is lost when
-- the server dies and the unlogged table is emptied.
CREATE UNLOGGED TABLE event_queue (
    kind text NOT NULL,
    keys bigint[] NOT NULL,
    reaches boolean NOT NULL,
    is_first boolean NOT NULL
);

-- Empties the queue, and returns every record that may be served otherwise than before.
CREATE FUNCTION take_queued_records() RETURNS TABLE (kind text, key bigint)
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

-- Sees what of the queue is public, and writes what of it has changed, with one time for all.
-- Transactions do this one after the other. Each waits for the lock, and then sees all that those
-- before it have committed. So two writers who change one event leave facts that hold both changes,
-- and so do one who moves a place and one who adds an event to it; and of two times the later one is
-- that of the later commit. No row of the facts is locked while a transaction waits, and no record
-- is written here, so two of them cannot wait for each other.
CREATE FUNCTION describe_queued_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD'
    SET extra_float_digits = 1
AS $$
DECLARE
    -- While a dump is loaded, records keep their times.
    keeps_times boolean := coalesce(current_setting('chancery.is_loading', true), '') = 'on';
    has_changed boolean := false;
    stamp timestamptz;
    touched record;
BEGIN
    PERFORM pg_advisory_xact_lock(5140419);
    stamp := next_time_of_change();
    -- Events last: their digests are made of those of claims and statements.
    FOR touched IN
        SELECT kind, array_agg(key) AS keys FROM take_queued_records()
        GROUP BY kind ORDER BY kind = 'event'
    LOOP
        IF touched.kind = 'event' THEN
            has_changed := write_event_facts(touched.keys, stamp, keeps_times) OR has_changed;
        ELSE
            has_changed := write_last_changes(touched.kind, touched.keys, stamp, keeps_times)
                OR has_changed;
        END IF;
    END LOOP;
    IF has_changed THEN
        PERFORM bump_data_version(stamp);
    END IF;
    RETURN NULL;
END
$$;
-- At the end of each transaction that queued anything.
CREATE CONSTRAINT TRIGGER event_queue_described AFTER INSERT ON event_queue
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.is_first)
    EXECUTE FUNCTION describe_queued_records();

-- Notes what changed rows belong to. The arguments are pairs: a kind, and the column that holds the
-- keys. An update that leaves a row as it was notes nothing.
CREATE FUNCTION queue_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    tables text := CASE TG_OP
        WHEN 'INSERT' THEN 'TABLE changed'
        WHEN 'DELETE' THEN 'TABLE was'
        ELSE '(TABLE was EXCEPT TABLE changed) UNION ALL (TABLE changed EXCEPT TABLE was)' END;
    targets text := '';
BEGIN
    FOR place IN 0 .. TG_NARGS - 1 BY 2 LOOP
        targets := targets || format(', (%L, rows.%I::bigint)', TG_ARGV[place], TG_ARGV[place + 1]);
    END LOOP;
    EXECUTE format('
        INSERT INTO event_queue
        SELECT target.kind, array_agg(DISTINCT target.key), false,
            row_number() OVER () = 1 AND NOT EXISTS (SELECT FROM event_queue)
        FROM (%s) AS rows CROSS JOIN LATERAL (VALUES %s) AS target (kind, key)
        WHERE target.key IS NOT NULL GROUP BY target.kind', tables, substr(targets, 3));
    RETURN NULL;
END
$$;

-- Notes records of the kind TG_ARGV[0] of which one of the columns TG_ARGV[1] has changed: what leads
-- to them is touched, too. A new record has nothing that leads to it yet, and one that has cannot be
-- deleted.
CREATE FUNCTION queue_reaching_records() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    EXECUTE format('
        INSERT INTO event_queue
        SELECT %2$L, array_agg(id), true, NOT EXISTS (SELECT FROM event_queue)
        FROM (SELECT id, %1$s FROM changed EXCEPT SELECT id, %1$s FROM was) AS rows
        HAVING count(*) > 0', TG_ARGV[1], TG_ARGV[0]);
    RETURN NULL;
END
$$;

-- Every table of what is served. Only what other triggers derive from these is left out.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('actors_actor', $a$'actor', 'id'$a$),
        ('actors_actorname', $a$'actor', 'actor_id'$a$),
        ('actors_tenure', $a$'actor', 'person_id'$a$),
        ('actors_country', $a$'country', 'id'$a$),
        ('actors_countryname', $a$'country', 'country_id'$a$),
        ('events_location', $a$'location', 'id'$a$),
        ('events_locationname', $a$'location', 'location_id'$a$),
        ('events_source', $a$'source', 'id'$a$),
        ('events_eventtype', $a$'eventtype', 'id'$a$),
        ('actors_actorkind', $a$'actorkind', 'id'$a$),
        ('events_role', $a$'role', 'id'$a$),
        ('events_event', $a$'event', 'id'$a$),
        ('events_paststanding', $a$'event', 'event_id'$a$),
        ('events_participation', $a$'event', 'event_id'$a$),
        ('events_eventlink',
            $a$'event', 'from_event_id', 'event', 'to_event_id', 'claim', 'to_claim_id'$a$),
        ('events_claim', $a$'claim', 'id', 'event', 'event_id'$a$),
        ('events_statement', $a$'statement', 'id', 'event', 'occasion_id'$a$),
        ('events_statement_audience', $a$'statement', 'statement_id'$a$),
        ('events_position', $a$'statement', 'statement_id', 'statement', 'answered_id',
            'event', 'event_id', 'claim', 'claim_id'$a$),
        ('events_citation', $a$'event', 'event_id', 'participation', 'participation_id',
            'link', 'link_id', 'claim', 'claim_id', 'statement', 'statement_id',
            'position', 'position_id', 'tenure', 'tenure_id', 'actor', 'actor_id',
            'location', 'location_id', 'actor name', 'actor_name_id',
            'location name', 'location_name_id', 'country', 'country_id'$a$)
    ) AS entries (table_name, targets)
    LOOP
        EXECUTE format('CREATE TRIGGER %1$s_queue_insert AFTER INSERT ON %2$I
            REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.targets);
        EXECUTE format('CREATE TRIGGER %1$s_queue_update AFTER UPDATE ON %2$I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.targets);
        EXECUTE format('CREATE TRIGGER %1$s_queue_delete AFTER DELETE ON %2$I
            REFERENCING OLD TABLE AS was
            FOR EACH STATEMENT EXECUTE FUNCTION queue_records(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.targets);
    END LOOP;
END
$$;

-- Who is public, of which country, and part of what.
CREATE TRIGGER actor_queue_reaching AFTER UPDATE ON actors_actor
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('actor', 'state, country_id, lineage');
-- What actors of this kind are called, and are in general.
CREATE TRIGGER actorkind_queue_reaching AFTER UPDATE ON actors_actorkind
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('actorkind', 'name, nature');
-- Which place is public, in which country, and inside which others.
CREATE TRIGGER location_queue_reaching AFTER UPDATE ON events_location
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('location', 'state, country_id, lineage');
-- Which source is public.
CREATE TRIGGER source_queue_reaching AFTER UPDATE ON events_source
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('source', 'state');
-- Which event is public, and what a link calls it.
CREATE TRIGGER event_queue_reaching AFTER UPDATE ON events_event
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('event', 'state, slug, title');
-- Which claim is public, and what a link calls it.
CREATE TRIGGER claim_queue_reaching AFTER UPDATE ON events_claim
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('claim', 'state, event_id, slug, text');
-- Which statement is public.
CREATE TRIGGER statement_queue_reaching AFTER UPDATE ON events_statement
    REFERENCING OLD TABLE AS was NEW TABLE AS changed FOR EACH STATEMENT
    EXECUTE FUNCTION queue_reaching_records('statement', 'state, speaker_id');

-- Notes the records that former slugs belong to, for whoever writes these by hand.
CREATE FUNCTION queue_former_slugs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    INSERT INTO event_queue
    SELECT kind, array_agg(id), false,
        row_number() OVER () = 1 AND NOT EXISTS (SELECT FROM event_queue)
    FROM changed JOIN (
        SELECT 'actor' AS kind, id, uuid FROM actors_actor
        UNION ALL SELECT 'claim', id, uuid FROM events_claim
        UNION ALL SELECT 'country', id, uuid FROM actors_country
        UNION ALL SELECT 'event', id, uuid FROM events_event
        UNION ALL SELECT 'eventtype', id, uuid FROM events_eventtype
        UNION ALL SELECT 'location', id, uuid FROM events_location
        UNION ALL SELECT 'source', id, uuid FROM events_source
    ) AS records ON records.uuid = changed.record
    GROUP BY kind;
    RETURN NULL;
END
$$;
-- Old addresses are served, too: they lead to the record.
CREATE TRIGGER formerslug_queue_insert AFTER INSERT ON events_formerslug
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_former_slugs();
CREATE TRIGGER formerslug_queue_update AFTER UPDATE ON events_formerslug
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_former_slugs();
CREATE TRIGGER formerslug_queue_delete AFTER DELETE ON events_formerslug
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION queue_former_slugs();
