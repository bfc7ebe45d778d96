-- Times of change of what is public, in a table of their own (events/sql/changes.sql). What it takes
-- the place of goes first.

SET LOCAL statement_timeout = 0;

DO $$
DECLARE
    entry record;
BEGIN
    -- Triggers by which the version counted every write, and by which an event was written again with
    -- whatever belongs to it.
    FOR entry IN
        SELECT tgname, tgrelid::regclass AS table_name FROM pg_trigger
        WHERE NOT tgisinternal AND tgfoid IN (
            'bump_data_version()'::regprocedure, 'touch_events()'::regprocedure,
            'queue_own_event()'::regprocedure, 'queue_position()'::regprocedure,
            'queue_changed_records()'::regprocedure)
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', entry.tgname, entry.table_name);
    END LOOP;
END
$$;
DROP FUNCTION bump_data_version();
DROP FUNCTION touch_events();
DROP FUNCTION queue_own_event();
DROP FUNCTION queue_position();
DROP FUNCTION queue_changed_records();
DROP FUNCTION queue_records(text, bigint[]);
DROP TABLE event_queue;
DROP FUNCTION describe_queued_events();
DROP FUNCTION take_queued_events();
DROP FUNCTION write_event_facts(bigint[]);

CREATE OR REPLACE FUNCTION keep_time_stamps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    IF current_setting('chancery.is_loading', true) = 'on' THEN
        RETURN NEW;
    END IF;
    NEW.created_at := OLD.created_at;
    NEW.updated_at := OLD.updated_at;
    IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$$;

-- The time of a change that is about to be written: later than that of every change before, even if
-- the clock of the server was put back.
CREATE FUNCTION next_time_of_change() RETURNS timestamptz
LANGUAGE sql VOLATILE
RETURN (
    SELECT greatest(clock_timestamp(), max(written_at) + interval '1 microsecond') FROM data_version
);

-- Counts a commit that changes something public, at this time.
CREATE FUNCTION bump_data_version(stamp timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE data_version SET writes = writes + 1, written_at = stamp
    WHERE id = (SELECT min(id) FROM data_version);
    IF NOT FOUND THEN
        INSERT INTO data_version (writes, written_at) VALUES (1, stamp);
    END IF;
END
$$;

-- The version as the current transaction sees it: with what it has written itself, which else is
-- looked at when it ends.
CREATE FUNCTION current_data_version() RETURNS TABLE (writes bigint, microseconds bigint)
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        SET CONSTRAINTS event_queue_described IMMEDIATE;
        SET CONSTRAINTS event_queue_described DEFERRED;
    END IF;
    RETURN QUERY SELECT coalesce(sum(version.writes), 0)::bigint,
        coalesce(extract(epoch FROM max(version.written_at)) * 1000000, 0)::bigint
    FROM data_version AS version;
END
$$;

-- Counts what fires no trigger of rows.
CREATE FUNCTION note_truncation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    PERFORM bump_data_version(next_time_of_change());
    RETURN NULL;
END
$$;
-- Every table that a public page reads. Only what other triggers derive from these is left out.
DO $$
DECLARE
    public_table text;
BEGIN
    FOREACH public_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorname', 'actors_country', 'actors_countryname', 'actors_tenure',
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_formerslug', 'events_location', 'events_locationname', 'events_participation',
        'events_paststanding', 'events_position', 'events_source', 'events_statement',
        'events_statement_audience'
    ] LOOP
        EXECUTE format('CREATE TRIGGER data_version AFTER TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION note_truncation()', public_table);
    END LOOP;
END
$$;

-- When what is public of a record last changed (table events_lastchange).
--
-- A digest is made of all that is served as a part of the record, and of nothing that is not public.
-- So a record has changed if its digest has. Whatever only drafts hold moves no time. The digests
-- and times are written at the end of a transaction, by one writer at a time (event_queue.sql).
--
-- What is served of another record is that one's: a digest holds the key of an actor, not its name.

-- The key of the record, which is another one in another database. What was served when it changed.
-- The transaction that wrote the row, by which an index knows whether it has read it. They are
-- columns of the database alone: Django's model does not know them, and dumps leave them out.
ALTER TABLE events_lastchange
    ADD COLUMN key bigint,
    ADD COLUMN digest uuid,
    ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX lastchange_by_key ON events_lastchange (kind, key);
CREATE INDEX lastchange_by_transaction ON events_lastchange (written_in);

