-- The words of published names and titles (table events_searchword), among which the correction of
-- a typo looks. See events/search/spelling.py.

-- The words of one line.
CREATE FUNCTION words_of(line text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_to_table(spaced(line), ' ');
END;

-- Adds the words that are not known yet. No word is taken away: whether a record still has it is
-- found out when it is looked up. Two writers may add one word at the same time, and so neither
-- waits for the other.
CREATE FUNCTION add_search_words(spellings text[], of_names boolean) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
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

-- Adds the words of changed rows that the public may see. A record that is published brings the
-- words of its other names, too.
CREATE FUNCTION keep_search_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    spellings text[];
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'events_event' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed, words_of(title) AS word WHERE state = 'published';
    WHEN 'actors_actor' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN actors_actorname AS other ON other.actor_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'actors_actorname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN actors_actor AS actor
            ON actor.id = changed.actor_id AND actor.state = 'published',
            words_of(changed.name) AS word;
    WHEN 'events_location' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN events_locationname AS other ON other.location_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'events_locationname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN events_location AS place
            ON place.id = changed.location_id AND place.state = 'published',
            words_of(changed.name) AS word;
    END CASE;
    PERFORM add_search_words(spellings, TG_TABLE_NAME <> 'events_event');
    RETURN NULL;
END
$$;
-- Only a new or a changed row can bring a new word.
DO $$
DECLARE
    named_table text;
BEGIN
    FOREACH named_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorname', 'events_event', 'events_location', 'events_locationname'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION keep_search_words()',
            split_part(named_table, '_', 2) || '_words_insert', named_table);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION keep_search_words()',
            split_part(named_table, '_', 2) || '_words_update', named_table);
    END LOOP;
END
$$;
