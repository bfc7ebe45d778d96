-- What search reads of a published event stands in the row that counts read, so that events which
-- words find are counted as they are found. A draft, which nobody searches, has no document.

-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

-- The rows are written anew, in order and without gaps; what is tallied of them stays as it is.
DROP TRIGGER facts_tally_insert ON events_eventfacts;
DROP TRIGGER facts_tally_update ON events_eventfacts;
DROP TRIGGER facts_tally_delete ON events_eventfacts;
CREATE TEMPORARY TABLE former ON COMMIT DROP AS
    SELECT event_id, profile_id, location_id, first_day, last_day, is_date_qualified, document
    FROM events_eventfacts JOIN events_eventsearch USING (event_id);
SET CONSTRAINTS ALL IMMEDIATE;
TRUNCATE events_eventfacts;
ALTER TABLE events_eventfacts ADD COLUMN document tsvector NOT NULL;
INSERT INTO events_eventfacts
    (event_id, profile_id, location_id, first_day, last_day, is_date_qualified, document)
SELECT event_id, profile_id, location_id, first_day, last_day, is_date_qualified, document
FROM former ORDER BY event_id;
SET CONSTRAINTS ALL IMMEDIATE;
DROP TABLE events_eventsearch;
DROP FUNCTION refresh_event_documents(bigint[]);
DROP FUNCTION refresh_event_facts(bigint[]);
DROP FUNCTION keep_tallies();
DROP FUNCTION tally_facts(events_eventfacts[], events_eventfacts[]);

