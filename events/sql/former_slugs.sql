-- Former slugs (table events_formerslug): an address that was published goes on leading to its
-- record, and is never given to another record.

-- Keeps the slug that a record had, and refuses a slug that another record had before. A record may
-- take its own former slug back. The arguments are the kind of record and its column. It runs after
-- the row is written. Of two writers who want one slug, the second waits at the unique index of the
-- table, and then sees what the first did.
CREATE FUNCTION keep_former_slug() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    slug text;
    holder uuid;
    holder_slug text;
BEGIN
    IF TG_ARGV[1] = 'iso3' THEN
        slug := NEW.iso3;
    ELSE
        slug := NEW.slug;
    END IF;
    SELECT record INTO holder FROM events_formerslug WHERE name = TG_ARGV[0] || ':' || slug;
    IF holder <> NEW.uuid THEN
        EXECUTE format('SELECT %I FROM %I.%I WHERE uuid = $1',
                       TG_ARGV[1], TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holder_slug USING holder;
        RAISE EXCEPTION 'The slug “%” is a former one of %, and is given to no other record.',
            slug, coalesce('“' || holder_slug || '”', 'a record that is gone')
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'formerslug_is_given_to_no_other';
    ELSIF holder IS NOT NULL THEN
        DELETE FROM events_formerslug WHERE name = TG_ARGV[0] || ':' || slug;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF TG_ARGV[1] = 'iso3' THEN
            slug := OLD.iso3;
        ELSE
            slug := OLD.slug;
        END IF;
        INSERT INTO events_formerslug (name, record) VALUES (TG_ARGV[0] || ':' || slug, NEW.uuid);
    END IF;
    RETURN NULL;
END
$$;
-- Every kind of record that has an address of its own. A new record is checked, and one whose slug
-- changes.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('actor', 'actors_actor', 'slug'),
        ('claim', 'events_claim', 'slug'),
        ('country', 'actors_country', 'iso3'),
        ('event', 'events_event', 'slug'),
        ('eventtype', 'events_eventtype', 'slug'),
        ('location', 'events_location', 'slug'),
        ('source', 'events_source', 'slug')
    ) AS entries (kind, table_name, column_name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I
            FOR EACH ROW EXECUTE FUNCTION keep_former_slug(%L, %L)',
            entry.kind || '_new_slug', entry.table_name, entry.kind, entry.column_name);
        EXECUTE format('CREATE TRIGGER %1$I AFTER UPDATE OF %2$I ON %3$I
            FOR EACH ROW WHEN (OLD.%2$I <> NEW.%2$I) EXECUTE FUNCTION keep_former_slug(%4$L, %2$L)',
            entry.kind || '_former_slug', entry.column_name, entry.table_name, entry.kind);
    END LOOP;
END
$$;

-- The same rule from the other side: a slug that a record has now is no former one.
CREATE FUNCTION refuse_present_slug() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    kind text := split_part(NEW.name, ':', 1);
    slug text := substr(NEW.name, length(kind) + 2);
    table_name text := CASE WHEN kind IN ('actor', 'country') THEN 'actors_' ELSE 'events_' END || kind;
    column_name text := CASE kind WHEN 'country' THEN 'iso3' ELSE 'slug' END;
    holder uuid;
BEGIN
    EXECUTE format('SELECT uuid FROM %I WHERE %I = $1', table_name, column_name)
        INTO holder USING slug;
    IF holder IS NOT NULL THEN
        RAISE EXCEPTION 'The slug “%” is the present one of a record.', slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'formerslug_is_not_a_present_one';
    END IF;
    RETURN NULL;
END
$$;
-- For whoever writes former slugs by hand, or loads them.
CREATE TRIGGER formerslug_is_not_a_present_one AFTER INSERT OR UPDATE ON events_formerslug
    FOR EACH ROW EXECUTE FUNCTION refuse_present_slug();
