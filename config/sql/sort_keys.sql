-- Keys by which names and locators are sorted and found. Generated columns call these functions.

-- unaccent removes accents. pg_trgm finds a part of a name by an index (gin_trgm_ops).
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- A name in lower case and without accents. unaccent() is only STABLE, because somebody might
-- change its dictionary. Called with the name of its dictionary, it may be declared immutable.
CREATE FUNCTION sort_key(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, name));

-- A text that sorts numbers as a reader counts: ¶1.2 before ¶1.10. Every number gets twelve digits;
-- of a longer number the last twelve count.
CREATE FUNCTION natural_key(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([0-9]+)', '000000000000\1', 'g'), '[0-9]*([0-9]{12})', '\1', 'g');
