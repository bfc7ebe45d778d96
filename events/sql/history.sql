-- The history: what was changed in the tables of records, whoever or whatever changed it.
--
-- One row of events_historychange for each row that a statement wrote, and one of
-- events_historyentry for all that a transaction wrote under one description. The values of a row
-- at some time are those before its first later change, or else those that it has now. So a row
-- that is older than its history needs no copy, and a new row is noted without its values.

-- The entry to which a change belongs, which the first change makes. The setting chancery.change
-- says who changes something, why, and by which page or command (config/db/changes.py). Where
-- nothing is said, all that a transaction changes is one entry, with the name of the program.
CREATE FUNCTION history_entry() RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    said jsonb := coalesce(nullif(current_setting('chancery.change', true), ''), '{}');
    -- The key of the entry made last, and the description under which it was made.
    made text := nullif(current_setting('chancery.history_entry', true), '');
    entry bigint := split_part(made, ' ', 1);
BEGIN
    IF made IS NULL OR split_part(made, ' ', 2) <> coalesce(said ->> 'id', '') THEN
        INSERT INTO events_historyentry (account_id, account_name, reason, origin)
        VALUES ((said ->> 'account_id')::bigint, coalesce(said ->> 'account_name', ''),
            coalesce(said ->> 'reason', ''),
            coalesce(said ->> 'origin', current_setting('application_name')))
        RETURNING id INTO entry;
        -- Until the transaction ends, or is rolled back to before this.
        PERFORM set_config('chancery.history_entry', concat(entry, ' ', said ->> 'id'), true);
    END IF;
    RETURN entry;
END
$$;

