-- A text as words with one space between them: all marks between words are gone.
CREATE FUNCTION spaced(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    CASE WHEN octet_length(words) = length(words) THEN words ELSE normalize(words, NFKC) END,
    '[\s\-‐‑‒–—―_./\\:;,!?@#&%+*=<>|~^"“”„«»‹›()\[\]{}…،؛؟·•]+', ' ', 'g');

-- The text that search reads, of what is stored and of what is asked: no accents, case or vowel
-- signs, one form of each letter, and nothing but spaces between words, so that "Khan-Sheikhoun"
-- is two words and "U.S." is one. The rarer steps are taken where they are needed.
CREATE FUNCTION search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    read text := words;
BEGIN
    IF strpos(read, '.') > 0 THEN
        read := regexp_replace(read, '\m([[:alpha:]])\.', '\1', 'g');
    END IF;
    read := spaced(read);
    IF read ~ '[''’‘ʼʾʿ`´ʹʺ]' THEN
        read := translate(regexp_replace(read, '[''’]s\M', '', 'g'), '''’‘ʼʾʿ`´ʹʺ', '');
    END IF;
    IF read ~ '[؀-ۿ]' THEN
        -- The last of these have no counterpart: vowel signs, and the line that stretches a word.
        read := translate(read, 'أإآٱىیکة' || 'ًٌٍَُِّْٰـ', 'اااايي' || 'كه');
    END IF;
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, read));
END
$$;

-- Names are never stemmed, because "unit" is no United Nations; but a body is found by the
-- singular of its name, and "rebel group" by "rebel groups".
CREATE FUNCTION singular(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([b-df-hj-np-tv-z])ies\M', '\1y', 'g'),
    '([a-z]{2}[a-hj-rtv-z])s\M', '\1', 'g');

CREATE FUNCTION name_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple', words) || CASE WHEN singular(words) = words THEN ''
    ELSE to_tsvector('pg_catalog.simple', concat('xgapx ', singular(words))) END;

-- One word or phrase that is asked for: as the text has it, stemmed, or as a name has it.
-- A word like "the", which no text is searched for, is nothing unless it stands in a phrase.
CREATE FUNCTION search_term(term text, is_phrase boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    words text := search_text(term);
    stems tsquery := phraseto_tsquery('public.chancery', words);
    as_name tsquery := phraseto_tsquery('pg_catalog.simple', words);
    in_singular tsquery := phraseto_tsquery('pg_catalog.simple', singular(words));
    found tsquery := as_name;
BEGIN
    IF numnode(stems) = 0 AND NOT is_phrase AND words !~ '\S\s+\S' THEN
        RETURN stems;
    END IF;
    IF in_singular <> as_name THEN
        found := found || in_singular;
    END IF;
    IF numnode(stems) > 0 AND stems <> as_name AND stems <> in_singular THEN
        found := stems || found;
    END IF;
    RETURN found;
END
$$;

-- A whole question as events/search/query.py takes it apart: '+word', '=phrase', each after a '-'
-- where it is excluded, and 'or' between the parts of which one is enough.
CREATE FUNCTION search_query(terms text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    term text;
    one tsquery;
    part tsquery := '';
    found tsquery := '';
BEGIN
    FOREACH term IN ARRAY terms LOOP
        IF term = 'or' THEN
            found := found || part;
            part := '';
        ELSE
            one := search_term(ltrim(term, '-+='), left(ltrim(term, '-'), 1) = '=');
            part := part && CASE WHEN left(term, 1) = '-' THEN !!one ELSE one END;
        END IF;
    END LOOP;
    RETURN found || part;
END
$$;

-- As the view events_statementevent, but asked of the wanted events alone.
CREATE FUNCTION statements_about(wanted bigint[])
RETURNS TABLE (statement_id bigint, event_id bigint)
LANGUAGE sql STABLE AS $$
WITH stated AS MATERIALIZED (
    SELECT position.statement_id, position.event_id
    FROM events_position AS position WHERE position.event_id = ANY(wanted)
    UNION
    SELECT position.statement_id, claim.event_id
    FROM events_claim AS claim JOIN events_position AS position ON position.claim_id = claim.id
    WHERE claim.event_id = ANY(wanted) AND claim.state = 'published'
)
SELECT stated.statement_id, stated.event_id FROM stated
UNION
SELECT answer.statement_id, stated.event_id
FROM stated
JOIN events_statement AS answered
    ON answered.id = stated.statement_id AND answered.state = 'published'
JOIN events_position AS answer ON answer.answered_id = answered.id
$$;

CREATE AGGREGATE all_vectors (tsvector) (
    SFUNC = pg_catalog.tsvector_concat, STYPE = tsvector, INITCOND = '');

-- What search reads of events (see EventSearch): only what is published, in a fixed order, so that
-- the same rows always make the same document. For many events at once, so that the names of an
-- actor or a place are read once for all its events; planned anew for each number of them. Between
-- two texts stands a word that is taken out at the end, so that no phrase reaches across.
CREATE FUNCTION event_documents(wanted bigint[]) RETURNS TABLE (event_id bigint, document tsvector)
LANGUAGE plpgsql STABLE STRICT SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH acting AS MATERIALIZED (
        SELECT DISTINCT event_id, actor_id
        FROM events_participation WHERE event_id = ANY(wanted)
    ), actor AS MATERIALIZED (
        SELECT actor.id, name_vector(search_text(concat_ws(' xgapx ', actor.name, (
            SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
            FROM actors_actorname AS other WHERE other.actor_id = actor.id)))) AS names
        FROM actors_actor AS actor
        WHERE actor.state = 'published' AND actor.id IN (SELECT actor_id FROM acting)
    ), actors AS (
        SELECT acting.event_id, all_vectors(actor.names || 'xgapx:1' ORDER BY actor.id) AS names
        FROM acting JOIN actor ON actor.id = acting.actor_id
        GROUP BY acting.event_id
    ), place AS MATERIALIZED (
        SELECT place.id, name_vector(search_text(string_agg(concat_ws(' xgapx ', around.name, (
            SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
            FROM events_locationname AS other WHERE other.location_id = around.id
        )), ' xgapx ' ORDER BY around.id))) AS names
        FROM events_location AS place
        JOIN events_location AS around
            ON around.id = ANY(place.lineage) AND around.state = 'published'
        WHERE place.state = 'published'
          AND place.id IN (SELECT location_id FROM events_event WHERE id = ANY(wanted))
        GROUP BY place.id
    ), claims AS (
        SELECT event_id, string_agg(claim.text, ' xgapx ' ORDER BY id) AS texts
        FROM events_claim AS claim
        WHERE event_id = ANY(wanted) AND state = 'published'
        GROUP BY event_id
    ), said AS (
        SELECT about.event_id,
            string_agg(concat_ws(' xgapx ', statement.paraphrase, statement.quote),
                       ' xgapx ' ORDER BY statement.id) AS texts,
            string_agg(speaker.name, ' xgapx ' ORDER BY statement.id) AS speakers
        FROM statements_about(wanted) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        GROUP BY about.event_id
    )
    SELECT event.id, ts_delete(
        setweight(to_tsvector('public.chancery', search_text(event.title) || ' xgapx')
            || to_tsvector('pg_catalog.simple', search_text(event.title) || ' xgapx'), 'A')
        || setweight(coalesce(actors.names, '') || coalesce(place.names || 'xgapx:1', ''), 'B')
        || setweight(to_tsvector('public.chancery', search_text(event.summary) || ' xgapx'), 'C')
        || setweight(to_tsvector('public.chancery', search_text(
                concat_ws(' xgapx ', claims.texts, said.texts, 'xgapx')))
            || coalesce(name_vector(search_text(said.speakers)), ''), 'D'),
        'xgapx')
    FROM events_event AS event
    LEFT JOIN actors ON actors.event_id = event.id
    LEFT JOIN place ON place.id = event.location_id
    LEFT JOIN claims ON claims.event_id = event.id
    LEFT JOIN said ON said.event_id = event.id
    WHERE event.id = ANY(wanted);
END
$$;

CREATE OR REPLACE FUNCTION refresh_event_documents(wanted bigint[]) RETURNS void
LANGUAGE sql SET enable_seqscan = off AS $$
INSERT INTO events_eventsearch (event_id, document)
SELECT event_id, document FROM event_documents(wanted)
ON CONFLICT (event_id) DO UPDATE SET document = excluded.document
WHERE events_eventsearch.document IS DISTINCT FROM excluded.document
$$;
DROP FUNCTION event_document;

-- The words of names and titles, as a typo's correction looks for them: see SearchWord.
CREATE FUNCTION words_of(line text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT string_to_table(spaced(line), ' ') $$;

-- How a word sounds; only words in Latin letters have a key, and others an empty one.
CREATE FUNCTION sound_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN word ~ '^[a-z]+$' THEN public.dmetaphone(word) ELSE '' END;

-- What is typed into the search box, before it is finished: a regular expression for a word of a
-- sort_name that begins so, however its letters of Arabic script are written.
CREATE FUNCTION name_pattern(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '\m' || replace(replace(replace(replace(
    regexp_replace(sort_key(normalize(word, NFKC)), '([^[:alnum:]])', '\\\1', 'g'),
    'ا', '[اأإآٱ]'), 'ي', '[يىی]'), 'ك', '[كک]'), 'ه', '[هة]');

-- Events with a title that has each word that is typed, or one that begins so. Some of them: first
-- the newest are looked at, which have every word that is common, and then no more than a few
-- hundred that an index finds; never all rows.
CREATE FUNCTION events_titled(typed text, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET enable_seqscan = off AS $$
DECLARE
    words text[] := tsvector_to_array(to_tsvector('pg_catalog.simple', search_text(typed)));
    anywhere tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*' FROM unnest(words) AS word), ' & ')::tsquery;
    in_title tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*A' FROM unnest(words) AS word), ' & ')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT event_id FROM (
        SELECT event_id, document FROM events_eventsearch WHERE event_id = ANY(ARRAY(
            SELECT id FROM events_event WHERE state = 'published'
            ORDER BY sort_day DESC, id DESC LIMIT 200))
        OFFSET 0
    ) AS newest WHERE document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT event_id FROM (
            SELECT event_id, document FROM events_eventsearch WHERE document @@ anywhere LIMIT 400
        ) AS found WHERE document @@ in_title;
    END IF;
END
$$;
