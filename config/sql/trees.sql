-- Trees: actors are part of other actors, places lie inside other places.
--
-- The column `lineage` of a row holds the keys from the root down to the row itself. So everything
-- below a row is found by one index, without recursion.

-- Fills `lineage` from the parent, to which the column TG_ARGV[0] leads. A row that would become a
-- part of itself is refused. The parent is locked, so that it cannot move at the same time.
CREATE FUNCTION keep_lineage() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    parent bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
    way bigint[] := '{}';
BEGIN
    IF parent IS NOT NULL THEN
        EXECUTE format('SELECT lineage FROM %I.%I WHERE id = $1 FOR NO KEY UPDATE',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO way USING parent;
        IF NEW.id = ANY(way) OR NEW.id = parent THEN
            RAISE EXCEPTION 'This would make “%” a part of itself.', NEW.name
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_is_a_tree';
        END IF;
    END IF;
    NEW.lineage := coalesce(way, '{}') || NEW.id;
    RETURN NEW;
END
$$;
-- The numbers in the names of these triggers keep their order: PostgreSQL fires triggers by name.
CREATE TRIGGER actor_1_lineage BEFORE INSERT OR UPDATE OF part_of_id ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION keep_lineage('part_of_id');
CREATE TRIGGER location_1_lineage BEFORE INSERT OR UPDATE OF parent_id ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_lineage('parent_id');

-- Writes the rows below a row again, so that their lineage follows. It looks for such rows first,
-- because an update of no row also fires every statement trigger of the table.
CREATE FUNCTION pass_lineage_on() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off SET search_path = public, pg_temp
AS $$
DECLARE
    has_children boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I = $1)',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) INTO has_children USING NEW.id;
    IF has_children THEN
        EXECUTE format('UPDATE %I.%I SET %I = $1 WHERE %I = $1',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]) USING NEW.id;
    END IF;
    RETURN NULL;
END
$$;
-- A new row has rows below it only where foreign keys are checked later, as when fixtures are
-- loaded.
CREATE TRIGGER actor_3_parts AFTER INSERT ON actors_actor
    FOR EACH ROW EXECUTE FUNCTION pass_lineage_on('part_of_id');
CREATE TRIGGER location_3_children AFTER INSERT ON events_location
    FOR EACH ROW EXECUTE FUNCTION pass_lineage_on('parent_id');
-- A row that moved takes along all that is below it.
CREATE TRIGGER actor_4_parts AFTER UPDATE ON actors_actor
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION pass_lineage_on('part_of_id');
CREATE TRIGGER location_4_children AFTER UPDATE ON events_location
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION pass_lineage_on('parent_id');
