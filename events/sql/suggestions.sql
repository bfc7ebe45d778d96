-- Suggestions for what is typed into the search box, before it is finished.

-- A regular expression for a word of a sort_name that begins as the typed word does, whichever form
-- its Arabic letters have.
CREATE FUNCTION name_pattern(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '\m' || replace(replace(replace(replace(
    regexp_replace(sort_key(normalize(word, NFKC)), '([^[:alnum:]])', '\\\1', 'g'),
    'ا', '[اأإآٱ]'), 'ي', '[يىی]'), 'ك', '[كک]'), 'ه', '[هة]');

-- The keys of some events whose title has each typed word, or one that begins so. It looks at the
-- newest 200 events, and if these are too few, at 400 that the index finds: never at all events.
CREATE FUNCTION events_titled(typed text, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    words text[] := tsvector_to_array(to_tsvector('pg_catalog.simple', search_text(typed)));
    in_title tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*A' FROM unnest(words) AS word), ' & ')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT facts.event_id FROM (
        SELECT id FROM events_event WHERE state = 'published'
        ORDER BY sort_day DESC, id DESC LIMIT 200
    ) AS newest
    JOIN event_facts AS facts ON facts.event_id = newest.id
    WHERE facts.document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT facts.event_id FROM event_facts AS facts
        WHERE facts.document @@ in_title LIMIT 400;
    END IF;
END
$$;
