-- The calendar year that a date surely lies in; NULL where it may lie in several.
CREATE FUNCTION sure_year(first_day bigint, last_day bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN first_day > -9223372036854775808 AND last_day < 9223372036854775807
        AND last_day - first_day < 366 AND year_of_day(first_day) = year_of_day(last_day)
    THEN year_of_day(first_day)
END;

CREATE OR REPLACE FUNCTION tallied_span(first_day bigint, last_day bigint) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    year CONSTANT bigint := sure_year(first_day, last_day);
BEGIN
    IF year IS NULL THEN
        RETURN ARRAY[first_day, last_day];
    END IF;
    RETURN ARRAY[first_day_of_year(year), first_day_of_year(year + 1) - 1];
END
$$;
