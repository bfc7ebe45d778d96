-- The mark that loading has begun (table events_loadingmark). The fixtures are loaded once in the
-- life of a database, so that nothing that a curator deleted comes back.

CREATE FUNCTION keep_loading_mark() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'The mark that loading has begun cannot be taken away.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'loadingmark_is_kept';
END
$$;
-- Nobody deletes the mark.
CREATE TRIGGER loadingmark_is_kept BEFORE DELETE ON events_loadingmark
    FOR EACH ROW EXECUTE FUNCTION keep_loading_mark();
