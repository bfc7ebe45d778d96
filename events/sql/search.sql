-- Full text search: how stored texts, names and questions are read. Functions of text alone; the
-- generated column SearchWord.sound calls one of them.

-- dmetaphone() tells how a word sounds.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;

-- English stems, with accents ignored.
CREATE TEXT SEARCH CONFIGURATION chancery (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION chancery
    ALTER MAPPING FOR hword, hword_part, word WITH public.unaccent, english_stem;

-- A text with one space between its words, in place of all marks.
CREATE FUNCTION spaced(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    CASE WHEN octet_length(words) = length(words) THEN words ELSE normalize(words, NFKC) END,
    '[\s\-‐‑‒–—―_./\\:;,!?@#&%+*=<>|~^"“”„«»‹›()\[\]{}…،؛؟·•]+', ' ', 'g');

-- The text that search reads, both of what is stored and of what is asked. It has no accents, no
-- capitals, no vowel signs, one form of each Arabic letter, and only spaces between words. So
-- "Khan-Sheikhoun" is two words and "U.S." is one. Steps that few texts need are only taken there.
CREATE FUNCTION search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
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

-- Names are not stemmed, because "unit" must not find the United Nations. Each English plural gets
-- its singular, so that "rebel group" finds "rebel groups".
CREATE FUNCTION singular(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([b-df-hj-np-tv-z])ies\M', '\1y', 'g'),
    '([a-z]{2}[a-hj-rtv-z])s\M', '\1', 'g');

-- The search document of a name: its words as they are, and in the singular. No phrase reaches over
-- the word xgapx, which stands between the two.
CREATE FUNCTION name_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple', words) || CASE WHEN singular(words) = words THEN ''
    ELSE to_tsvector('pg_catalog.simple', concat('xgapx ', singular(words))) END;

-- How a word sounds; empty for a word that is not in Latin letters.
CREATE FUNCTION sound_key(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE WHEN word ~ '^[a-z]+$' THEN public.dmetaphone(word) ELSE '' END;

-- One word or phrase of a question: stemmed as in a text, or as it stands in a name. A word such as
-- "the", which is in no search document, asks for nothing unless it stands in a phrase.
CREATE FUNCTION search_term(term text, is_phrase boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
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

-- A whole question, in the parts that events/search/query.py makes: '+word' or '=phrase', each
-- after a '-' where it is excluded, and 'or' between alternatives.
CREATE FUNCTION search_query(terms text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
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