-- Notes the rows that a statement wrote. The first argument is their kind; pairs of a kind and a
-- column follow, which say what the rows belong to. Columns that are computed from others are not
-- kept, and an update of nothing but the time of change is none.
CREATE FUNCTION keep_history() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    owners_now text := '';
    owners_then text := '';
    columns_now text;
    columns_then text;
    has_rows boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        has_rows := EXISTS (SELECT FROM was);
    ELSE
        has_rows := EXISTS (SELECT FROM changed);
    END IF;
    IF NOT has_rows THEN
        RETURN NULL;
    END IF;
    FOR place IN 1 .. TG_NARGS - 1 BY 2 LOOP
        owners_now := owners_now || format(', %L || now.%I', TG_ARGV[place] || ':', TG_ARGV[place + 1]);
        owners_then := owners_then || format(', %L || was.%I', TG_ARGV[place] || ':', TG_ARGV[place + 1]);
    END LOOP;
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('
            INSERT INTO events_historychange (entry_id, kind, row_key, operation, keys)
            SELECT $1, $2, now.id, ''insert'',
                array_remove(ARRAY[$2 || '':'' || now.id %s], NULL)
            FROM changed AS now ORDER BY now.id', owners_now) USING history_entry(), TG_ARGV[0];
        RETURN NULL;
    END IF;
    SELECT string_agg(format('now.%I', attname), ', '), string_agg(format('was.%I', attname), ', ')
    INTO columns_now, columns_then
    FROM pg_attribute
    WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
        AND attname <> 'lineage';
    IF TG_OP = 'DELETE' THEN
        EXECUTE format('
            INSERT INTO events_historychange (entry_id, kind, row_key, operation, keys, old)
            SELECT $1, $2, was.id, ''delete'',
                array_remove(ARRAY[$2 || '':'' || was.id %s], NULL),
                (SELECT to_jsonb(kept) FROM (SELECT %s) AS kept)
            FROM was ORDER BY was.id', owners_then, columns_then)
        USING history_entry(), TG_ARGV[0];
        RETURN NULL;
    END IF;
    -- A row that got another key is one that went and one that came.
    EXECUTE format('
        WITH pairs AS MATERIALIZED (
            SELECT was.id AS row_then, now.id AS row_now,
                ARRAY[$1 || '':'' || was.id, $1 || '':'' || now.id %s %s] AS keys,
                CASE WHEN was.id IS NOT NULL
                    THEN (SELECT to_jsonb(kept) FROM (SELECT %s) AS kept) END AS old,
                CASE WHEN now.id IS NOT NULL
                    THEN (SELECT to_jsonb(kept) FROM (SELECT %s) AS kept) END AS new
            FROM was FULL JOIN changed AS now ON now.id = was.id
        ), found AS MATERIALIZED (
            SELECT * FROM pairs WHERE old - ''updated_at'' IS DISTINCT FROM new - ''updated_at''
        )
        INSERT INTO events_historychange (entry_id, kind, row_key, operation, keys, old, new)
        SELECT (SELECT history_entry()), $1, coalesce(row_then, row_now),
            CASE WHEN row_now IS NULL THEN ''delete'' WHEN row_then IS NULL THEN ''insert''
                ELSE ''update'' END,
            ARRAY(SELECT DISTINCT key FROM unnest(keys) AS key WHERE key IS NOT NULL),
            old,
            CASE WHEN row_now = row_then THEN (
                SELECT jsonb_object_agg(field.key, field.value)
                FROM jsonb_each(new - ''updated_at'') AS field
                WHERE field.value IS DISTINCT FROM old -> field.key) END
        FROM found ORDER BY coalesce(row_then, row_now)',
        owners_then, owners_now, columns_then, columns_now)
    USING TG_ARGV[0];
    RETURN NULL;
END
$$;

-- Every table that curators write, with what its rows belong to. Left out is what is derived from
-- these.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('actors_actor', $a$'actor'$a$),
        ('actors_actorkind', $a$'actorkind'$a$),
        ('actors_actorname', $a$'actorname', 'actor', 'actor_id'$a$),
        ('actors_country', $a$'country'$a$),
        ('actors_countryname', $a$'countryname', 'country', 'country_id'$a$),
        ('actors_tenure', $a$'tenure', 'actor', 'person_id'$a$),
        ('events_chronology', $a$'chronology'$a$),
        ('events_citation', $a$'citation', 'event', 'event_id', 'participation', 'participation_id',
            'eventlink', 'link_id', 'claim', 'claim_id', 'statement', 'statement_id',
            'position', 'position_id', 'tenure', 'tenure_id', 'actor', 'actor_id',
            'location', 'location_id', 'actorname', 'actor_name_id',
            'locationname', 'location_name_id', 'country', 'country_id'$a$),
        ('events_claim', $a$'claim', 'event', 'event_id'$a$),
        ('events_event', $a$'event'$a$),
        ('events_eventlink', $a$'eventlink', 'event', 'from_event_id'$a$),
        ('events_eventtype', $a$'eventtype'$a$),
        ('events_location', $a$'location'$a$),
        ('events_locationname', $a$'locationname', 'location', 'location_id'$a$),
        ('events_participation', $a$'participation', 'event', 'event_id'$a$),
        ('events_paststanding', $a$'paststanding', 'event', 'event_id'$a$),
        ('events_position', $a$'position', 'statement', 'statement_id', 'claim', 'claim_id',
            'event', 'event_id'$a$),
        ('events_role', $a$'role'$a$),
        ('events_scale', $a$'scale'$a$),
        ('events_scalescore', $a$'scalescore', 'scale', 'scale_id', 'eventtype', 'kind_id'$a$),
        ('events_source', $a$'source'$a$),
        ('events_statement', $a$'statement'$a$),
        ('events_statement_audience', $a$'statement_audience', 'statement', 'statement_id'$a$)
    ) AS entries (table_name, arguments)
    LOOP
        EXECUTE format('CREATE TRIGGER %1$s_history_insert AFTER INSERT ON %2$I
            REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.arguments);
        EXECUTE format('CREATE TRIGGER %1$s_history_update AFTER UPDATE ON %2$I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.arguments);
        EXECUTE format('CREATE TRIGGER %1$s_history_delete AFTER DELETE ON %2$I
            REFERENCING OLD TABLE AS was
            FOR EACH STATEMENT EXECUTE FUNCTION keep_history(%3$s)',
            substr(entry.table_name, 8), entry.table_name, entry.arguments);
    END LOOP;
END
$$;
