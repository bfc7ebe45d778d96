-- When an event last changed stands with its facts, so that it is put in that order where it is
-- counted.

-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;
SET CONSTRAINTS ALL IMMEDIATE;

-- The table is written anew once, without its triggers: what they keep stays as it is.
CREATE FUNCTION last_change(event_id bigint) RETURNS timestamptz LANGUAGE sql STABLE
AS 'SELECT updated_at FROM events_event WHERE id = event_id';
ALTER TABLE events_eventfacts ADD COLUMN updated_at timestamptz;
ALTER TABLE events_eventfacts
    ALTER COLUMN updated_at TYPE timestamptz USING last_change(event_id),
    ALTER COLUMN updated_at SET NOT NULL;
DROP FUNCTION last_change(bigint);

-- As in migration 0013, and when the event was changed.
CREATE OR REPLACE FUNCTION refresh_event_facts(wanted bigint[]) RETURNS void
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
        (event_id, profile_id, location_id, first_day, last_day, is_date_qualified, document,
         updated_at)
    SELECT described.event_id,
        (SELECT min(id) FROM events_profile WHERE key = described.key),
        described.location_id, described.first_day, described.last_day,
        described.is_date_qualified, coalesce(written.document, ''),
        (SELECT updated_at FROM events_event WHERE id = described.event_id)
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

-- Whatever touches an event changes its row, and so comes by here.
CREATE FUNCTION keep_time_of_change() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    UPDATE events_eventfacts AS facts SET updated_at = changed.updated_at FROM changed
    WHERE facts.event_id = changed.id AND facts.updated_at <> changed.updated_at;
    RETURN NULL;
END
$$;
CREATE TRIGGER event_time_of_change AFTER UPDATE ON events_event
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_time_of_change();
