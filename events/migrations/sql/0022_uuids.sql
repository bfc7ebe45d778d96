-- As in migration 0004 of `actors`.
CREATE TRIGGER citation_uuid BEFORE UPDATE OF uuid ON events_citation
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER claim_uuid BEFORE UPDATE OF uuid ON events_claim
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER event_uuid BEFORE UPDATE OF uuid ON events_event
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER eventlink_uuid BEFORE UPDATE OF uuid ON events_eventlink
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER eventtype_uuid BEFORE UPDATE OF uuid ON events_eventtype
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER location_uuid BEFORE UPDATE OF uuid ON events_location
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER locationname_uuid BEFORE UPDATE OF uuid ON events_locationname
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER participation_uuid BEFORE UPDATE OF uuid ON events_participation
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER position_uuid BEFORE UPDATE OF uuid ON events_position
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER scale_uuid BEFORE UPDATE OF uuid ON events_scale
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER scalescore_uuid BEFORE UPDATE OF uuid ON events_scalescore
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER source_uuid BEFORE UPDATE OF uuid ON events_source
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
CREATE TRIGGER statement_uuid BEFORE UPDATE OF uuid ON events_statement
    FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid();
