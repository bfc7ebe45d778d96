-- The keys of some events with these words, or words that begin so, in their title: of the newest
-- first, and of others where these are too few.
CREATE OR REPLACE FUNCTION events_titled(typed text, wanted integer) RETURNS SETOF bigint
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