-- Citations in published sources, and what is served of each.
CREATE VIEW served_citation AS
SELECT citation.id, citation.event_id, citation.participation_id, citation.link_id,
    citation.claim_id, citation.statement_id, citation.position_id, citation.tenure_id,
    citation.actor_id, citation.location_id, citation.actor_name_id, citation.location_name_id,
    citation.country_id,
    ROW(citation.uuid, citation.source_id, citation.locator, citation.aspect, citation.access,
        via.id, citation.note)::text AS content
FROM events_citation AS citation
JOIN events_source AS source ON source.id = citation.source_id AND source.state = 'published'
LEFT JOIN events_source AS via ON via.id = citation.via_id AND via.state = 'published';

-- Links whose both ends are public, and what is served of each.
CREATE VIEW served_link AS
SELECT link.id, link.from_event_id, link.to_event_id, claim.event_id AS claim_event_id,
    ROW(link.uuid, link.relation, link.basis, link.note, asking.slug, asking.title, answered.slug,
        answered.title, claim.slug, claim.text,
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation WHERE link_id = link.id)
    )::text AS content
FROM events_eventlink AS link
JOIN events_event AS asking ON asking.id = link.from_event_id AND asking.state = 'published'
LEFT JOIN events_event AS answered ON answered.id = link.to_event_id
LEFT JOIN events_claim AS claim ON claim.id = link.to_claim_id
LEFT JOIN events_event AS about ON about.id = claim.event_id
WHERE (answered.id IS NULL OR answered.state = 'published')
    AND (claim.id IS NULL OR claim.state = 'published')
    AND (about.id IS NULL OR about.state = 'published');

-- Positions of public statements on what is public.
CREATE VIEW served_position AS
SELECT position.id, position.uuid, position.statement_id, position.stance, position.event_id,
    position.claim_id, position.answered_id
FROM events_position AS position
JOIN events_statement AS statement
    ON statement.id = position.statement_id AND statement.state = 'published'
JOIN actors_actor AS speaker ON speaker.id = statement.speaker_id AND speaker.state = 'published'
LEFT JOIN events_event AS event ON event.id = position.event_id
LEFT JOIN events_claim AS claim ON claim.id = position.claim_id
LEFT JOIN events_event AS about ON about.id = claim.event_id
LEFT JOIN events_statement AS answered ON answered.id = position.answered_id
LEFT JOIN actors_actor AS other ON other.id = answered.speaker_id
WHERE (event.id IS NULL OR event.state = 'published')
    AND (claim.id IS NULL OR claim.state = 'published')
    AND (about.id IS NULL OR about.state = 'published')
    AND (answered.id IS NULL OR answered.state = 'published' AND other.state = 'published');

-- The addresses that a record had before.
CREATE FUNCTION former_slugs(wanted uuid) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(name, ' ' ORDER BY name) FROM events_formerslug WHERE record = wanted);

-- Each of the following gives the public records among these, when a curator last wrote each, and
-- the digest of what is served of it.

-- With its names, its offices, and what it is part of.
CREATE FUNCTION actor_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT actor.id, actor.uuid, actor.updated_at, md5(ROW(
        actor.slug, actor.name, actor.kind, actor.country_id, actor.summary, actor.note, whole.id,
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
    LEFT JOIN actors_actor AS whole ON whole.id = actor.part_of_id AND whole.state = 'published'
    WHERE actor.id = ANY (wanted) AND actor.state = 'published';
END;

-- With its names, and the places around it.
CREATE FUNCTION location_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT place.id, place.uuid, place.updated_at, md5(ROW(
        place.slug, place.name, place.kind, place.country_id, place.latitude, place.longitude,
        place.precision, place.note,
        ARRAY(SELECT around.id FROM events_location AS around
            WHERE around.id = ANY (place.lineage) AND around.state = 'published'
            ORDER BY cardinality(around.lineage)),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE location_id = place.id),
        (SELECT string_agg(ROW(other.uuid, other.language, other.name, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE location_name_id = other.id))::text, ' ' ORDER BY other.id)
            FROM events_locationname AS other WHERE other.location_id = place.id),
        former_slugs(place.uuid))::text)::uuid
    FROM events_location AS place
    WHERE place.id = ANY (wanted) AND place.state = 'published';
END;

CREATE FUNCTION source_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT source.id, source.uuid, source.updated_at, md5(ROW(
        source.slug, source.title, source.kind, source.author, source.publisher, source.date,
        source.url, source.licence, source.note, former_slugs(source.uuid))::text)::uuid
    FROM events_source AS source
    WHERE source.id = ANY (wanted) AND source.state = 'published';