-- Who changes something else of the same events is waited for: what each alone would describe, the
-- later would write over the earlier. An event that had no row gets its document at once; of others,
-- `refresh_event_documents` keeps it.
CREATE FUNCTION refresh_event_facts(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    found event_description[];
BEGIN
    PERFORM FROM events_event WHERE id = ANY(wanted) ORDER BY id FOR NO KEY UPDATE;
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
        (event_id, profile_id, location_id, first_day, last_day, is_date_qualified, document)
    SELECT described.event_id,
        (SELECT min(id) FROM events_profile WHERE key = described.key),
        described.location_id, described.first_day, described.last_day,
        described.is_date_qualified, coalesce(written.document, '')
    FROM unnest(found) AS described
    LEFT JOIN event_documents(ARRAY(
        SELECT event_id FROM unnest(found) AS fresh
        WHERE NOT EXISTS (SELECT FROM events_eventfacts WHERE event_id = fresh.event_id)
    )) AS written USING (event_id)
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

CREATE FUNCTION refresh_event_documents(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM events_event WHERE id = ANY(wanted) ORDER BY id FOR NO KEY UPDATE;
    UPDATE events_eventfacts AS facts SET document = written.document
    FROM event_documents(ARRAY(
        SELECT event_id FROM events_eventfacts WHERE event_id = ANY(wanted))) AS written
    WHERE written.event_id = facts.event_id
        AND facts.document IS DISTINCT FROM written.document;
END
$$;

-- The tallies follow the facts: as in migration 0005, but told nothing more than they count, because
-- documents are large.
CREATE TYPE tallied_facts AS (
    profile_id bigint, location_id bigint, first_day bigint, last_day bigint,
    is_date_qualified boolean
);
CREATE FUNCTION tally_places(gone tallied_facts[], come tallied_facts[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    emptied bigint[];
BEGIN
    WITH delta AS MATERIALIZED (
        SELECT profile_id, location_id, sum(change) AS change
        FROM (
            SELECT profile_id, location_id, 1 AS change FROM unnest(come)
            UNION ALL
            SELECT profile_id, location_id, -1 FROM unnest(gone)
        ) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0
    ), slot AS MATERIALIZED (
        SELECT delta.*, free.id
        FROM delta LEFT JOIN LATERAL (
            SELECT tally.id FROM events_placetally AS tally
            WHERE tally.profile_id = delta.profile_id
                AND coalesce(tally.location_id, 0) = coalesce(delta.location_id, 0)
            LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AS free ON true
    ), added AS (
        INSERT INTO events_placetally (profile_id, location_id, number)
        SELECT profile_id, location_id, change FROM slot WHERE id IS NULL
    ), changed AS (
        UPDATE events_placetally AS tally SET number = tally.number + slot.change
        FROM slot WHERE tally.id = slot.id RETURNING tally.id, tally.number
    )
    SELECT array_agg(id) INTO emptied FROM changed WHERE number = 0;
    DELETE FROM events_placetally WHERE id = ANY(emptied);
END
$$;

-- `span_of` makes of the first and the last day of a date the span that it is tallied under.
CREATE FUNCTION tally_spans(
    tallies regclass, span_of regproc, gone tallied_facts[], come tallied_facts[]
) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    emptied bigint[];
BEGIN
    EXECUTE format($tally$
        WITH delta AS MATERIALIZED (
            SELECT profile_id, span, is_date_qualified, sum(change) AS change
            FROM (
                SELECT profile_id, %2$s(first_day, last_day) AS span, is_date_qualified, change
                FROM (SELECT *, 1 AS change FROM unnest($1)
                      UNION ALL SELECT *, -1 FROM unnest($2)) AS dated
            ) AS changes
            GROUP BY 1, 2, 3 HAVING sum(change) <> 0
        ), slot AS MATERIALIZED (
            SELECT delta.*, free.id
            FROM delta LEFT JOIN LATERAL (
                SELECT tally.id FROM %1$s AS tally
                WHERE tally.profile_id = delta.profile_id AND tally.first_day = delta.span[1]
                    AND tally.last_day = delta.span[2]
                    AND tally.is_date_qualified = delta.is_date_qualified
                LIMIT 1 FOR UPDATE SKIP LOCKED
            ) AS free ON true
        ), added AS (
            INSERT INTO %1$s (profile_id, first_day, last_day, is_date_qualified, number)
            SELECT profile_id, span[1], span[2], is_date_qualified, change
            FROM slot WHERE id IS NULL
        ), changed AS (
            UPDATE %1$s AS tally SET number = tally.number + slot.change
            FROM slot WHERE tally.id = slot.id RETURNING tally.id, tally.number
        )
        SELECT array_agg(id) FROM changed WHERE number = 0
    $tally$, tallies, span_of) INTO emptied USING come, gone;
    EXECUTE format('DELETE FROM %s WHERE id = ANY($1)', tallies) USING emptied;
END
$$;

CREATE FUNCTION tally_facts(gone tallied_facts[], come tallied_facts[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM tally_places(gone, come);
    PERFORM tally_spans('events_spantally', 'tallied_span', gone, come);
    DELETE FROM events_profile AS profile
    WHERE profile.id IN (SELECT profile_id FROM unnest(gone))
        AND profile.made_in = pg_current_xact_id()::text::bigint
        AND NOT EXISTS (SELECT FROM events_eventfacts WHERE profile_id = profile.id);
END
$$;

CREATE FUNCTION keep_tallies() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    gone tallied_facts[];
    come tallied_facts[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(ROW(profile_id, location_id, first_day, last_day, is_date_qualified)
            ::tallied_facts) INTO gone FROM was;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(ROW(profile_id, location_id, first_day, last_day, is_date_qualified)
            ::tallied_facts) INTO come FROM changed;
    END IF;
    IF gone IS NOT NULL OR come IS NOT NULL THEN
        PERFORM tally_facts(gone, come);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER facts_tally_insert AFTER INSERT ON events_eventfacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();
CREATE TRIGGER facts_tally_update AFTER UPDATE ON events_eventfacts
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();
CREATE TRIGGER facts_tally_delete AFTER DELETE ON events_eventfacts
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();

-- What is typed into the search box, before it is finished: as in migration 0006.
CREATE OR REPLACE FUNCTION events_titled(typed text, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET enable_seqscan = off AS $$
DECLARE
    words text[] := tsvector_to_array(to_tsvector('pg_catalog.simple', search_text(typed)));
    anywhere tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*' FROM unnest(words) AS word), ' & ')::tsquery;
    in_title tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*A' FROM unnest(words) AS word), ' & ')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT event_id FROM (
        SELECT event_id, document FROM events_eventfacts
        ORDER BY sort_day DESC, event_id DESC LIMIT 200
    ) AS newest WHERE document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT event_id FROM (
            SELECT event_id, document FROM events_eventfacts WHERE document @@ anywhere LIMIT 400
        ) AS found WHERE document @@ in_title;
    END IF;
END
$$;
