CREATE TRIGGER location_1_lineage BEFORE INSERT OR UPDATE OF parent_id ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_lineage('parent_id');
CREATE TRIGGER location_2_time_stamps BEFORE UPDATE ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_name');
CREATE TRIGGER location_3_children AFTER INSERT ON events_location
    FOR EACH ROW EXECUTE FUNCTION pass_lineage_on('parent_id');
CREATE TRIGGER location_4_children AFTER UPDATE ON events_location
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION pass_lineage_on('parent_id');

CREATE TRIGGER source_time_stamps BEFORE UPDATE ON events_source
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_title', 'date_first_day');
-- The editors' word on an event: since when, and what it was before, once it had been public.
CREATE FUNCTION keep_standing() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.standing_since := OLD.standing_since;
    IF (NEW.standing, NEW.standing_reason) IS DISTINCT FROM (OLD.standing, OLD.standing_reason) THEN
        NEW.standing_since := now();
        IF OLD.state = 'published' THEN
            INSERT INTO events_paststanding (event_id, standing, reason, since, until)
            VALUES (OLD.id, OLD.standing, OLD.standing_reason, OLD.standing_since, now());
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER event_1_standing BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_standing();
CREATE TRIGGER event_2_time_stamps BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day', 'is_date_qualified');
CREATE TRIGGER claim_time_stamps BEFORE UPDATE ON events_claim
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps();
CREATE TRIGGER statement_time_stamps BEFORE UPDATE ON events_statement
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day', 'is_date_qualified');

-- Which events a statement is about: those it takes a position on, those of the claims it takes a
-- position on, and those that the statement it answers is about. What is not published leads nowhere.
CREATE VIEW events_statementevent AS
WITH stated AS (
    SELECT position.statement_id, position.event_id
    FROM events_position AS position WHERE position.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position JOIN events_claim AS claim ON claim.id = position.claim_id
    WHERE claim.event_id IS NOT NULL AND claim.state = 'published'
)
SELECT DISTINCT statement_id || '-' || event_id AS id, statement_id, event_id
FROM (
    SELECT statement_id, event_id FROM stated
    UNION ALL
    SELECT position.statement_id, stated.event_id
    FROM events_position AS position
    JOIN stated ON stated.statement_id = position.answered_id
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
) AS about;

-- What search reads of an event (see EventSearch): only what is published, in a fixed order, so
-- that the same rows always make the same document.
CREATE FUNCTION event_document(wanted bigint) RETURNS tsvector
LANGUAGE sql STABLE STRICT AS $$
SELECT
    setweight(to_tsvector('public.chancery', event.title), 'A')
    || setweight(to_tsvector('public.chancery', concat_ws(' . ',
        (SELECT string_agg(concat_ws(' . ', actor.name, other.names), ' . ' ORDER BY actor.id)
         FROM actors_actor AS actor
         LEFT JOIN LATERAL (SELECT string_agg(name, ' . ' ORDER BY id) AS names FROM actors_actorname
                            WHERE actor_id = actor.id) AS other ON true
         WHERE actor.state = 'published' AND actor.id IN (
             SELECT actor_id FROM events_participation WHERE event_id = event.id)),
        (SELECT string_agg(concat_ws(' . ', around.name, other.names), ' . ' ORDER BY around.id)
         FROM events_location AS place
         JOIN events_location AS around ON around.id = ANY(place.lineage)
         LEFT JOIN LATERAL (SELECT string_agg(name, ' . ' ORDER BY id) AS names FROM events_locationname
                            WHERE location_id = around.id) AS other ON true
         WHERE place.id = event.location_id
           AND place.state = 'published' AND around.state = 'published')
    )), 'B')
    || setweight(to_tsvector('public.chancery', event.summary), 'C')
    || setweight(to_tsvector('public.chancery', concat_ws(' . ',
        (SELECT string_agg(claim.text, ' . ' ORDER BY claim.id) FROM events_claim AS claim
         WHERE claim.event_id = event.id AND claim.state = 'published'),
        (SELECT string_agg(concat_ws(' . ', speaker.name, statement.paraphrase, statement.quote),
                           ' . ' ORDER BY statement.id)
         FROM events_statementevent AS about
         JOIN events_statement AS statement ON statement.id = about.statement_id
         JOIN actors_actor AS speaker ON speaker.id = statement.speaker_id
         WHERE about.event_id = event.id
           AND statement.state = 'published' AND speaker.state = 'published')
    )), 'D')
