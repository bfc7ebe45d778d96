-- The times at which a record was made and last changed, whoever writes the row.

-- `created_at` never changes. `updated_at` is now if the row changes; an update that changes
-- nothing leaves it. The arguments are the generated columns, which have no value yet in a BEFORE
-- trigger. A writer sets `updated_at` to infinity to say that something that belongs to the row has
-- changed. While `loaddata` runs (setting chancery.is_loading), rows keep the times that they come
-- with.
CREATE FUNCTION keep_time_stamps() RETURNS trigger
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
-- After `lineage` and `standing_since` are filled, which is why some names have a number.
CREATE TRIGGER actor_2_time_stamps BEFORE UPDATE ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_name');
CREATE TRIGGER location_2_time_stamps BEFORE UPDATE ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_name');
CREATE TRIGGER source_time_stamps BEFORE UPDATE ON events_source
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_title', 'date_first_day');
CREATE TRIGGER claim_time_stamps BEFORE UPDATE ON events_claim
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps();
CREATE TRIGGER event_2_time_stamps BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'words', 'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day',
        'is_date_qualified');
CREATE TRIGGER statement_time_stamps BEFORE UPDATE ON events_statement
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day', 'is_date_qualified');

-- An event is changed, too, when something that belongs to it changes (order=updated). The changed
-- rows name the event in the column TG_ARGV[0]. An update that leaves its rows as they were is no
-- change. An event that was touched in the same transaction is not written again.
CREATE FUNCTION touch_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg((part ->> TG_ARGV[0])::bigint) INTO touched FROM (
            (SELECT to_jsonb(was) AS part FROM was EXCEPT SELECT to_jsonb(changed) FROM changed)
            UNION ALL
            (SELECT to_jsonb(changed) FROM changed EXCEPT SELECT to_jsonb(was) FROM was)
        ) AS parts;
    ELSE
        SELECT array_agg((to_jsonb(changed) ->> TG_ARGV[0])::bigint) INTO touched FROM changed;
    END IF;
    UPDATE events_event SET updated_at = 'infinity'
    WHERE updated_at < now() AND id = ANY(touched);
    RETURN NULL;
END
$$;
-- Participations, links, claims and citations are served with their event.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('participation', 'event_id'),
        ('eventlink', 'from_event_id'),
        ('claim', 'event_id'),
        ('citation', 'event_id')
    ) AS entries (name, event_column)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_insert', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_update', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_delete', 'events_' || entry.name, entry.event_column);
    END LOOP;
END
$$;
