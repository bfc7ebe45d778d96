-- What the chronology says of itself stands on every public page, so that a change of it is counted.
-- As it belongs to no record, it moves the time of change of none.
DROP TRIGGER data_version_of_words ON events_chronology;
CREATE TRIGGER data_version_of_words AFTER UPDATE ON events_chronology
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION note_truncation();