FROM events_event AS event WHERE event.id = wanted
$$;

CREATE FUNCTION refresh_event_documents(wanted bigint[]) RETURNS void
LANGUAGE sql AS $$
INSERT INTO events_eventsearch (event_id, document)
SELECT id, event_document(id) FROM events_event WHERE id = ANY(wanted)
ON CONFLICT (event_id) DO UPDATE SET document = excluded.document
WHERE events_eventsearch.document IS DISTINCT FROM excluded.document
$$;

-- One trigger function for all tables whose text a document holds. Its argument says how the
-- changed rows lead to events; `changed` is the transition table of every trigger below.
CREATE FUNCTION keep_event_documents() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint[];
BEGIN
    CASE TG_ARGV[0]
    WHEN 'event' THEN
        SELECT array_agg(id) INTO wanted FROM changed;
    WHEN 'participation' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM changed;
    WHEN 'claim' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT event_id FROM changed
            UNION SELECT about.event_id FROM changed
            JOIN events_position AS position ON position.claim_id = changed.id
            JOIN events_statementevent AS about ON about.statement_id = position.statement_id
        ) AS touched WHERE event_id IS NOT NULL;
    WHEN 'actor' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT participation.event_id FROM changed
            JOIN events_participation AS participation ON participation.actor_id = changed.id
            UNION SELECT about.event_id FROM changed
            JOIN events_statement AS statement ON statement.speaker_id = changed.id
            JOIN events_statementevent AS about ON about.statement_id = statement.id
        ) AS touched;
    WHEN 'actorname' THEN
        SELECT array_agg(DISTINCT participation.event_id) INTO wanted FROM changed
        JOIN events_participation AS participation USING (actor_id);
    WHEN 'location' THEN
        SELECT array_agg(DISTINCT event.id) INTO wanted FROM events_event AS event
        JOIN events_location AS place ON place.id = event.location_id
        WHERE place.lineage && (SELECT array_agg(id) FROM changed);
    WHEN 'locationname' THEN
        SELECT array_agg(DISTINCT event.id) INTO wanted FROM events_event AS event
        JOIN events_location AS place ON place.id = event.location_id
        WHERE place.lineage && (SELECT array_agg(location_id) FROM changed);
    WHEN 'statement' THEN
        SELECT array_agg(DISTINCT about.event_id) INTO wanted FROM changed
        JOIN events_statementevent AS about ON about.statement_id = changed.id;
    WHEN 'position' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT event_id FROM changed
            UNION SELECT claim.event_id FROM changed
            JOIN events_claim AS claim ON claim.id = changed.claim_id
            UNION SELECT about.event_id FROM changed
            JOIN events_statementevent AS about
                ON about.statement_id IN (changed.statement_id, changed.answered_id)
            UNION SELECT about.event_id FROM changed
            JOIN events_position AS answer ON answer.answered_id = changed.statement_id
            JOIN events_statementevent AS about ON about.statement_id = answer.statement_id
        ) AS touched WHERE event_id IS NOT NULL;
    END CASE;
    IF wanted IS NOT NULL THEN
        PERFORM refresh_event_documents(wanted);
    END IF;
    RETURN NULL;
END
$$;

-- An event changes with its participations, links, claims and citations: `order=updated`. An
-- update that leaves a row as it `was` is none.
CREATE FUNCTION touch_events() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg((part ->> TG_ARGV[0])::bigint) INTO touched FROM (
            (SELECT to_jsonb(was) AS part FROM was EXCEPT SELECT to_jsonb(changed) FROM changed)
            UNION ALL
            (SELECT to_jsonb(changed) FROM changed EXCEPT SELECT to_jsonb(was) FROM was)
        ) AS parts;
    ELSE
        SELECT array_agg((to_jsonb(changed) ->> TG_ARGV[0])::bigint) INTO touched FROM changed;
    END IF;
    UPDATE events_event SET updated_at = 'infinity'
    WHERE updated_at < now() AND id = ANY(touched);
    RETURN NULL;
END
$$;

-- A trigger with a transition table takes one kind of change, so each table has one for each.
DO $$
DECLARE
    entry record;
    change text;
    rows_of text;