END;

-- All kinds of event are public. Nobody has noted when each was last written.
CREATE FUNCTION eventtype_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT kind.id, kind.uuid, NULL::timestamptz, md5(ROW(
        kind.slug, kind.name, kind.plover, kind.quad, kind.description,
        former_slugs(kind.uuid))::text)::uuid
    FROM events_eventtype AS kind
    WHERE kind.id = ANY (wanted);
END;

-- All countries are public, too, with their names in all languages.
CREATE FUNCTION country_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT country.id, country.uuid, NULL::timestamptz, md5(ROW(
        country.iso3, country.iso2, country.iso_numeric, country.code_status, country.gw,
        country.cow, country.cow_abbreviation, country.fips, country.name, country.exists_from,
        country.exists_until,
        (SELECT string_agg(ROW(other.uuid, other.language, other.name)::text, ' ' ORDER BY other.id)
            FROM actors_countryname AS other WHERE other.country_id = country.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE country_id = country.id),
        former_slugs(country.uuid))::text)::uuid
    FROM actors_country AS country
    WHERE country.id = ANY (wanted);
END;

-- With the stances that public statements take on it.
CREATE FUNCTION claim_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT claim.id, claim.uuid, claim.updated_at, md5(ROW(
        claim.slug, claim.event_id, claim.kind, claim.text, claim.low, claim.high, claim.unit,
        claim.is_approximate, claim.note,
        (SELECT string_agg(stance, ' ' ORDER BY id) FROM served_position
            WHERE claim_id = claim.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE claim_id = claim.id),
        former_slugs(claim.uuid))::text)::uuid
    FROM events_claim AS claim
    LEFT JOIN events_event AS event ON event.id = claim.event_id
    WHERE claim.id = ANY (wanted) AND claim.state = 'published'
        AND (event.id IS NULL OR event.state = 'published');
END;

