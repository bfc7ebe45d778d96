-- What searches by the former functions goes.
DROP INDEX actor_by_word, actorname_by_word, location_by_word, locationname_by_word;
DROP FUNCTION events_titled(text, integer), name_pattern(text), name_vector(text),
    search_query(text[]);

CREATE OR REPLACE FUNCTION search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := lower(words);
BEGIN
    IF octet_length(words) <> length(words) THEN
        -- Compatibility forms are taken apart: ligatures, wide letters, Arabic presentation forms.
        read := lower(normalize(words, NFKD));
        -- Marks, the Arabic tatweel and hamza, variation selectors and format characters.
        read := regexp_replace(read,
            '[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061c\u0621\u0640\u064b-\u065f'
            '\u0670\u06d6-\u06ed\u08d3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a'
            '\ufe00-\ufe0f\ufe20-\ufe2f\u00ad\u0600-\u0605\u070f\u180b-\u180f\u200b\u200d-\u200f'
            '\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+', '', 'g');
        -- Letters that one form stands for; the digits of other scripts.
        read := translate(read,
            'ıøłđħŧŋðɨʉƶςґ' || 'ٱىیےکڪةہھەۀ'
            || '٠١٢٣٤٥٦٧٨٩' || '۰۱۲۳۴۵۶۷۸۹' || '०१२३४५६७८९' || '০১২৩৪৫৬৭৮৯'
            || '๐๑๒๓๔๕๖๗๘๙' || '໐໑໒໓໔໕໖໗໘໙' || '༠༡༢༣༤༥༦༧༨༩' || '၀၁၂၃၄၅၆၇၈၉' || '០១២៣៤៥៦៧៨៩',
            'ioldhtndiuzσг' || 'ايييككههههه'
            || '0123456789' || '0123456789' || '0123456789' || '0123456789'
            || '0123456789' || '0123456789' || '0123456789' || '0123456789' || '0123456789');
        read := replace(replace(replace(replace(read,
            'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th');
        read := normalize(read, NFC);
    END IF;
    IF read ~ '[^a-z0-9 ]' THEN
        -- "U.S." is one word.
        read := regexp_replace(read,
            '(?<![a-z0-9\u00df-\u024f\u0370-\u03ff\u0400-\u052f])'
            '([a-z\u00df-\u024f\u0370-\u03ff\u0400-\u052f])\.', '\1', 'g');
        -- The English genitive.
        read := regexp_replace(read, '[''’ʼ]s(?![a-z0-9])', '', 'g');
        read := translate(read, '''’‘ʼʻʾʿ`‛′ʹʺ&‐‑‒–—―−' || U&'\200C', repeat('-', 21));
        read := regexp_replace(read,
            '[\s_./\\:;,!?@#%+*=<>|~^"()\[\]{}$¡§«¶·»¿\u2016-\u205e\u3000-\u303f'
            '\u05be\u060c\u061b\u061e\u061f\u066a-\u066d\u06d4]+', ' ', 'g');
        -- What joins nothing is no part of a word.
        read := regexp_replace(regexp_replace(read, '-+( |$)', ' ', 'g'), '(^| )-+', ' ', 'g');
        read := regexp_replace(read, '-+', '-', 'g');
        read := regexp_replace(read, '(?<![^ -])ال[ -]?(?=[\u0622-\u064a]{3})', '', 'g');
    END IF;
    read := btrim(regexp_replace(read, ' {2,}', ' ', 'g'));
    RETURN regexp_replace(read,
        '(?<![^ -])(?:[ae]l|[ae]sh(?=[ -]sh[^ -])|[ae]r(?=[ -]r[^ -])|[ae]s(?=[ -]s[^ -])'
        '|[ae]d(?=[ -]d[^ -])|[ae]t(?=[ -]t[^ -])|[ae]n(?=[ -]n[^ -])|[ae]z(?=[ -]z[^ -])) ',
        '', 'g');
END
$$;

CREATE OR REPLACE FUNCTION parted_words(read text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN strpos(read, '-') = 0 THEN read ELSE replace(regexp_replace(read,
    '(?<![^ -])(?:[ae]l|[ae]sh(?=-sh[^ -])|[ae]r(?=-r[^ -])|[ae]s(?=-s[^ -])|[ae]d(?=-d[^ -])'
    '|[ae]t(?=-t[^ -])|[ae]n(?=-n[^ -])|[ae]z(?=-z[^ -]))-', '', 'g'), '-', ' ') END;

CREATE OR REPLACE FUNCTION joined_words(read text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_to_string(ARRAY(
    SELECT replace(word, '-', '') FROM unnest(string_to_array(read, ' ')) AS word
    WHERE strpos(word, '-') > 0), ' ');

CREATE OR REPLACE FUNCTION search_words(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := search_text(words);
BEGIN
    RETURN CASE WHEN strpos(read, '-') = 0 THEN read
        ELSE concat(parted_words(read), ' xgapx ', joined_words(read)) END;
END
$$;

CREATE OR REPLACE FUNCTION is_acronym(word text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN word ~ '^[A-Z]{2,5}$';

CREATE OR REPLACE FUNCTION stop_acronyms(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN words ~ '\m[A-Z]{2,5}\M' THEN array_to_string(ARRAY(
    SELECT found[1] FROM regexp_matches(words, '\m[A-Z]{2,5}\M', 'g') AS found
    WHERE ts_lexize('english_stem', lower(found[1])) = '{}'), ' xgapx ') ELSE '' END;

CREATE OR REPLACE FUNCTION text_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 SET search_path = public, pg_temp
RETURN to_tsvector('public.chancery', search_words(words) || ' xgapx')
    || to_tsvector('pg_catalog.simple', stop_acronyms(words) || ' xgapx');

CREATE OR REPLACE FUNCTION singular(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([b-df-hj-np-tv-z])ies\M', '\1y', 'g'),
    '([a-z]{2}[a-hj-rtv-z])s\M', '\1', 'g');

CREATE OR REPLACE FUNCTION name_vector(name text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000 SET search_path = public, pg_temp
AS $$
DECLARE
    words text := search_words(name);
    in_singular text := singular(words);
BEGIN
    RETURN to_tsvector('pg_catalog.simple', words) || CASE WHEN in_singular = words THEN ''
        ELSE to_tsvector('pg_catalog.simple', concat('xgapx ', in_singular)) END;
END
$$;

CREATE OR REPLACE FUNCTION names_vector(one text, two text, three text DEFAULT '') RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN name_vector(one || ' xgapx ' || two || ' xgapx ' || three);

CREATE OR REPLACE FUNCTION sound_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN word ~ '^[a-z]+$' THEN public.dmetaphone(word) ELSE '' END;

CREATE OR REPLACE FUNCTION name_term(term text, is_beginning boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := search_text(term);
    parted text := parted_words(read);
    readings text[] := ARRAY[parted, singular(parted), replace(read, '-', '')];
    one tsquery;
    found tsquery := '';
BEGIN
    -- The Arabic article, while what follows is not typed yet.
    IF is_beginning AND read ~ '^ال.' THEN
        readings := readings || substr(read, 3);
    END IF;
    FOR number IN 1 .. cardinality(readings) LOOP
        CONTINUE WHEN readings[number] = ANY (readings[:number - 1]);
        one := phraseto_tsquery('pg_catalog.simple', readings[number]);
        IF is_beginning AND numnode(one) > 0 THEN
            one := (one::text || ':*')::tsquery;
        END IF;
        found := found || one;
    END LOOP;
    RETURN found;
END
$$;

CREATE OR REPLACE FUNCTION search_term(term text, is_phrase boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := search_text(term);
    words text := parted_words(read);
    stems tsquery := phraseto_tsquery('public.chancery', words);
    as_name tsquery := name_term(term, false);
BEGIN
    IF numnode(stems) = 0 AND NOT (is_phrase OR is_acronym(term) OR words ~ '\S\s+\S') THEN
        RETURN stems;
    END IF;
    IF strpos(read, '-') > 0 THEN
        stems := stems || phraseto_tsquery('public.chancery', replace(read, '-', ''));
    END IF;
    RETURN CASE WHEN stems = as_name OR numnode(stems) < 2 AND as_name @> stems THEN as_name
        ELSE stems || as_name END;
END
$$;

CREATE OR REPLACE FUNCTION search_query(terms text[], of_beginnings boolean DEFAULT false) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    term text;
    is_phrase boolean;
    one tsquery;
    part tsquery := '';
    found tsquery := '';
BEGIN
    FOREACH term IN ARRAY terms LOOP
        IF term = 'or' THEN
            found := found || part;
            part := '';
        ELSE
            is_phrase := left(ltrim(term, '-'), 1) = '=';
            one := CASE WHEN of_beginnings THEN name_term(ltrim(term, '-+='), NOT is_phrase)
                ELSE search_term(ltrim(term, '-+='), is_phrase) END;
            part := part && CASE WHEN left(term, 1) = '-' THEN !!one ELSE one END;
        END IF;
    END LOOP;
    RETURN found || part;
END
$$;

CREATE OR REPLACE FUNCTION common_terms(terms text[]) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$ SELECT term FROM unnest(terms) AS term WHERE numnode(search_query(ARRAY[term])) = 0 $$;

CREATE OR REPLACE FUNCTION words_of(line text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT word FROM string_to_table(regexp_replace(
        line, '[\s\-‐‑‒–—―_./\\:;,!?@#&%+*=<>|~^"“”„«»‹›()\[\]{}…،؛؟·•]+', ' ', 'g'), ' ') AS word
    WHERE word <> '';
END;

CREATE OR REPLACE FUNCTION add_search_words(spellings text[], of_names boolean) RETURNS void
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

CREATE OR REPLACE FUNCTION near_words(asked text[])
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
            AS sounds_alike FROM events_searchword ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        (SELECT word, spelling, is_name, true FROM events_searchword
         WHERE sound = sound_key(typed.key) AND sound <> ''
         ORDER BY lower(word) <-> typed.key LIMIT 20)
        UNION
        SELECT typed.key, one.spelling || ' ' || two.spelling, true, false
        FROM generate_series(3, least(length(typed.key), 40) - 3) AS place
        JOIN events_searchword AS one ON one.word = left(typed.key, place) AND one.is_name
        JOIN events_searchword AS two ON two.word = substr(typed.key, place + 1) AND two.is_name
    ) AS near
$$;

CREATE OR REPLACE FUNCTION keep_search_words() RETURNS trigger
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

CREATE OR REPLACE FUNCTION refresh_statement_documents(wanted bigint[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
INSERT INTO events_statementsearch (statement_id, document)
SELECT statement.id, ts_delete(
    setweight(speaker.names || 'xgapx:1', 'B')
    || setweight(text_vector(concat_ws(' xgapx ', paraphrase, quote)), 'C')
    || setweight(text_vector(note), 'D'),
    'xgapx')
FROM events_statement AS statement
JOIN (
    SELECT actor.id, name_vector(concat_ws(' xgapx ', actor.name, (
        SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
        FROM actors_actorname AS other WHERE other.actor_id = actor.id))) AS names
    FROM actors_actor AS actor
    WHERE actor.id IN (SELECT speaker_id FROM events_statement WHERE id = ANY(wanted))
    OFFSET 0
) AS speaker ON speaker.id = statement.speaker_id
WHERE statement.id = ANY(wanted)
ON CONFLICT (statement_id) DO UPDATE SET document = excluded.document
WHERE events_statementsearch.document IS DISTINCT FROM excluded.document
$$;

CREATE OR REPLACE FUNCTION event_texts(wanted bigint[]) RETURNS TABLE (event_id bigint, document tsvector)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH claims AS (
        SELECT claim.event_id,
            string_agg(concat_ws(' xgapx ', claim.text, claim.note), ' xgapx ' ORDER BY claim.id)
                AS texts
        FROM events_claim AS claim
        WHERE claim.event_id = ANY (wanted) AND claim.state = 'published'
        GROUP BY claim.event_id
    ), said AS (
        SELECT about.event_id,
            string_agg(
                concat_ws(' xgapx ', statement.paraphrase, statement.quote, statement.note),
                ' xgapx ' ORDER BY statement.id) AS texts
        FROM statements_about(wanted) AS about
        JOIN events_statement AS statement
            ON statement.id = about.statement_id AND statement.state = 'published'
        JOIN actors_actor AS speaker
            ON speaker.id = statement.speaker_id AND speaker.state = 'published'
        GROUP BY about.event_id
    ), parts AS (
        SELECT part.event_id, string_agg(part.note, ' xgapx ' ORDER BY part.id) AS texts
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = ANY (wanted) AND part.note <> ''
        GROUP BY part.event_id
    ), written AS MATERIALIZED (
        -- Once for each event, however the planner joins them.
        SELECT event.id, ts_delete(
            setweight(text_vector(event.title)
                || to_tsvector('simple', search_words(event.title) || ' xgapx'), 'A')
            || setweight(text_vector(event.summary), 'C')
            || setweight(text_vector(concat_ws(' xgapx ', event.note, event.standing_reason,
                parts.texts, claims.texts, said.texts)), 'D'),
            'xgapx') AS document
        FROM events_event AS event
        LEFT JOIN claims ON claims.event_id = event.id
        LEFT JOIN said ON said.event_id = event.id
        LEFT JOIN parts ON parts.event_id = event.id
        WHERE event.id = ANY (wanted)
    )
    SELECT id, document FROM written;
END;

CREATE OR REPLACE FUNCTION events_titled(asked tsquery, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    -- The weight A is that of titles.
    in_title tsquery := replace(asked::text, ':*', ':*A')::tsquery;
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

CREATE OR REPLACE FUNCTION suggested_records(terms text[], typed text, wanted integer)
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

CREATE OR REPLACE FUNCTION lexemes_of(word text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
    SELECT array_remove(tsvector_to_array(to_tsvector('public.chancery', words))
        || tsvector_to_array(name_vector(word)), 'xgapx')
    FROM search_words(word) AS words
$$;

CREATE OR REPLACE FUNCTION texts_with_words(wanted bigint[], asked text[])
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

DROP FUNCTION spaced(text);