BEGIN
    FOR entry IN
        SELECT * FROM (VALUES
            ('event_search', 'events_event', 'keep_event_documents', 'event', 'INSERT UPDATE'),
            ('participation_search', 'events_participation', 'keep_event_documents',
                'participation', 'INSERT UPDATE DELETE'),
            ('claim_search', 'events_claim', 'keep_event_documents',
                'claim', 'INSERT UPDATE DELETE'),
            ('actor_search', 'actors_actor', 'keep_event_documents', 'actor', 'UPDATE'),
            ('actorname_search', 'actors_actorname', 'keep_event_documents',
                'actorname', 'INSERT UPDATE DELETE'),
            ('location_search', 'events_location', 'keep_event_documents', 'location', 'UPDATE'),
            ('locationname_search', 'events_locationname', 'keep_event_documents',
                'locationname', 'INSERT UPDATE DELETE'),
            ('statement_search', 'events_statement', 'keep_event_documents', 'statement', 'UPDATE'),
            ('position_search', 'events_position', 'keep_event_documents',
                'position', 'INSERT UPDATE DELETE'),
            ('participation_touch', 'events_participation', 'touch_events',
                'event_id', 'INSERT UPDATE DELETE'),
            ('eventlink_touch', 'events_eventlink', 'touch_events',
                'from_event_id', 'INSERT UPDATE DELETE'),
            ('claim_touch', 'events_claim', 'touch_events', 'event_id', 'INSERT UPDATE DELETE'),
            ('citation_touch', 'events_citation', 'touch_events',
                'event_id', 'INSERT UPDATE DELETE')
        ) AS entries (name, table_name, function, argument, changes)
    LOOP
        FOREACH change IN ARRAY string_to_array(entry.changes, ' ') LOOP
            -- An update concerns the events of the old row and of the new one.
            FOREACH rows_of IN ARRAY CASE
                WHEN change = 'INSERT' THEN ARRAY['NEW TABLE AS changed']
                WHEN change = 'DELETE' THEN ARRAY['OLD TABLE AS changed']
                WHEN entry.function = 'touch_events'
                    THEN ARRAY['OLD TABLE AS was NEW TABLE AS changed']
                ELSE ARRAY['OLD TABLE AS changed', 'NEW TABLE AS changed'] END
            LOOP
                EXECUTE format(
                    'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s
                     FOR EACH STATEMENT EXECUTE FUNCTION %I(%L)',
                    lower(entry.name || '_' || change || '_' || left(rows_of, 3)), change,
                    entry.table_name, rows_of, entry.function, entry.argument);
            END LOOP;
        END LOOP;
    END LOOP;
END
$$;

-- Every published record says where it is written. Checked when the transaction ends, so that a
-- record and its citations may be written in any order.
CREATE FUNCTION require_citation() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    is_cited boolean;
    is_published boolean;
BEGIN
    EXECUTE format('SELECT state = ''published'' FROM %I.%I WHERE id = $1',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO is_published USING NEW.id;
    IF is_published THEN
        EXECUTE format('SELECT EXISTS (SELECT FROM events_citation WHERE %I = $1)', TG_ARGV[0])
            INTO is_cited USING NEW.id;
        IF NOT is_cited THEN
            RAISE EXCEPTION 'A published % needs a citation (number %).', TG_ARGV[1], NEW.id
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[1] || '_is_cited';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER event_is_cited AFTER INSERT OR UPDATE OF state ON events_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_citation('event_id', 'event');
CREATE CONSTRAINT TRIGGER claim_is_cited AFTER INSERT OR UPDATE OF state ON events_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_citation('claim_id', 'claim');
CREATE CONSTRAINT TRIGGER statement_is_cited AFTER INSERT OR UPDATE OF state ON events_statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_citation('statement_id', 'statement');

-- The last citation of a published record stays, as long as the record does.
CREATE FUNCTION keep_last_citation() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM events_event WHERE id = OLD.event_id AND state = 'published'
               AND NOT EXISTS (SELECT FROM events_citation WHERE event_id = OLD.event_id))
    OR EXISTS (SELECT FROM events_claim WHERE id = OLD.claim_id AND state = 'published'
               AND NOT EXISTS (SELECT FROM events_citation WHERE claim_id = OLD.claim_id))
    OR EXISTS (SELECT FROM events_statement WHERE id = OLD.statement_id AND state = 'published'
               AND NOT EXISTS (SELECT FROM events_citation WHERE statement_id = OLD.statement_id))
    THEN
        RAISE EXCEPTION 'The last citation of a published record cannot be taken away.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_is_not_the_last';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER citation_is_not_the_last AFTER UPDATE OR DELETE ON events_citation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_last_citation();
