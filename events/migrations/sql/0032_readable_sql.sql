-- The function reads no arguments any more.
DO $$
DECLARE
    named_table text;
    change text;
    trigger_name text;
BEGIN
    FOREACH named_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorname', 'events_event', 'events_location', 'events_locationname'
    ] LOOP
        FOREACH change IN ARRAY ARRAY['insert', 'update'] LOOP
            trigger_name := split_part(named_table, '_', 2) || '_words_' || change;
            EXECUTE format('DROP TRIGGER %I ON %I', trigger_name, named_table);
            EXECUTE format('CREATE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS changed
                FOR EACH STATEMENT EXECUTE FUNCTION keep_search_words()',
                trigger_name, change, named_table);
        END LOOP;
    END LOOP;
END
$$;

-- Each of these was named by the first of its transition tables, too.
DO $$
DECLARE
    record_name text;
BEGIN
    FOREACH record_name IN ARRAY ARRAY['participation', 'eventlink', 'claim', 'citation'] LOOP
        EXECUTE format('ALTER TRIGGER %1$s_touch_insert_new ON events_%1$s
            RENAME TO %1$s_touch_insert', record_name);
        EXECUTE format('ALTER TRIGGER %1$s_touch_update_old ON events_%1$s
            RENAME TO %1$s_touch_update', record_name);
        EXECUTE format('ALTER TRIGGER %1$s_touch_delete_old ON events_%1$s
            RENAME TO %1$s_touch_delete', record_name);
    END LOOP;
END
$$;

-- The page of an event asks with Django's queries.
DROP FUNCTION event_ties;
