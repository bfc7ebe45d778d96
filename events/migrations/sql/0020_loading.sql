-- The mark is never taken away, whoever tries.
CREATE FUNCTION keep_loading_mark() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The mark that loading has begun cannot be taken away.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'loadingmark_is_kept';
END
$$;
CREATE TRIGGER loadingmark_is_kept BEFORE DELETE ON events_loadingmark
    FOR EACH ROW EXECUTE FUNCTION keep_loading_mark();
