-- The first day of the calendar month that a day lies in. The calendar repeats after 400 years, so
-- the day of the month is looked up in the cycle from 2001 on, as the year is (migration 0005).
CREATE FUNCTION first_day_of_month(day_number bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN day_number + 1 - date_part(
        'day', date '2001-01-01' + (((day_number - 1) % 146097 + 146097) % 146097)::int
    )::bigint;

-- The calendar month that a date surely lies in, as its first day; NULL where it may lie in several.
CREATE FUNCTION sure_month(first_day bigint, last_day bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN first_day > -9223372036854775808 AND last_day < 9223372036854775807 THEN
    CASE WHEN first_day_of_month(last_day) <= first_day THEN first_day_of_month(last_day) END
END;
