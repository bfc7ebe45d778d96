-- The version of all that is public, by which caches know that a page is out of date
-- (config/db/versions.py).

-- How many writes there were, and when the last was. Each writer adds to a row that no other writer
-- holds, so that none waits for another. The sum of `writes` never goes down, and it grows with
-- every commit that changes anything.
CREATE TABLE data_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writes bigint NOT NULL,
    written_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Adds one write: to a row that is free, else to a new row.
CREATE FUNCTION bump_data_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    UPDATE data_version SET writes = writes + 1, written_at = clock_timestamp() WHERE id = (
        SELECT id FROM data_version ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    );
    IF NOT FOUND THEN
        INSERT INTO data_version (writes, written_at) VALUES (1, clock_timestamp());
    END IF;
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
        EXECUTE format('CREATE TRIGGER data_version
            AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version()', public_table);
    END LOOP;
END
$$;
