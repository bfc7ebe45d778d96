-- The version of all that is public, by which caches know that a page is out of date
-- (config/db/versions.py). It changes with every commit after which a public record is there, gone or
-- other than it was (events/sql/event_queue.sql), and with no other commit.

-- How many such commits there were, and the time of the last one. The sum of `writes` never goes
-- down. There may be several rows, of which the first is counted on: there was one for each writer.
CREATE TABLE data_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writes bigint NOT NULL,
    written_at timestamptz NOT NULL
) WITH (fillfactor = 50);

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
        'actors_actor', 'actors_actorkind', 'actors_actorname', 'actors_country',
        'actors_countryname', 'actors_tenure',
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_formerslug', 'events_location', 'events_locationname', 'events_participation',
        'events_paststanding', 'events_position', 'events_role', 'events_source',
        'events_statement', 'events_statement_audience'
    ] LOOP
        EXECUTE format('CREATE TRIGGER data_version AFTER TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION note_truncation()', public_table);
    END LOOP;
END
$$;
