-- A text whose order is that in which a reader counts: ¶1.2 before ¶1.10. Every number gets twelve
-- digits; of a longer one the last twelve count.
CREATE FUNCTION natural_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
SELECT regexp_replace(
    regexp_replace(words, '([0-9]+)', '000000000000\1', 'g'), '[0-9]*([0-9]{12})', '\1', 'g')
$$;
