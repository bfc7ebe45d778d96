-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

-- Adds what some text has of new words. Nothing is ever taken away, because a word that no event
-- has any more is found out when it is looked up. Two loads at a time may both add a word: neither
-- waits for the other.
CREATE FUNCTION add_search_words(spellings text[], of_names boolean) RETURNS void
LANGUAGE sql AS $$
WITH given AS MATERIALIZED (
    SELECT search_text(spelling) AS word, spelling FROM unnest(spellings) AS spelling
), fresh AS (
    SELECT word, min(spelling COLLATE "C") AS spelling FROM given
    WHERE word ~ '[[:alpha:]]' AND word !~ '\s' AND length(word) BETWEEN 3 AND 40
    GROUP BY word
)
INSERT INTO events_searchword (word, spelling, is_name)
SELECT word, spelling, of_names FROM fresh
WHERE NOT EXISTS (SELECT FROM events_searchword AS known
                  WHERE known.word = fresh.word AND known.is_name = of_names)
$$;

-- The arguments are the column, and whether it holds names.
CREATE FUNCTION keep_search_words() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    spellings text[];
BEGIN
    EXECUTE format('SELECT array_agg(DISTINCT word) FROM changed, words_of(%I) AS word', TG_ARGV[0])
        INTO spellings;
    PERFORM add_search_words(spellings, TG_ARGV[1]::boolean);
    RETURN NULL;
END
$$;

-- The words that are here already, and a trigger for each change that may bring others.
DO $$
DECLARE
    entry record;
    change text;
BEGIN
    FOR entry IN
        SELECT * FROM (VALUES
            ('actor', 'actors_actor', 'name', true),
            ('actorname', 'actors_actorname', 'name', true),
            ('location', 'events_location', 'name', true),
            ('locationname', 'events_locationname', 'name', true),
            ('event', 'events_event', 'title', false)
        ) AS entries (name, table_name, column_name, of_names)
    LOOP
        EXECUTE format(
            'SELECT add_search_words(array_agg(DISTINCT word), %L) FROM %I, words_of(%I) AS word',
            entry.of_names, entry.table_name, entry.column_name);
        FOREACH change IN ARRAY ARRAY['insert', 'update'] LOOP
            EXECUTE format(
                'CREATE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS changed
                 FOR EACH STATEMENT EXECUTE FUNCTION keep_search_words(%L, %L)',
                entry.name || '_words_' || change, change, entry.table_name,
                entry.column_name, entry.of_names);
        END LOOP;
    END LOOP;
END
$$;

-- Every document anew; the index is quicker made than kept while all of it changes.
DROP INDEX eventsearch_by_word;
UPDATE events_eventsearch AS old SET document = fresh.document
FROM event_documents((SELECT array_agg(event_id) FROM events_eventsearch)) AS fresh
WHERE fresh.event_id = old.event_id;
CREATE INDEX eventsearch_by_word ON events_eventsearch USING gin (document);

-- What search reads of a statement (see StatementSearch): the names of its speaker, and its text.
CREATE FUNCTION refresh_statement_documents(wanted bigint[]) RETURNS void
LANGUAGE sql AS $$
INSERT INTO events_statementsearch (statement_id, document)
SELECT statement.id, ts_delete(setweight(speaker.names || 'xgapx:1', 'B') || setweight(
    to_tsvector('public.chancery', search_text(concat_ws(' xgapx ', paraphrase, quote))), 'C'),
    'xgapx')
FROM events_statement AS statement
JOIN (
    SELECT actor.id, name_vector(search_text(concat_ws(' xgapx ', actor.name, (
        SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
        FROM actors_actorname AS other WHERE other.actor_id = actor.id)))) AS names
    FROM actors_actor AS actor
    WHERE actor.id IN (SELECT speaker_id FROM events_statement WHERE id = ANY(wanted))
    OFFSET 0
) AS speaker ON speaker.id = statement.speaker_id
WHERE statement.id = ANY(wanted)
ON CONFLICT (statement_id) DO UPDATE SET document = excluded.document
WHERE events_statementsearch.document IS DISTINCT FROM excluded.document
$$;

-- The argument is the column by which the changed rows name statements or their speakers.
CREATE FUNCTION keep_statement_documents() RETURNS trigger
LANGUAGE plpgsql AS $$
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
CREATE TRIGGER statement_document_insert AFTER INSERT ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
CREATE TRIGGER statement_document_update AFTER UPDATE ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
CREATE TRIGGER actor_statements_update AFTER UPDATE ON actors_actor
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('id');
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
SELECT refresh_statement_documents(array_agg(id)) FROM events_statement;
