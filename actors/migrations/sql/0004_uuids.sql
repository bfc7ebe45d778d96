-- A record may get another slug or title, and another key in another database; never another UUID.
CREATE FUNCTION refuse_another_uuid() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The UUID of a record never changes: %.', OLD.uuid
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_uuid_never_changes';
END
$$;

CREATE TRIGGER actor_uuid BEFORE UPDATE OF uuid ON actors_actor
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER actorname_uuid BEFORE UPDATE OF uuid ON actors_actorname
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER country_uuid BEFORE UPDATE OF uuid ON actors_country
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER countryname_uuid BEFORE UPDATE OF uuid ON actors_countryname
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER tenure_uuid BEFORE UPDATE OF uuid ON actors_tenure
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
