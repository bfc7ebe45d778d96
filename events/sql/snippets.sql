-- Where the words of a search stand in some events: what the timeline marks, and the lines it adds
-- to a row.

-- What search reads of the words in a text as they are written: each with its lexemes. Stems come
-- first, then what a name has.
CREATE FUNCTION lexemes_of(word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN array_remove(tsvector_to_array(to_tsvector('public.chancery', search_words(word)))
        || tsvector_to_array(name_vector(word)), 'xgapx');
END
$$;

-- Every text of these events that holds a word of a question, and those of its words that do, as
-- they are written and as lexemes. `kind` is title, summary, name, note or said (a claim, or a
-- statement by `by`). Notes and statements are looked through only where the document says that one
-- of them holds a word.
CREATE FUNCTION texts_with_words(wanted bigint[], asked text[])
RETURNS TABLE (event_id bigint, kind text, by text, text text, words text[], lexemes text[])
LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
    WITH term AS MATERIALIZED (
        SELECT array_agg(DISTINCT lexeme) AS lexemes
        FROM unnest(asked) AS word, unnest(lexemes_of(word)) AS lexeme
        WHERE numnode(search_term(word, false)) > 0
    ), shown AS MATERIALIZED (
        SELECT event.id, event.title, event.summary, event.note, event.standing_reason,
            event.location_id,
            tsvector_to_array(ts_filter(facts.document, '{d}')) && term.lexemes AS is_said
        FROM term, events_event AS event
        JOIN event_facts AS facts ON facts.event_id = event.id
        WHERE event.id = ANY (wanted)
    ), texts (event_id, kind, by, text) AS MATERIALIZED (
        SELECT id, 'title', '', title FROM shown
        UNION ALL
        SELECT id, 'summary', '', summary FROM shown
        UNION ALL
        SELECT id, 'note', '', note FROM shown WHERE is_said
        UNION ALL
        SELECT id, 'note', '', standing_reason FROM shown WHERE is_said
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_participation AS taking ON taking.event_id = shown.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
        CROSS JOIN LATERAL (
            SELECT actor.name UNION SELECT name FROM actors_actorname WHERE actor_id = actor.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'name', '', name.name
        FROM shown
        JOIN events_location AS place
            ON place.id = shown.location_id AND place.state = 'published'
        JOIN events_location AS around
            ON around.id = ANY (place.lineage) AND around.state = 'published'
        CROSS JOIN LATERAL (
            SELECT around.name
            UNION SELECT name FROM events_locationname WHERE location_id = around.id
        ) AS name
        UNION ALL
        SELECT shown.id, 'note', '', taking.note
        FROM shown
        JOIN events_participation AS taking ON taking.event_id = shown.id
        JOIN actors_actor AS actor ON actor.id = taking.actor_id AND actor.state = 'published'
        WHERE shown.is_said AND taking.note <> ''
        UNION ALL
        SELECT shown.id, 'note', '', link.note
        FROM shown
        JOIN served_link AS served ON served.from_event_id = shown.id
        JOIN events_eventlink AS link ON link.id = served.id
        WHERE shown.is_said AND link.note <> ''
        UNION ALL
        SELECT shown.id, part.kind, '', part.text
        FROM shown
        JOIN events_claim AS claim ON claim.event_id = shown.id AND claim.state = 'published'
        CROSS JOIN LATERAL (VALUES ('said', claim.text), ('note', claim.note)) AS part (kind, text)
        WHERE shown.is_said
        UNION ALL
        SELECT about.event_id, part.kind, part.by, part.text
        FROM statements_about(ARRAY(SELECT id FROM shown WHERE is_said)) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        CROSS JOIN LATERAL (VALUES
            ('said', speaker.name, concat_ws(' ', statement.paraphrase,
                CASE WHEN statement.quote <> '' THEN '“' || statement.quote || '”' END)),
            ('note', '', statement.note)
        ) AS part (kind, by, text)
        WHERE (SELECT bool_or(is_said) FROM shown)
    ), parts AS MATERIALIZED (
        SELECT text, words_of(text) AS word FROM (SELECT DISTINCT text FROM texts) AS each
    ), hits AS MATERIALIZED (
        SELECT word, lexemes_of(word) AS lexemes FROM (SELECT DISTINCT word FROM parts) AS each
    )
    SELECT event_id, kind, by, text, array_agg(DISTINCT word), array_agg(DISTINCT lexemes[1])
    FROM texts JOIN parts USING (text) JOIN hits USING (word)
    WHERE hits.lexemes && (SELECT term.lexemes FROM term)
    GROUP BY event_id, kind, by, text
$$;
