-- Reading what rows were at some time from the history, and writing them so again.

-- The table of a kind of record, as history names kinds: by the name of the model.
CREATE FUNCTION table_of_kind(kind text) RETURNS regclass
LANGUAGE sql STABLE SET search_path = public, pg_temp
RETURN coalesce(to_regclass('public.events_' || kind), to_regclass('public.actors_' || kind));

-- The columns that history keeps of a kind: none that is computed from others.
CREATE FUNCTION columns_of_kind(kind text) RETURNS text[]
LANGUAGE sql STABLE SET search_path = public, pg_temp
RETURN ARRAY(
    SELECT attname::text FROM pg_attribute
    WHERE attrelid = table_of_kind(kind) AND attnum > 0 AND NOT attisdropped
        AND attgenerated = '' AND attname <> 'lineage'
    ORDER BY attnum);

-- Rows as they were after the change `boundary`, or as they are where it is null. `wanted` are
-- written `kind:key`. A row that was not there has no data.
CREATE FUNCTION rows_at(wanted text[], boundary bigint)
RETURNS TABLE (kind text, row_key bigint, data jsonb)
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    part record;
BEGIN
    FOR part IN
        SELECT split_part(name, ':', 1) AS kind,
            array_agg(DISTINCT split_part(name, ':', 2)::bigint) AS keys
        FROM unnest(wanted) AS name GROUP BY 1
    LOOP
        RETURN QUERY EXECUTE format('
            SELECT $1, wanted.key, CASE WHEN later.id IS NOT NULL THEN later.old
                ELSE (SELECT to_jsonb(kept) FROM
                    (SELECT %s FROM %s AS now WHERE now.id = wanted.key) AS kept) END
            FROM unnest($2) AS wanted (key)
            LEFT JOIN LATERAL (
                SELECT id, old FROM events_historychange
                WHERE kind = $1 AND row_key = wanted.key AND id > $3
                ORDER BY id LIMIT 1
            ) AS later ON true',
            (SELECT string_agg(quote_ident(name), ', ') FROM unnest(columns_of_kind(part.kind)) AS name),
            table_of_kind(part.kind))
        USING part.kind, part.keys, boundary;
    END LOOP;
END
$$;

-- Inserts rows of a kind as they are given: an array of objects that all have the same columns.
CREATE PROCEDURE insert_rows(kind text, data jsonb)
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    columns text := (SELECT string_agg(quote_ident(name), ', ')
        FROM unnest(columns_of_kind(kind)) AS name WHERE data -> 0 ? name);
    lineage text := CASE WHEN EXISTS (SELECT FROM pg_attribute
        WHERE attrelid = table_of_kind(kind) AND attname = 'lineage') THEN ', lineage' ELSE '' END;
BEGIN
    EXECUTE format('INSERT INTO %1$s (%2$s %3$s) SELECT %2$s %4$s
        FROM jsonb_populate_recordset(NULL::%1$s, $1)', table_of_kind(kind), columns, lineage,
        CASE lineage WHEN '' THEN '' ELSE ', ''{}''' END) USING data;
END
$$;

-- Updates rows of a kind by their key, in all columns that they are given.
CREATE PROCEDURE update_rows(kind text, data jsonb)
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    columns text := (SELECT string_agg(format('%1$I = given.%1$I', name), ', ')
        FROM unnest(columns_of_kind(kind)) AS name WHERE data -> 0 ? name AND name <> 'id');
BEGIN
    EXECUTE format('UPDATE %1$s AS now SET %2$s FROM jsonb_populate_recordset(NULL::%1$s, $1) AS given
        WHERE now.id = given.id', table_of_kind(kind), columns) USING data;
END
$$;

-- Deletes rows of a kind by their keys, with what is derived from each.
CREATE PROCEDURE delete_rows(kind text, keys bigint[])
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    EXECUTE format('DELETE FROM %s WHERE id = ANY ($1)', table_of_kind(kind)) USING keys;
    IF kind = 'statement' THEN
        DELETE FROM events_statementsearch WHERE statement_id = ANY (keys);
    END IF;
END
$$;
