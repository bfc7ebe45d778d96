-- The UUID of a record, by which the record is known for ever.

-- Refuses another UUID. A record may get another slug or title, and in another database another
-- primary key; it never gets another UUID.
CREATE FUNCTION refuse_another_uuid() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'The UUID of a record never changes: %.', OLD.uuid
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_uuid_never_changes';
END
$$;
-- Every table whose rows have a UUID that outputs show (config/db/identity.py).
DO $$
DECLARE
    record_table text;
BEGIN
    FOREACH record_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorkind', 'actors_actorname', 'actors_country',
        'actors_countryname', 'actors_tenure',
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_location', 'events_locationname', 'events_participation', 'events_position',
        'events_role', 'events_scale', 'events_scalescore', 'events_source', 'events_statement'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OF uuid ON %I
            FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid()',
            split_part(record_table, '_', 2) || '_uuid', record_table);
    END LOOP;
END
$$;
