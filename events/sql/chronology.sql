-- The title and the description stand on public pages, so that a change of either is counted. As
-- they belong to no record, they move the time of change of none.
CREATE TRIGGER data_version AFTER INSERT OR DELETE ON events_chronology
    FOR EACH STATEMENT EXECUTE FUNCTION note_truncation();
CREATE TRIGGER data_version_of_words AFTER UPDATE ON events_chronology
    FOR EACH ROW WHEN ((OLD.title, OLD.description) IS DISTINCT FROM (NEW.title, NEW.description))
    EXECUTE FUNCTION note_truncation();
