-- What search reads of the words in a text as they are written: each with its lexemes. Stems come
-- first, then what a name has.
CREATE OR REPLACE FUNCTION lexemes_of(word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
BEGIN
    RETURN array_remove(tsvector_to_array(to_tsvector('public.chancery', search_words(word)))
        || tsvector_to_array(name_vector(word)), 'xgapx');
END
$$;
