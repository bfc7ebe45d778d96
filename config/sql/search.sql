-- Full text search: the documents of texts and names, and the questions that are put to them.

-- dmetaphone() tells how a word sounds.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- English stems, of texts that search_text has read.
CREATE TEXT SEARCH CONFIGURATION chancery (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION chancery
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

-- A word of two to five capitals, such as WHO, is a name even where its small letters are a stop
-- word.
CREATE FUNCTION is_acronym(word text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN word ~ '^[A-Z]{2,5}$';

-- Those acronyms of a text that stemming would take for stop words.
CREATE FUNCTION stop_acronyms(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN words ~ '\m[A-Z]{2,5}\M' THEN array_to_string(ARRAY(
    SELECT found[1] FROM regexp_matches(words, '\m[A-Z]{2,5}\M', 'g') AS found
    WHERE ts_lexize('english_stem', lower(found[1])) = '{}'), ' xgapx ') ELSE '' END;

-- The search document of a text, as stems. Each text ends in the word xgapx, so that no phrase
-- reaches from one text into the next; it is taken out of a whole document by ts_delete.
CREATE FUNCTION text_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000 SET search_path = public, pg_temp
RETURN to_tsvector('public.chancery', search_words(words) || ' xgapx')
    || to_tsvector('pg_catalog.simple', stop_acronyms(words) || ' xgapx');

-- Names are not stemmed, because "unit" must not find the United Nations. Each English plural gets
-- its singular, so that "rebel group" finds "rebel groups".
CREATE FUNCTION singular(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([b-df-hj-np-tv-z])ies\M', '\1y', 'g'),
    '([a-z]{2}[a-hj-rtv-z])s\M', '\1', 'g');

-- The search document of a name: its words as they are, and in the singular.
CREATE FUNCTION name_vector(name text) RETURNS tsvector
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

-- The same of several names of one thing, each by itself.
CREATE FUNCTION names_vector(one text, two text, three text DEFAULT '') RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 2000
RETURN name_vector(one || ' xgapx ' || two || ' xgapx ' || three);

-- How a word sounds; empty for a word that is not in Latin letters.
CREATE FUNCTION sound_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN word ~ '^[a-z]+$' THEN public.dmetaphone(word) ELSE '' END;

-- One word or phrase as it stands in a name. A word also finds those that begin as it does where
-- `is_beginning`.
CREATE FUNCTION name_term(term text, is_beginning boolean) RETURNS tsquery
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

-- One word or phrase of a question: stemmed as in a text, or as it stands in a name. A word such as
-- "the", which is in no search document, asks for nothing unless it stands in a phrase.
CREATE FUNCTION search_term(term text, is_phrase boolean) RETURNS tsquery
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

-- A whole question, in the parts that config/search/query.py makes: '+word' or '=phrase', each
-- after a '-' where it is excluded, and 'or' between alternatives. It is put to texts, or to names
-- whose words begin so.
CREATE FUNCTION search_query(terms text[], of_beginnings boolean DEFAULT false) RETURNS tsquery
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

-- Of these terms, written as search_query takes them, those that ask for nothing.
CREATE FUNCTION common_terms(terms text[]) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$ SELECT term FROM unnest(terms) AS term WHERE numnode(search_query(ARRAY[term])) = 0 $$;
