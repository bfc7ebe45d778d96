-- The times at which a record was made and last written, whoever writes the row: what curators see.
-- When something public last changed is noted elsewhere (events/sql/changes.sql).

-- `created_at` never changes. `updated_at` is now if the row changes; an update that changes
-- nothing leaves it. The arguments are the generated columns, which have no value yet in a BEFORE
-- trigger. While `loaddata` runs (setting chancery.is_loading), rows keep the times that they come
-- with.
CREATE FUNCTION keep_time_stamps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    IF current_setting('chancery.is_loading', true) = 'on' THEN
        RETURN NEW;
    END IF;
    NEW.created_at := OLD.created_at;
    NEW.updated_at := OLD.updated_at;
    IF to_jsonb(NEW) - TG_ARGV IS DISTINCT FROM to_jsonb(OLD) - TG_ARGV THEN
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
