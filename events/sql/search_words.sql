-- The words of published names and titles (table events_searchword), among which the correction of
-- a typo looks. See config/search/spelling.py.

-- The words of one line, as they are written.
CREATE FUNCTION words_of(line text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT word FROM string_to_table(regexp_replace(
        line, '[\s\-‐‑‒–—―_./\\:;,!?@#&%+*=<>|~^"“”„«»‹›()\[\]{}…،؛؟·•]+', ' ', 'g'), ' ') AS word
    WHERE word <> '';
END;

-- Adds the words that are not known yet. No word is taken away: whether a record still has it is
-- found out when it is looked up. Two writers may add one word at the same time, and so neither
-- waits for the other.
CREATE FUNCTION add_search_words(spellings text[], of_names boolean) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
WITH given AS MATERIALIZED (
    SELECT replace(search_text(spelling), '-', '') AS word, spelling
    FROM unnest(spellings) AS spelling
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

-- Whether a public name, or a public title, has the word. What is withdrawn or renamed leaves its
-- words here, and must not be told by a correction.
CREATE FUNCTION is_public_word(word text, of_name boolean) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT COST 10000 SET search_path = public, pg_temp
    -- What is left to the planner are the indexes of words.
    SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
AS $$
DECLARE
    asked tsquery := quote_literal(word)::tsquery;
BEGIN
    IF NOT of_name THEN
        RETURN EXISTS (SELECT FROM events_event WHERE words @@ asked AND state = 'published');
    END IF;
    RETURN EXISTS (
        SELECT FROM actors_actor WHERE name_vector(name) @@ asked AND state = 'published'
    ) OR EXISTS (
        SELECT FROM events_location WHERE name_vector(name) @@ asked AND state = 'published'
    ) OR EXISTS (
        SELECT FROM actors_actorname AS other JOIN actors_actor AS actor
            ON actor.id = other.actor_id AND actor.state = 'published'
        WHERE name_vector(other.name) @@ asked
    ) OR EXISTS (
        SELECT FROM events_locationname AS other JOIN events_location AS place
            ON place.id = other.location_id AND place.state = 'published'
        WHERE name_vector(other.name) @@ asked
    );
END
$$;

-- The words that are written most like a word, those that sound like it, and two words of names
-- that it may be without the space between them.
CREATE FUNCTION near_words(asked text[])
RETURNS TABLE (asked text, key text, word text, spelling text, is_name boolean, sounds_alike boolean)
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    SELECT typed.word, typed.key, near.word, near.spelling, near.is_name, near.sounds_alike
    FROM (
        SELECT word, replace(search_text(word), '-', '') AS key
        FROM unnest(near_words.asked) AS word
    ) AS typed
    CROSS JOIN LATERAL (
        (SELECT word, spelling, is_name, sound <> '' AND sound = sound_key(typed.key)
            AS sounds_alike FROM events_searchword WHERE is_public_word(word, is_name)
         ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        (SELECT word, spelling, is_name, true FROM events_searchword
         WHERE sound = sound_key(typed.key) AND sound <> '' AND is_public_word(word, is_name)
         ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        SELECT typed.key, one.spelling || ' ' || two.spelling, true, false
        FROM generate_series(3, least(length(typed.key), 40) - 3) AS place
        JOIN events_searchword AS one ON one.word = left(typed.key, place) AND one.is_name
        JOIN events_searchword AS two ON two.word = substr(typed.key, place + 1) AND two.is_name
        WHERE is_public_word(one.word, true) AND is_public_word(two.word, true)
    ) AS near
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
