-- What search reads of a statement (table events_statementsearch): the names of its speaker (weight
-- B), paraphrase and quote (C), note (D).

-- Writes the documents of these statements where they differ. The names of a speaker are read once
-- for all their statements.
CREATE FUNCTION refresh_statement_documents(wanted bigint[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
INSERT INTO events_statementsearch (statement_id, document)
SELECT statement.id, ts_delete(
    setweight(speaker.names || 'xgapx:1', 'B')
    || setweight(text_vector(concat_ws(' xgapx ', paraphrase, quote)), 'C')
    || setweight(text_vector(note), 'D'),
    'xgapx')
FROM events_statement AS statement
JOIN (
    SELECT actor.id, name_vector(concat_ws(' xgapx ', actor.name, (
        SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
        FROM actors_actorname AS other WHERE other.actor_id = actor.id))) AS names
    FROM actors_actor AS actor
    WHERE actor.id IN (SELECT speaker_id FROM events_statement WHERE id = ANY(wanted))
    OFFSET 0
) AS speaker ON speaker.id = statement.speaker_id
WHERE statement.id = ANY(wanted)
ON CONFLICT (statement_id) DO UPDATE SET document = excluded.document
WHERE events_statementsearch.document IS DISTINCT FROM excluded.document
$$;

-- For changed statements, and for actors and names that change: TG_ARGV[0] is the column of the
-- changed rows that names the speaker.
CREATE FUNCTION keep_statement_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    wanted bigint[];
BEGIN
    IF TG_TABLE_NAME = 'events_statement' THEN
        SELECT array_agg(id) INTO wanted FROM changed;
    ELSE
        EXECUTE format(
            'SELECT array_agg(id) FROM events_statement
             WHERE speaker_id IN (SELECT %I FROM changed)', TG_ARGV[0]) INTO wanted;
    END IF;
    IF wanted IS NOT NULL THEN
        PERFORM refresh_statement_documents(wanted);
    END IF;
    RETURN NULL;
END
$$;
-- The text of a statement, or its speaker. A document goes with its statement (foreign key).
CREATE TRIGGER statement_document_insert AFTER INSERT ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
CREATE TRIGGER statement_document_update AFTER UPDATE ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
-- The name of a speaker. A new actor has said nothing yet.
CREATE TRIGGER actor_statements_update AFTER UPDATE ON actors_actor
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('id');
-- Another name of a speaker; one that moves concerns the actor who had it and the one who gets it.
CREATE TRIGGER actorname_statements_insert AFTER INSERT ON actors_actorname
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_update_old AFTER UPDATE ON actors_actorname
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_update_new AFTER UPDATE ON actors_actorname
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_delete AFTER DELETE ON actors_actorname
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
