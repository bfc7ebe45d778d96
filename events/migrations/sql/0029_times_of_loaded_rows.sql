-- As in migration actors.0001, but rows that `loaddata` writes keep the times that they come with,
-- whatever is loaded beside them.
CREATE OR REPLACE FUNCTION keep_time_stamps() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
