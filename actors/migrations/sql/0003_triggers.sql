CREATE TRIGGER actor_1_lineage BEFORE INSERT OR UPDATE OF part_of_id ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION keep_lineage('part_of_id');
CREATE TRIGGER actor_2_time_stamps BEFORE UPDATE ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_name');
CREATE TRIGGER actor_3_parts AFTER INSERT ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION pass_lineage_on('part_of_id');
CREATE TRIGGER actor_4_parts AFTER UPDATE ON actors_actor
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION pass_lineage_on('part_of_id');
