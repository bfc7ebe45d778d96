-- When an event was first published: set once, whoever writes the row, and never changed after.
CREATE FUNCTION keep_first_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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

-- Of what is there already the time was not kept. The admin logs each change of state, so that the
-- first of them is the publication of what began as a draft; a record without any such entry has
-- been what it is since it was made. What is withdrawn now was public before; a draft has no time.
CREATE TEMPORARY TABLE first_published ON COMMIT DROP AS
SELECT event.id, coalesce(logged.at, event.created_at) AS at
FROM events_event AS event
LEFT JOIN (
    SELECT entry.object_id, min(entry.action_time) AS at
    FROM django_admin_log AS entry
    JOIN django_content_type AS kind ON kind.id = entry.content_type_id
    WHERE kind.app_label = 'events' AND kind.model = 'event'
        AND entry.change_message ~ '"(State|state: Published)"'
    GROUP BY entry.object_id
) AS logged ON logged.object_id = event.id::text
WHERE event.state <> 'draft';
CREATE UNIQUE INDEX ON first_published (id);

-- Written by a change of type, which fires no trigger: no event was changed by it.
CREATE FUNCTION first_published(event_id bigint) RETURNS timestamptz LANGUAGE sql STABLE
AS 'SELECT at FROM first_published WHERE id = event_id';
ALTER TABLE events_event ADD COLUMN published_at timestamptz;
ALTER TABLE events_event ALTER COLUMN published_at TYPE timestamptz USING first_published(id);
DROP FUNCTION first_published(bigint);

CREATE TRIGGER event_1_publication BEFORE INSERT OR UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_first_publication();
