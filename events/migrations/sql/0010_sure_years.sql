-- As before, but the year of a single day, which most dates are, is worked out once.
CREATE OR REPLACE FUNCTION sure_year(first_day bigint, last_day bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN first_day > -9223372036854775808 AND last_day < 9223372036854775807
        AND last_day - first_day < 366
        AND (first_day = last_day OR year_of_day(first_day) = year_of_day(last_day))
    THEN year_of_day(first_day)
END;
