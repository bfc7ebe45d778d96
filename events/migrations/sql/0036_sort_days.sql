-- The day by which a date is sorted. It is the last day that the date can mean, also where the
-- beginning is open. Where the end is open, it is the first day. It is the least bigint where both are.
CREATE OR REPLACE FUNCTION edtf_sort_day(edtf text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN edtf_last_day(edtf) = 9223372036854775807 THEN edtf_first_day(edtf)
    ELSE edtf_last_day(edtf)
END;

-- What the former function made of dates with an open beginning is made anew.
UPDATE events_event SET date = date
WHERE first_day = -9223372036854775808 AND last_day < 9223372036854775807;
UPDATE events_statement SET date = date
WHERE first_day = -9223372036854775808 AND last_day < 9223372036854775807;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
