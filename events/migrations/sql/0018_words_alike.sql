-- Which words the events of a profile have alike, so that these are ranked as one.

-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

-- The words that each of some documents has as often, in parts of the same weight: what their rank
-- depends on where words are alternatives. Their places are only numbered.
CREATE FUNCTION alike_in_all(documents tsvector[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
WITH word AS (
    SELECT lexeme, min(weights) AS weights
    FROM unnest(documents) AS document, unnest(document)
    GROUP BY lexeme
    HAVING count(*) = cardinality(documents) AND count(DISTINCT weights) = 1
)
SELECT coalesce(string_agg(concat(
        '''', replace(replace(lexeme, '\', '\\'), '''', ''''''), ''':', places), ' '), '')::tsvector
FROM word CROSS JOIN LATERAL (
    SELECT string_agg(place || weight, ',') AS places
    FROM unnest(weights) WITH ORDINALITY AS each (weight, place)
) AS placed
$$;

-- Any of the words of a query, in whatever way it asks for them.
CREATE FUNCTION any_word_of(query tsquery) RETURNS tsquery
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT coalesce(string_agg(found[1], ' | '), '')::tsquery
FROM regexp_matches(query::text, '(''(?:[^''\\]|''''|\\\\)*'')', 'g') AS found
$$;

-- The column `unlike` comes with the model.
ALTER TABLE events_profilewords ADD COLUMN alike tsvector;
UPDATE events_profilewords AS words SET alike = alike_in_all(
    ARRAY(SELECT document FROM events_eventfacts WHERE profile_id = words.profile_id)
) WHERE ever IS NOT NULL;

-- As in migration 0014, and what is alike.
CREATE OR REPLACE FUNCTION settle_profile(settled bigint) RETURNS boolean
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    documents tsvector[];
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed'
        OR NOT pg_try_advisory_xact_lock(words_lock())
    THEN
        RETURN false;
    END IF;
    documents := ARRAY(SELECT document FROM events_eventfacts WHERE profile_id = settled);
    DELETE FROM events_profilewords WHERE profile_id = settled;
    INSERT INTO events_profilewords (profile_id, always, ever, alike)
    SELECT settled, always, vector_of(ever), alike_in_all(documents) FROM words_of_all(documents);
    RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION add_profile_words(changed bigint, documents tsvector[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    known events_profilewords;
    added record;
    fresh text[];
    still_alike tsvector;
BEGIN
    SELECT * INTO known FROM events_profilewords WHERE profile_id = changed
    LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF known.id IS NULL THEN
        INSERT INTO events_profilewords (profile_id) VALUES (changed);
    ELSIF known.ever IS NOT NULL THEN
        SELECT * INTO added FROM words_of_all(documents || known.always);
        fresh := ARRAY(SELECT unnest(added.ever)
                       EXCEPT SELECT unnest(tsvector_to_array(known.ever)));
        still_alike := alike_in_all(documents || known.alike);
        IF cardinality(fresh) > 0 OR added.always <> known.always OR still_alike <> known.alike THEN
            UPDATE events_profilewords SET always = added.always,
                ever = vector_of(tsvector_to_array(known.ever) || fresh), alike = still_alike
            WHERE id = known.id;
        END IF;
    END IF;
END
$$;
