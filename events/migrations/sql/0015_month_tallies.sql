-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;

-- The span that a date is tallied under by months: its calendar month if it surely lies in one, else
-- its own.
CREATE FUNCTION tallied_month(first_day bigint, last_day bigint) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (
    SELECT CASE WHEN month IS NULL THEN ARRAY[first_day, last_day]
        ELSE ARRAY[month, first_day_of_month(month + 31) - 1] END
    FROM (SELECT sure_month(first_day, last_day) AS month OFFSET 0) AS sure
);

INSERT INTO events_monthtally (profile_id, first_day, last_day, is_date_qualified, number)
SELECT profile_id, span[1], span[2], is_date_qualified, count(*)
FROM (
    SELECT profile_id, tallied_month(first_day, last_day) AS span, is_date_qualified
    FROM events_eventfacts
) AS tallied
GROUP BY profile_id, span, is_date_qualified;

CREATE OR REPLACE FUNCTION tally_facts(gone tallied_facts[], come tallied_facts[]) RETURNS void
LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    PERFORM tally_places(gone, come);
    PERFORM tally_spans('events_spantally', 'tallied_span', gone, come);
    PERFORM tally_spans('events_monthtally', 'tallied_month', gone, come);
    DELETE FROM events_profile AS profile
    WHERE profile.id IN (SELECT profile_id FROM unnest(gone))
        AND profile.made_in = pg_current_xact_id()::text::bigint
        AND NOT EXISTS (SELECT FROM events_eventfacts WHERE profile_id = profile.id);
END
$$;
