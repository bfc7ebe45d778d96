-- When an event was first published: set once, and never changed after.

CREATE FUNCTION keep_first_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    -- What is inserted with a time, from a dump, keeps it.
    IF TG_OP = 'UPDATE' THEN
        NEW.published_at := OLD.published_at;
    END IF;
    IF NEW.published_at IS NULL AND NEW.state = 'published' THEN
        NEW.published_at := now();
    END IF;
    RETURN NEW;
END
$$;
-- Feeds give this time as the date of publication, whoever published the event and how.
CREATE TRIGGER event_1_publication BEFORE INSERT OR UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_first_publication();
