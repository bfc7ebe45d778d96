-- Records that went into others (table events_mergedrecord).

-- A record that is there again went nowhere.
CREATE FUNCTION forget_merged() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    DELETE FROM events_mergedrecord USING changed WHERE events_mergedrecord.gone = changed.uuid;
    RETURN NULL;
END
$$;
-- Every kind of record that is merged.
CREATE TRIGGER actor_is_back AFTER INSERT ON actors_actor
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_merged();
CREATE TRIGGER event_is_back AFTER INSERT ON events_event
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_merged();
CREATE TRIGGER location_is_back AFTER INSERT ON events_location
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_merged();
CREATE TRIGGER source_is_back AFTER INSERT ON events_source
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION forget_merged();

-- The records to which these lead, however many merges it took, by the UUIDs of these.
CREATE FUNCTION merged_into(records uuid[]) RETURNS TABLE (gone uuid, kept uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE way (start, place) AS (
        SELECT record, record FROM unnest(records) AS record
        UNION
        SELECT way.start, merged.kept FROM way
        JOIN events_mergedrecord AS merged ON merged.gone = way.place
    )
    SELECT way.start, way.place FROM way
    WHERE way.place <> way.start
        AND NOT EXISTS (SELECT FROM events_mergedrecord AS next WHERE next.gone = way.place);
END;
