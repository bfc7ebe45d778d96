-- Bounds of dates: the first and the last day that an uncertain date can mean.
--
-- Dates are texts in the Extended Date/Time Format (EDTF, Library of Congress, 2019). Generated
-- columns of the tables call these functions, so any writer gets the same bounds.
-- config/edtf/dates.py reads the same texts in Python and finds the same bounds.
-- tests/config/edtf/test_edtf_sql.py compares the two. config/edtf/reading.py gives the reason of each
-- bound.
--
-- A day is its number in the proleptic Gregorian calendar: 0001-01-01 is 1, the day before it 0.
-- An open or unknown end is the least or the greatest bigint, so comparisons need no NULL.
--
-- edtf_bounds calls built-in functions only. The others are parsed when they are made and refer to
-- what they call by its identity. So none of them looks up a name when it runs, and a dump can be
-- restored with any search_path.

-- The first and the last day of any text. Raises invalid_datetime_format where it is no date.
CREATE FUNCTION edtf_bounds(edtf text) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog
AS $$
DECLARE
    open_start constant bigint := -9223372036854775808;
    open_end constant bigint := 9223372036854775807;
    -- Months from and to for 21 to 41; 0 is December of the year before, 15 March of the year after.
    season_from constant int[] := '{3,0,3,0, 3,6,9,0, 9,0,3,6, 1,4,7,10, 1,5,9, 1,7}';
    season_to constant int[] := '{12,15,12,15, 6,9,12,15, 12,15,6,9, 3,6,9,12, 4,8,12, 6,12}';
    month_length constant int[] := '{31,28,31,30,31,30,31,31,30,31,30,31}';
    is_set boolean;
    is_negative boolean;
    elements text[];
    ends text[];
    parts text[];
    month_mask text;
    day_mask text;
    total_digits int;
    unit bigint;
    low_year bigint;
    high_year bigint;
    low_month int;
    high_month int;
    low_day int;
    high_day int;
    low_pair int[];
    high_pair int[];
    low_is_leap boolean;
    high_is_leap boolean;
    element_first bigint;
    element_last bigint;
    previous_first bigint := open_start;
    last bigint := open_start;
    first bigint;
