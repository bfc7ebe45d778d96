-- Who held which office, and when.

-- btree_gist lets the constraint tenure_office_held_once_at_a_time compare a person and an office
-- in the same index as a range of days.
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The days on which an office was surely held (column `held` of a tenure). A real end that is not
-- exact to the day counts only as far as it is sure. An attested end counts whole. An empty end is
-- open.
CREATE FUNCTION tenure_days(began text, began_is text, ended text, ended_is text) RETURNS int8range
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    first_day bigint := CASE began_is
        WHEN 'real' THEN edtf_last_day(began) ELSE edtf_first_day(began) END;
    last_day bigint := CASE ended_is
        WHEN 'real' THEN edtf_first_day(ended) ELSE edtf_last_day(ended) END;
BEGIN
    IF began = '' OR first_day = -9223372036854775808 THEN
        first_day := NULL;
    END IF;
    IF ended = '' OR last_day = 9223372036854775807 THEN
        last_day := NULL;
    END IF;
    IF first_day = 9223372036854775807 OR last_day = -9223372036854775808 OR first_day > last_day THEN
        RETURN 'empty';
    END IF;
    RETURN int8range(first_day, last_day, '[]');
END
$$;
