-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

ALTER TABLE events_profilewords ADD CONSTRAINT profilewords_of_profile
    FOREIGN KEY (profile_id) REFERENCES events_profile ON DELETE CASCADE;

-- So many events of one profile are worth knowing the words of.
CREATE FUNCTION words_are_kept_from() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 25;

-- The key of an advisory lock: writers of facts share it until their transactions end, and whoever
-- reads all documents of a profile has it alone, so that none is written meanwhile.
CREATE FUNCTION words_lock() RETURNS bigint LANGUAGE sql IMMUTABLE RETURN 614131;

-- Whatever the order of words in its phrases: what any event of a profile has is known without it.
CREATE FUNCTION loosely(query tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(query::text, '<(-|[0-9]+)>', '&', 'g')::tsquery;

-- The words that each of some documents has, where all have them at the same places, with these;
-- and the words that any has.
CREATE FUNCTION words_of_all(documents tsvector[], OUT always tsvector, OUT ever text[])
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
WITH word AS MATERIALIZED (
    SELECT lexeme, count(*) = cardinality(documents) AS is_always
    FROM unnest(documents) AS document, unnest(document) GROUP BY lexeme
), placed AS (
    SELECT lexeme, ':' || string_agg(place::text, ',') AS places
    FROM (
        SELECT lexeme, place
        FROM unnest(documents) AS document, unnest(document), unnest(positions) AS place
        WHERE lexeme IN (SELECT lexeme FROM word WHERE is_always)
        GROUP BY lexeme, place HAVING count(*) = cardinality(documents)
    ) AS shared
    GROUP BY lexeme
)
SELECT (
        SELECT coalesce(string_agg(concat(
            '''', replace(replace(lexeme, '\', '\\'), '''', ''''''), '''', places), ' '), '')
        FROM word LEFT JOIN placed USING (lexeme) WHERE is_always
    )::tsvector,
    (SELECT coalesce(array_agg(lexeme), '{}') FROM word)
$$;

-- NULL for more words than a vector holds, or is worth to be looked through.
CREATE FUNCTION vector_of(words text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE WHEN coalesce(sum(octet_length(word)), 0) < 400000 THEN array_to_tsvector(words) END
FROM unnest(words) AS word
$$;

-- Read the documents of a profile anew. False where that cannot be done now: others write, or this
-- transaction does not see what they wrote last.
CREATE FUNCTION settle_profile(settled bigint) RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed'
        OR NOT pg_try_advisory_xact_lock(words_lock())
    THEN
        RETURN false;
    END IF;
    DELETE FROM events_profilewords WHERE profile_id = settled;
    INSERT INTO events_profilewords (profile_id, always, ever)
    SELECT settled, always, vector_of(ever) FROM words_of_all(
        ARRAY(SELECT document FROM events_eventfacts WHERE profile_id = settled));
    RETURN true;
END
$$;

-- Take in some documents of a profile that has one row. Where another writer is at it, a second row
-- says that nothing is known: none waits.
CREATE FUNCTION add_profile_words(changed bigint, documents tsvector[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    known events_profilewords;
    added record;
    fresh text[];
BEGIN
    SELECT * INTO known FROM events_profilewords WHERE profile_id = changed
    LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF known.id IS NULL THEN
        INSERT INTO events_profilewords (profile_id) VALUES (changed);
    ELSIF known.ever IS NOT NULL THEN
        SELECT * INTO added FROM words_of_all(documents || known.always);
        fresh := ARRAY(SELECT unnest(added.ever)
                       EXCEPT SELECT unnest(tsvector_to_array(known.ever)));
        IF cardinality(fresh) > 0 OR added.always <> known.always THEN
            UPDATE events_profilewords SET always = added.always,
                ever = vector_of(tsvector_to_array(known.ever) || fresh)
            WHERE id = known.id;
        END IF;
    END IF;
END
$$;

-- The words of profiles follow the facts. All is read anew where half of it changed anyway, or
-- where it is not much beside that.
CREATE FUNCTION keep_profile_words() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    profiles bigint[];
    documents tsvector[];
    entry record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(profile_id), array_agg(document) INTO profiles, documents FROM changed;
    ELSE
        SELECT array_agg(changed.profile_id), array_agg(changed.document)
        INTO profiles, documents
        FROM changed JOIN was USING (event_id)
        WHERE (changed.profile_id, changed.document) IS DISTINCT FROM (was.profile_id, was.document);
    END IF;
    IF profiles IS NULL THEN
        RETURN NULL;
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed'
        OR NOT pg_try_advisory_xact_lock_shared(words_lock())
    THEN
        INSERT INTO events_profilewords (profile_id) SELECT DISTINCT unnest(profiles);
        RETURN NULL;
    END IF;
    FOR entry IN
        SELECT * FROM (
            SELECT given.profile_id, array_agg(given.document) AS documents, (
                    SELECT sum(number) FROM events_spantally AS tally
                    WHERE tally.profile_id = given.profile_id
                ) AS events, (
                    SELECT count(*) FROM events_profilewords AS words
                    WHERE words.profile_id = given.profile_id
                ) AS rows
            FROM unnest(profiles, documents) AS given (profile_id, document)
            GROUP BY given.profile_id
        ) AS concerned
        WHERE rows > 0 OR events >= words_are_kept_from()
        ORDER BY profile_id
    LOOP
        CONTINUE WHEN (
            entry.events <= 2 * cardinality(entry.documents)
            OR entry.rows <> 1 AND entry.events <= 1000
        ) AND settle_profile(entry.profile_id);
        IF entry.rows = 1 THEN
            PERFORM add_profile_words(entry.profile_id, entry.documents);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
CREATE TRIGGER facts_words_insert AFTER INSERT ON events_eventfacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_profile_words();
CREATE TRIGGER facts_words_update AFTER UPDATE ON events_eventfacts
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_profile_words();

-- Settle all profiles of many events of which nothing is known; how many they were.
CREATE FUNCTION settle_profiles() RETURNS bigint
LANGUAGE sql AS $$
SELECT count(*) FILTER (WHERE settle_profile(profile_id)) FROM (
    SELECT profile_id FROM events_spantally GROUP BY profile_id
    HAVING sum(number) >= words_are_kept_from()
    EXCEPT
    SELECT profile_id FROM events_profilewords GROUP BY profile_id
    HAVING count(*) = 1 AND count(ever) = 1
) AS unknown
$$;
SELECT settle_profiles();