BEGIN
    IF edtf = '' THEN
        RETURN ARRAY[open_start, open_end];
    END IF;

    -- The commonest texts after whole days: a year, a month.
    IF edtf ~ '^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$' THEN
        low_year := substr(edtf, 1, 4);
        low_month := coalesce(nullif(substr(edtf, 6, 2), ''), '1');
        high_month := coalesce(nullif(substr(edtf, 6, 2), ''), '12');
        RETURN ARRAY[
            make_date(low_year::int, low_month, 1) - make_date(1, 1, 1) + 1,
            make_date(
                (low_year + high_month / 12)::int, high_month % 12 + 1, 1
            ) - make_date(1, 1, 1)
        ];
    END IF;

    <<reading>>
    BEGIN
        EXIT reading WHEN length(edtf) > 100;
        is_set := edtf ~ '^(\[.*\]|\{.*\})$';
        elements := CASE
            WHEN is_set THEN
                string_to_array(replace(substr(edtf, 2, length(edtf) - 2), ', ', ','), ',')
            ELSE ARRAY[edtf]
        END;
        EXIT reading WHEN cardinality(elements) = 0;

        FOR n IN 1..cardinality(elements) LOOP
            ends := string_to_array(elements[n], CASE WHEN is_set THEN '..' ELSE '/' END);
            EXIT reading WHEN cardinality(ends) NOT IN (1, 2);
            -- A set names two dates or a span; only its first date may have no start and only
            -- its last no end.
            EXIT reading WHEN is_set AND (
                (cardinality(elements) = 1 AND cardinality(ends) = 1)
                OR (cardinality(ends) = 2 AND ends[1] = '' AND (n > 1 OR ends[2] = ''))
                OR (cardinality(ends) = 2 AND ends[2] = '' AND n < cardinality(elements))
            );

            FOR i IN 1..cardinality(ends) LOOP
                IF cardinality(ends) = 2 AND ends[i] IN ('', '..') THEN
                    IF i = 1 THEN
                        element_first := open_start;
                    END IF;
                    element_last := open_end;
                    CONTINUE;
                END IF;

                -- ? ~ % change no bound, so where they stand is all that is checked.
                IF ends[i] ~ '^[?~%]?-?[0-9X]{4}[?~%]?(-[?~%]?[0-9X]{2}[?~%]?){0,2}$' THEN
                    -- Year, month or season, day; an X for a digit that is not known.
                    parts := string_to_array(translate(ends[i], '?~%', ''), '-');
                    is_negative := parts[1] = '';
                    IF is_negative THEN
                        parts := parts[2:];
                    END IF;
                    low_year := replace(parts[1], 'X', '0');
                    high_year := replace(parts[1], 'X', '9');
                    -- Year 0 is written 0000, never -0000.
                    EXIT reading WHEN is_negative AND high_year = 0;
                    low_year := greatest(low_year, is_negative::int);
                ELSE
                    -- A long year (Y), a power of ten (E), significant digits (S).
                    parts := regexp_match(
                        ends[i],
                        '^(Y?)(-?)([1-9][0-9]*)(?:E([1-9][0-9]?))?(?:S([1-9][0-9]?))?[?~%]?$'
                    );
                    EXIT reading WHEN parts IS NULL;
                    total_digits := length(parts[3]) + coalesce(parts[4]::int, 0);
                    EXIT reading WHEN total_digits > 12 OR parts[5]::int > total_digits;
                    EXIT reading WHEN CASE
                        WHEN parts[1] = '' THEN
                            total_digits <> 4 OR parts[4] IS NOT NULL OR parts[5] IS NULL
                        ELSE parts[4] IS NULL AND total_digits < 5
                    END;
                    is_negative := parts[2] = '-';
                    unit := rpad('1', 1 + total_digits - coalesce(parts[5]::int, total_digits), '0');
                    low_year := rpad(parts[3], total_digits, '0')::bigint / unit * unit;
                    high_year := low_year + unit - 1;
                    parts := NULL;
                END IF;
                month_mask := coalesce(parts[2], 'XX');
                day_mask := coalesce(parts[3], 'XX');
                IF is_negative THEN
                    unit := low_year;
                    low_year := -high_year;
                    high_year := -unit;
                END IF;

                IF month_mask ~ '^(2[1-9]|3[0-9]|4[01])$' THEN
                    EXIT reading WHEN parts[3] IS NOT NULL;
                    low_month := season_from[month_mask::int - 20];
                    high_month := season_to[month_mask::int - 20];
                    IF low_month = 0 THEN
                        low_year := low_year - 1;
                        low_month := 12;
                    END IF;
                    IF high_month > 12 THEN
                        high_year := high_year + 1;
                        high_month := high_month - 12;
                    END IF;
                    low_day := 1;
                    high_day := month_length[high_month];
                ELSE
                    -- 29 February is the one day that some years have and others lack.
                    IF month_mask = '02' AND day_mask = '29' THEN
                        SELECT min(year), max(year) INTO low_year, high_year
                        FROM generate_series(low_year, high_year) AS year
                        WHERE lpad(abs(year)::text, 4, '0') LIKE replace(parts[1], 'X', '_')
                            AND year % 4 = 0 AND (year % 100 <> 0 OR year % 400 = 0);
                        EXIT reading WHEN low_year IS NULL;
                    END IF;

                    low_is_leap := low_year % 4 = 0 AND (low_year % 100 <> 0 OR low_year % 400 = 0);
                    high_is_leap := high_year % 4 = 0 AND (high_year % 100 <> 0 OR high_year % 400 = 0);
                    IF month_mask || day_mask ~ '^([0-9]{2}|XX)([0-9]{2}|XX)$' THEN
                        low_month := replace(month_mask, 'XX', '1');
                        high_month := replace(month_mask, 'XX', '12');
                        EXIT reading WHEN low_month NOT BETWEEN 1 AND 12;
                        low_day := replace(day_mask, 'XX', '1');
                        high_day := month_length[high_month] + (high_month = 2 AND high_is_leap)::int;
                        EXIT reading WHEN low_day NOT BETWEEN 1 AND high_day;
                        IF day_mask <> 'XX' THEN
                            high_day := low_day;
                        END IF;
                    ELSE
                        -- Part of a month or a day is masked: try them all.
                        SELECT
                            min(ARRAY[month, day]) FILTER (
                                WHERE day <= month_length[month] + (month = 2 AND low_is_leap)::int
                            ),
                            max(ARRAY[month, day]) FILTER (
                                WHERE day <= month_length[month] + (month = 2 AND high_is_leap)::int
                            )
                        INTO low_pair, high_pair
                        FROM generate_series(1, 12) AS month, generate_series(1, 31) AS day
                        WHERE lpad(month::text, 2, '0') LIKE replace(month_mask, 'X', '_')
                            AND lpad(day::text, 2, '0') LIKE replace(day_mask, 'X', '_');
                        EXIT reading WHEN low_pair IS NULL;
                        low_month := low_pair[1];
                        low_day := low_pair[2];
                        high_month := high_pair[1];
                        high_day := high_pair[2];
                    END IF;
                END IF;

                -- The Gregorian calendar repeats after 400 years of 146,097 days; counted from
                -- 10^10 such cycles before year 1, nothing divided is negative.
                IF i = 1 THEN
                    element_first := make_date(
                        ((low_year + 3999999999999) % 400 + 1)::int, low_month, low_day
                    ) - make_date(1, 1, 1) + 1
                    + 146097 * ((low_year + 3999999999999) / 400 - 10000000000);
                END IF;
                element_last := make_date(
                    ((high_year + 3999999999999) % 400 + 1)::int, high_month, high_day
                ) - make_date(1, 1, 1) + 1
                + 146097 * ((high_year + 3999999999999) / 400 - 10000000000);
            END LOOP;

            -- Nothing ends before it begins, and a set stands in the order of its beginnings.
            EXIT reading WHEN element_first > element_last OR element_first < previous_first;
            first := coalesce(first, element_first);
            last := greatest(last, element_last);
            previous_first := element_first;
        END LOOP;
        RETURN ARRAY[first, last];
    END reading;

    RAISE EXCEPTION USING
        ERRCODE = 'invalid_datetime_format',
        MESSAGE = format('"%s" is not a date this chronology can hold (EDTF)', left(edtf, 100));
