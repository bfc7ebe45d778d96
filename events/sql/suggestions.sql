-- Suggestions for what is typed into the search box, before it is finished.

-- The keys of some events whose title answers to a question that is put to names. It looks at the
-- newest 200 events, and if these are too few, at 400 that the index finds: never at all events.
CREATE FUNCTION events_titled(asked tsquery, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    -- The weight A is that of titles. A column of the event has the words of the slug, too, but an
    -- index finds those of titles by it, and by the document only those of all texts.
    in_title tsquery := replace(asked::text, ':*', ':*A')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT newest.id FROM (
        SELECT id, words FROM events_event WHERE state = 'published'
        ORDER BY sort_day DESC, id DESC LIMIT 200
    ) AS newest
    JOIN event_facts AS facts ON facts.event_id = newest.id
    WHERE newest.words @@ asked AND facts.document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT event.id FROM (
            SELECT id FROM events_event WHERE words @@ asked AND state = 'published' LIMIT 400
        ) AS event
        JOIN event_facts AS facts ON facts.event_id = event.id
        WHERE facts.document @@ in_title;
    END IF;
END
$$;

-- Published actors, places and events that answer to terms as search_query takes them; so many of
-- each kind. `found` is the name that does. Names that begin with what is typed come first.
CREATE FUNCTION suggested_records(terms text[], typed text, wanted integer)
RETURNS TABLE (kind text, slug text, name text, found text, rank integer)
LANGUAGE sql STABLE STRICT SET search_path = public, pg_temp
AS $$
    WITH asked AS MATERIALIZED (
        SELECT search_query(terms, true) AS query, search_text(typed) AS beginning
    ), named AS (
        SELECT 'actor' AS kind, id AS owner_id, name FROM actors_actor
        WHERE name_vector(name) @@ (SELECT query FROM asked)
        UNION ALL
        SELECT 'actor', actor_id, name FROM actors_actorname
        WHERE name_vector(name) @@ (SELECT query FROM asked)
        UNION ALL
        SELECT 'location', id, name FROM events_location
        WHERE name_vector(name) @@ (SELECT query FROM asked)
        UNION ALL
        SELECT 'location', location_id, name FROM events_locationname
        WHERE name_vector(name) @@ (SELECT query FROM asked)
    ), owner AS (
        SELECT 'actor' AS kind, id, slug, name FROM actors_actor WHERE state = 'published'
        UNION ALL
        SELECT 'location', id, slug, name FROM events_location WHERE state = 'published'
    ), ranked AS (
        SELECT owner.kind, owner.id, owner.slug, owner.name, named.name AS found,
            (NOT starts_with(search_text(named.name), asked.beginning))::integer AS rank
        FROM asked, named JOIN owner ON owner.kind = named.kind AND owner.id = named.owner_id
    ), grouped AS (
        SELECT kind, id, slug, name, min(rank) AS rank,
            (array_agg(found ORDER BY rank, found <> name, found))[1] AS found
        FROM ranked GROUP BY kind, id, slug, name
    )
    (SELECT kind, slug, name, found, rank FROM grouped WHERE kind = 'actor'
    ORDER BY rank, length(name), id LIMIT wanted)
    UNION ALL
    (SELECT kind, slug, name, found, rank FROM grouped WHERE kind = 'location'
    ORDER BY rank, length(name), id LIMIT wanted)
    UNION ALL
    -- Two letters begin a word of nearly every title.
    (SELECT 'event', slug, title, title, 1 FROM events_event
    WHERE (SELECT length(beginning) > 2 FROM asked) AND state = 'published' AND id = ANY (ARRAY(
        SELECT events_titled(asked.query, wanted) FROM asked))
    ORDER BY sort_day DESC, id DESC LIMIT wanted)
$$;
