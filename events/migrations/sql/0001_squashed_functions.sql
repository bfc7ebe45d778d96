-- Functions that the tables of events call, and the last form of those that migrations of `actors`
-- made.

CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- A text that sorts numbers as a reader counts: ¶1.2 before ¶1.10. Every number gets twelve digits;
-- of a longer number the last twelve count.
CREATE FUNCTION natural_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([0-9]+)', '000000000000\1', 'g'), '[0-9]*([0-9]{12})', '\1', 'g');

-- How a word sounds; empty for a word that is not in Latin letters.
CREATE FUNCTION sound_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN word ~ '^[a-z]+$' THEN public.dmetaphone(word) ELSE '' END;

-- Writes the rows below a row again, so that their lineage follows. It looks for such rows first,
-- because an update of no row also fires every statement trigger of the table.
CREATE OR REPLACE FUNCTION pass_lineage_on() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = public, pg_temp
AS $$
DECLARE
    has_children boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I = $1)',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) INTO has_children USING NEW.id;
    IF has_children THEN
        EXECUTE format('UPDATE %I.%I SET %I = $1 WHERE %I = $1',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]) USING NEW.id;
    END IF;
    RETURN NULL;
END
$$;

-- `created_at` never changes. `updated_at` is now if the row changes; an update that changes
-- nothing leaves it. The arguments are the generated columns, which have no value yet in a BEFORE
-- trigger. A writer sets `updated_at` to infinity to say that something that belongs to the row has
-- changed. While `loaddata` runs (setting chancery.is_loading), rows keep the times that they come
-- with.
CREATE OR REPLACE FUNCTION keep_time_stamps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    is_touched boolean := NEW.updated_at = 'infinity';
BEGIN
    IF current_setting('chancery.is_loading', true) = 'on' THEN
        IF is_touched THEN
            NEW.updated_at := OLD.updated_at;
        END IF;
        RETURN NEW;
    END IF;
    NEW.created_at := OLD.created_at;
    NEW.updated_at := OLD.updated_at;
    IF is_touched OR to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$$;

ALTER FUNCTION keep_lineage SET search_path = public, pg_temp;
ALTER FUNCTION tenure_days SET search_path = public, pg_temp;