END
$$;

-- The functions below give NULL for NULL, but are not declared STRICT. A strict function with a
-- CASE is never inlined, and each call in a generated column would cost three times as much.

-- Whether the text is a plain day of the years 1 to 9999 (29 February is left to edtf_bounds).
-- Several cheap tests cost less than one exact regular expression.
CREATE FUNCTION edtf_is_plain_day(edtf text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN edtf LIKE '____-__-__'
    AND edtf !~ '[^0-9-]'
    AND edtf NOT LIKE '%-%-%-%'
    AND (edtf COLLATE "C") > '0001'
    AND (substr(edtf, 6) COLLATE "C") BETWEEN '01-01' AND '12-31'
    AND (substr(edtf, 9) COLLATE "C")
        BETWEEN '01' AND CASE
            WHEN edtf LIKE '%-02-%' THEN '28'
            WHEN edtf LIKE '%-31' AND edtf ~ '-(04|06|09|11)-' THEN '30'
            ELSE '31'
        END;

-- The date of a plain day: see edtf_is_plain_day.
CREATE FUNCTION edtf_plain_day(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_date(substr(edtf, 1, 4)::int, substr(edtf, 6, 2)::int, substr(edtf, 9, 2)::int);

-- A day as a date; NULL outside the years 1 to 9999, which a date of Python cannot hold.
CREATE FUNCTION edtf_date_of(day_number bigint) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN day_number BETWEEN 1 AND 3652059 THEN make_date(1, 1, 1) + (day_number - 1)::int
END;

-- The first day that the text can mean.
CREATE FUNCTION edtf_first_day(edtf text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf_is_plain_day(edtf) THEN edtf_plain_day(edtf) - make_date(1, 1, 1) + 1
    ELSE (edtf_bounds(edtf))[1]
END;

-- The last day that the text can mean.
CREATE FUNCTION edtf_last_day(edtf text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf_is_plain_day(edtf) THEN edtf_plain_day(edtf) - make_date(1, 1, 1) + 1
    ELSE (edtf_bounds(edtf))[2]
END;

-- The first day as a date; NULL where it is open or outside the years 1 to 9999.
CREATE FUNCTION edtf_earliest_on(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf_is_plain_day(edtf) THEN edtf_plain_day(edtf)
    ELSE edtf_date_of((edtf_bounds(edtf))[1])
END;

-- The last day as a date; NULL where it is open or outside the years 1 to 9999.
CREATE FUNCTION edtf_latest_on(edtf text) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf_is_plain_day(edtf) THEN edtf_plain_day(edtf)
    ELSE edtf_date_of((edtf_bounds(edtf))[2])
END;

-- Whether the text, or a part of it, is uncertain (?), approximate (~) or both (%).
CREATE FUNCTION edtf_is_qualified(edtf text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN edtf_is_plain_day(edtf) THEN false
    WHEN edtf_bounds(edtf) IS NOT NULL THEN edtf ~ '[?~%]'
END;

-- The day by which a date is sorted. It is the last day that the date can mean, also where the
-- beginning is open. Where the end is open, it is the first day. It is the least bigint where both are.
CREATE FUNCTION edtf_sort_day(edtf text) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN CASE
    WHEN edtf_last_day(edtf) = 9223372036854775807 THEN edtf_first_day(edtf)
    ELSE edtf_last_day(edtf)
END;
