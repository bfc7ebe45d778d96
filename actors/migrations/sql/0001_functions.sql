-- What tables of both apps use: sort keys, trees, time stamps, tenures, the search configuration.

-- A key to sort and find names by: lower case, without accents. unaccent() itself is only STABLE,
-- because its dictionary could be changed; named with its dictionary, it may be declared immutable.
CREATE FUNCTION sort_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, name));

-- Where a date stands in the order of time: its last possible day; its first where no last is
-- known; before all others where no first is known.
CREATE FUNCTION edtf_sort_day(edtf text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN edtf_first_day(edtf) = -9223372036854775808 THEN -9223372036854775808
    WHEN edtf_last_day(edtf) = 9223372036854775807 THEN edtf_first_day(edtf)
    ELSE edtf_last_day(edtf)
END;

-- The days on which an office was surely held. A real end that is not exact to the day narrows
-- them to what is sure; an attested end counts whole; an empty end is open.
CREATE FUNCTION tenure_days(began text, began_is text, ended text, ended_is text) RETURNS int8range
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    first_day bigint := CASE began_is
        WHEN 'real' THEN edtf_last_day(began) ELSE edtf_first_day(began) END;
    last_day bigint := CASE ended_is
        WHEN 'real' THEN edtf_first_day(ended) ELSE edtf_last_day(ended) END;
BEGIN
    IF began = '' OR first_day = -9223372036854775808 THEN
        first_day := NULL;
    END IF;
    IF ended = '' OR last_day = 9223372036854775807 THEN
        last_day := NULL;
    END IF;
    IF first_day = 9223372036854775807 OR last_day = -9223372036854775808 OR first_day > last_day THEN
        RETURN 'empty';
    END IF;
    RETURN int8range(first_day, last_day, '[]');
END
$$;

-- Trees. The trigger's argument is the column that leads to the parent; `lineage` holds the ids
-- from the root to the row itself. The parent is locked, so that it cannot move meanwhile.
CREATE FUNCTION keep_lineage() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    parent bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    way bigint[] := '{}';
BEGIN
    IF parent IS NOT NULL THEN
        EXECUTE format('SELECT lineage FROM %I.%I WHERE id = $1 FOR NO KEY UPDATE',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO way USING parent;
        IF NEW.id = ANY(way) OR NEW.id = parent THEN
            RAISE EXCEPTION 'This would make “%” a part of itself.', NEW.name
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_a_tree';
        END IF;
    END IF;
    NEW.lineage := coalesce(way, '{}') || NEW.id;
    RETURN NEW;
END
$$;

CREATE FUNCTION pass_lineage_on() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('UPDATE %I.%I SET %I = $1 WHERE %I = $1',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]) USING NEW.id;
    RETURN NULL;
END
$$;

-- The time of the last change, whoever makes it; a write that changes nothing is none. The
-- arguments are the generated columns, which a BEFORE trigger does not see yet. Setting updated_at
-- to infinity marks a row as changed when only rows that belong to it were.
CREATE FUNCTION keep_time_stamps() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    is_touched boolean := NEW.updated_at = 'infinity';
BEGIN
    NEW.created_at := OLD.created_at;
    NEW.updated_at := OLD.updated_at;
    IF is_touched OR to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$$;

-- Full text: English stems, accents ignored.
CREATE TEXT SEARCH CONFIGURATION chancery (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION chancery
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;