-- With its positions, and to whom it was said.
CREATE FUNCTION statement_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT statement.id, statement.uuid, statement.updated_at, md5(ROW(
        statement.speaker_id, statement.date, place.id, occasion.id, statement.paraphrase,
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

-- The digest of each event, of what is served with it beside the lists of its facts: its text,
-- participations, links, past standings and citations, the claims about it, and the statements
-- about it or made at it. Claims and statements stand for themselves by their digests.
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

-- Writes when these records of one kind, which is no event, changed: those whose digest differs, and
-- those that appear, at this time. Says whether there were any, or some have gone. If times are to
-- be kept, as while a dump is loaded, each record has the time that is noted, or else the one at
-- which a curator last wrote it.
CREATE FUNCTION write_last_changes(
    record_kind text, wanted bigint[], stamp timestamptz, keeps_times boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    has_changed boolean;
BEGIN
    EXECUTE format('
        WITH served AS MATERIALIZED (
            SELECT * FROM %I($1)
        ), gone AS (
            DELETE FROM events_lastchange AS past
            WHERE past.kind = $2 AND past.key = ANY ($1)
                AND NOT EXISTS (SELECT FROM served WHERE served.record = past.record)
            RETURNING 1
        ), changed AS (
            INSERT INTO events_lastchange AS past (record, kind, changed_at, key, digest, written_in)
            SELECT served.record, $2, CASE WHEN $4 THEN served.edited_at ELSE $3 END,
                served.key, served.digest, pg_current_xact_id()
            FROM served LEFT JOIN events_lastchange AS known ON known.record = served.record
            WHERE (known.key, known.digest) IS DISTINCT FROM (served.key, served.digest)
            ON CONFLICT (record) DO UPDATE SET
                changed_at = CASE WHEN $4 THEN past.changed_at
                    ELSE greatest(past.changed_at, excluded.changed_at) END,
                key = excluded.key, digest = excluded.digest, written_in = excluded.written_in
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM changed)',
        record_kind || '_contents')
    INTO has_changed USING wanted, record_kind, stamp, keeps_times;
    RETURN has_changed;
END
$$;

TRUNCATE event_facts;  -- derived, and made anew below
ALTER TABLE event_facts
    ADD COLUMN also_cited bigint[] NOT NULL,
    ADD COLUMN digest uuid NOT NULL;

-- Titles have a column of their own now, in which they are found.
CREATE OR REPLACE FUNCTION events_titled(asked tsquery, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    -- The weight A is that of titles. A column of the event has the words of the slug, too, but an
    -- index finds those of titles by it, and by the document only those of all texts.
    in_title tsquery := replace(asked::text, ':*', ':*A')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT newest.id FROM (
        SELECT id, words FROM events_event WHERE state = 'published'
        ORDER BY sort_day DESC, id DESC LIMIT 200
    ) AS newest
    JOIN event_facts AS facts ON facts.event_id = newest.id
    WHERE newest.words @@ asked AND facts.document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT event.id FROM (
            SELECT id FROM events_event WHERE words @@ asked AND state = 'published' LIMIT 400
        ) AS event
        JOIN event_facts AS facts ON facts.event_id = event.id
        WHERE facts.document @@ in_title;
    END IF;
END
$$;

-- What is not public gives no word away.
CREATE OR REPLACE FUNCTION is_public_word(word text, of_name boolean) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT COST 10000 SET search_path = public, pg_temp
    -- What is left to the planner are the indexes of words.
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
AS $$
DECLARE
    asked tsquery := quote_literal(word)::tsquery;
BEGIN
    IF NOT of_name THEN
        RETURN EXISTS (SELECT FROM events_event WHERE words @@ asked AND state = 'published');
    END IF;
    RETURN EXISTS (
        SELECT FROM actors_actor WHERE name_vector(name) @@ asked AND state = 'published'
    ) OR EXISTS (
        SELECT FROM events_location WHERE name_vector(name) @@ asked AND state = 'published'
    ) OR EXISTS (
        SELECT FROM actors_actorname AS other JOIN actors_actor AS actor
            ON actor.id = other.actor_id AND actor.state = 'published'
        WHERE name_vector(other.name) @@ asked
    ) OR EXISTS (
        SELECT FROM events_locationname AS other JOIN events_location AS place
            ON place.id = other.location_id AND place.state = 'published'
        WHERE name_vector(other.name) @@ asked
    );
END
$$;

CREATE OR REPLACE FUNCTION near_words(asked text[])
RETURNS TABLE (asked text, key text, word text, spelling text, is_name boolean, sounds_alike boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT typed.word, typed.key, near.word, near.spelling, near.is_name, near.sounds_alike
    FROM (
        SELECT word, replace(search_text(word), '-', '') AS key
        FROM unnest(near_words.asked) AS word
    ) AS typed
    CROSS JOIN LATERAL (
        (SELECT word, spelling, is_name, sound <> '' AND sound = sound_key(typed.key)
            AS sounds_alike FROM events_searchword WHERE is_public_word(word, is_name)
         ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        (SELECT word, spelling, is_name, true FROM events_searchword
         WHERE sound = sound_key(typed.key) AND sound <> '' AND is_public_word(word, is_name)
         ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        SELECT typed.key, one.spelling || ' ' || two.spelling, true, false
        FROM generate_series(3, least(length(typed.key), 40) - 3) AS place
        JOIN events_searchword AS one ON one.word = left(typed.key, place) AND one.is_name
        JOIN events_searchword AS two ON two.word = substr(typed.key, place + 1) AND two.is_name
        WHERE is_public_word(one.word, true) AND is_public_word(two.word, true)
    ) AS near
$$;

-- The notes of links, which are seen on the page of an event, are searched, too.
CREATE OR REPLACE FUNCTION event_texts(wanted bigint[]) RETURNS TABLE (event_id bigint, document tsvector)
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

CREATE OR REPLACE FUNCTION texts_with_words(wanted bigint[], asked text[])
RETURNS TABLE (event_id bigint, kind text, by text, text text, words text[], lexemes text[])
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    WITH term AS MATERIALIZED (
        SELECT array_agg(DISTINCT lexeme) AS lexemes
        FROM unnest(asked) AS word, unnest(lexemes_of(word)) AS lexeme
        WHERE numnode(search_term(word, false)) > 0
    ), shown AS MATERIALIZED (
        SELECT event.id, event.title, event.summary, event.note, event.standing_reason,
            event.location_id,
            tsvector_to_array(ts_filter(facts.document, '{d}')) && term.lexemes AS is_said
        FROM term, events_event AS event
        JOIN event_facts AS facts ON facts.event_id = event.id
        WHERE event.id = ANY (wanted)
    ), texts (event_id, kind, by, text) AS MATERIALIZED (
        SELECT id, 'title', '', title FROM shown
        UNION ALL
        SELECT id, 'summary', '', summary FROM shown
        UNION ALL
        SELECT id, 'note', '', note FROM shown WHERE is_said
        UNION ALL
        SELECT id, 'note', '', standing_reason FROM shown WHERE is_said
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_participation AS taking ON taking.event_id = shown.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
        CROSS JOIN LATERAL (
            SELECT actor.name UNION SELECT name FROM actors_actorname WHERE actor_id = actor.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_location AS place
            ON place.id = shown.location_id AND place.state = 'published'
        JOIN events_location AS around
            ON around.id = ANY (place.lineage) AND around.state = 'published'
        CROSS JOIN LATERAL (
            SELECT around.name
            UNION SELECT name FROM events_locationname WHERE location_id = around.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'note', '', taking.note
        FROM shown
        JOIN events_participation AS taking ON taking.event_id = shown.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
        WHERE shown.is_said AND taking.note <> ''
        UNION ALL
        SELECT shown.id, 'note', '', link.note
        FROM shown
        JOIN served_link AS served ON served.from_event_id = shown.id
        JOIN events_eventlink AS link ON link.id = served.id
        WHERE shown.is_said AND link.note <> ''
        UNION ALL
        SELECT shown.id, part.kind, '', part.text
        FROM shown
        JOIN events_claim AS claim ON claim.event_id = shown.id AND claim.state = 'published'
        CROSS JOIN LATERAL (VALUES ('said', claim.text), ('note', claim.note)) AS part (kind, text)
        WHERE shown.is_said
        UNION ALL
        SELECT about.event_id, part.kind, part.by, part.text
        FROM statements_about(ARRAY(SELECT id FROM shown WHERE is_said)) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        CROSS JOIN LATERAL (VALUES
            ('said', speaker.name, concat_ws(' ', statement.paraphrase,
                CASE WHEN statement.quote <> '' THEN '“' || statement.quote || '”' END)),
            ('note', '', statement.note)
        ) AS part (kind, by, text)
        WHERE (SELECT bool_or(is_said) FROM shown)
    ), parts AS MATERIALIZED (
        SELECT text, words_of(text) AS word FROM (SELECT DISTINCT text FROM texts) AS each
    ), hits AS MATERIALIZED (
        SELECT word, lexemes_of(word) AS lexemes FROM (SELECT DISTINCT word FROM parts) AS each
    )
    SELECT event_id, kind, by, text, array_agg(DISTINCT word), array_agg(DISTINCT lexemes[1])
    FROM texts JOIN parts USING (text) JOIN hits USING (word)
    WHERE hits.lexemes && (SELECT term.lexemes FROM term)
    GROUP BY event_id, kind, by, text
$$;

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
                coalesce(array_agg(part_number(part.actor_id, part.role, part.is_alleged)
                    ORDER BY part.actor_id, part.id), '{}') AS parts
            FROM events_participation AS part
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
        written_in, also_cited, digest)
    SELECT event_id, uuid, kind_id, standing, parts, actors, countries, places, speakers, sources,
        first_day, last_day, is_date_qualified, timed.changed_at, document, written_in, also_cited,
        digest
    FROM differing JOIN timed ON timed.record = differing.uuid
    ON CONFLICT (event_id) DO UPDATE SET
        uuid = excluded.uuid, kind_id = excluded.kind_id, standing = excluded.standing,
        parts = excluded.parts, actors = excluded.actors, countries = excluded.countries,
        places = excluded.places, speakers = excluded.speakers, sources = excluded.sources,
        first_day = excluded.first_day, last_day = excluded.last_day,
        is_date_qualified = excluded.is_date_qualified,
        updated_at = excluded.updated_at, document = excluded.document,
        written_in = excluded.written_in, also_cited = excluded.also_cited,
        digest = excluded.digest;
    GET DIAGNOSTICS number_written = ROW_COUNT;
    IF number_written > 0 THEN
        DELETE FROM events_deletedevent AS deleted
        WHERE deleted.event_id = ANY (wanted)
            AND EXISTS (SELECT FROM event_facts WHERE event_id = deleted.event_id);
    END IF;
    RETURN number_gone > 0 OR number_written > 0;
END
$$;

CREATE OR REPLACE FUNCTION are_event_facts_lost() RETURNS boolean
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

CREATE OR REPLACE FUNCTION forget_event_facts() RETURNS trigger
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
    WHERE noted.kind IN ('event', 'actor', 'location', 'source', 'country', 'eventtype')
    UNION
    SELECT 'actor', id FROM actor
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

SELECT rebuild_event_facts();
