-- The standing that the editors give an event: since when, and which one it had before.

-- A former standing is recorded (table events_paststanding) if the event was public with it.
CREATE FUNCTION keep_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    NEW.standing_since := OLD.standing_since;
    IF (NEW.standing, NEW.standing_reason) IS DISTINCT FROM (OLD.standing, OLD.standing_reason) THEN
        NEW.standing_since := now();
        IF OLD.state = 'published' THEN
            INSERT INTO events_paststanding (event_id, standing, reason, since, until)
            VALUES (OLD.id, OLD.standing, OLD.standing_reason, OLD.standing_since, now());
        END IF;
    END IF;
    RETURN NEW;
END
$$;
-- Readers see every change of an editor's word, whichever way it was written.
CREATE TRIGGER event_1_standing BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_standing();
