-- A new row rarely has children (only where foreign keys are checked later): they are looked for
-- before they are told, because an update of nothing fires every trigger of the table, too.
CREATE OR REPLACE FUNCTION pass_lineage_on() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    has_children boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.%I WHERE %I = $1)',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0]) INTO has_children USING NEW.id;
    IF has_children THEN
        EXECUTE format('UPDATE %I.%I SET %I = $1 WHERE %I = $1',
                       TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_ARGV[0], TG_ARGV[0]) USING NEW.id;
    END IF;
    RETURN NULL;
END
$$;

-- A version of everything public, for caches: how many writes there were, and when the last was.
-- Each writer adds to a row of its own, so that none waits for another; the sum of `writes` that a
-- reader sees never goes down, and grows with every commit that changed anything.
CREATE TABLE data_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writes bigint NOT NULL,
    written_at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION bump_data_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE data_version SET writes = writes + 1, written_at = clock_timestamp() WHERE id = (
        SELECT id FROM data_version ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    );
    IF NOT FOUND THEN
        INSERT INTO data_version (writes, written_at) VALUES (1, clock_timestamp());
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    public_table text;
BEGIN
    FOREACH public_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorname', 'actors_country', 'actors_countryname', 'actors_tenure',
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_location', 'events_locationname', 'events_participation', 'events_paststanding',
        'events_position', 'events_source', 'events_statement', 'events_statement_audience'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER data_version AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
             FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version()', public_table);
    END LOOP;
END
$$;

-- The calendar year that a day number lies in, and the day on which a year begins (proleptic
-- Gregorian; 0001-01-01 is day 1). The calendar repeats after 400 years, that is 146,097 days, so the
-- year is looked up in the cycle from 2001 on. Remainders are made positive by adding the divisor.
-- Not STRICT, so that the planner can write them out in place of a call.
CREATE FUNCTION year_of_day(day_number bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN date_part(
        'year', date '2001-01-01' + (((day_number - 1) % 146097 + 146097) % 146097)::int
    )::bigint - 2000
    + 400 * ((day_number - 1 - ((day_number - 1) % 146097 + 146097) % 146097) / 146097);

CREATE FUNCTION first_day_of_year(year bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 1 + 365 * (year - 1)
    + (year - 1 - ((year - 1) % 4 + 4) % 4) / 4
    - (year - 1 - ((year - 1) % 100 + 100) % 100) / 100
    + (year - 1 - ((year - 1) % 400 + 400) % 400) / 400;

-- The span that a date is tallied under: its calendar year if it surely lies in one, else its own.
CREATE FUNCTION tallied_span(first_day bigint, last_day bigint) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    year bigint;
BEGIN
    IF first_day > -9223372036854775808 AND last_day < 9223372036854775807
        AND last_day - first_day < 366
    THEN
        year := year_of_day(first_day);
        IF year_of_day(last_day) = year THEN
            RETURN ARRAY[first_day_of_year(year), first_day_of_year(year + 1) - 1];
        END IF;
    END IF;
    RETURN ARRAY[first_day, last_day];
END
$$;

-- Which events a statement is about, as before (migration 0002), without a common table: a condition
-- on either column now reaches the indexes instead of reading every position.
CREATE OR REPLACE VIEW events_statementevent AS
SELECT DISTINCT statement_id || '-' || event_id AS id, statement_id, event_id
FROM (
    SELECT position.statement_id, position.event_id
    FROM events_position AS position WHERE position.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position
    JOIN events_claim AS claim ON claim.id = position.claim_id AND claim.state = 'published'
    WHERE claim.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, taken.event_id
    FROM events_position AS position
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    WHERE taken.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    JOIN events_claim AS claim ON claim.id = taken.claim_id AND claim.state = 'published'
    WHERE claim.event_id IS NOT NULL
) AS about;

-- What counts know of published events: only what is published itself, each list in a fixed order.
-- Asked event by event through indexes, so that one event and a hundred thousand cost the same each.
CREATE TYPE event_description AS (
    event_id bigint, location_id bigint, first_day bigint, last_day bigint,
    is_date_qualified boolean, kind_id bigint, standing text, members bigint[],
    roles text[], actors bigint[], countries bigint[], speakers bigint[], sources bigint[],
    key bytea
);
CREATE FUNCTION describe_events(wanted bigint[]) RETURNS SETOF event_description
LANGUAGE sql STABLE STRICT AS $$
SELECT described.*, sha256(convert_to(ROW(
    kind_id, standing, members, roles, actors, countries, speakers, sources)::text, 'UTF8'))
FROM (
    SELECT event.id, place.id AS location_id, event.first_day, event.last_day,
        event.is_date_qualified, event.kind_id, event.standing::text AS standing,
        party.members, party.roles,
        ARRAY(
            SELECT DISTINCT above.id
            FROM actors_actor AS member
            JOIN actors_actor AS above ON above.id = ANY(member.lineage) AND above.state = 'published'
            WHERE member.id = ANY(party.members)
            ORDER BY above.id
        ) AS actors,
        ARRAY(
            SELECT country_id FROM actors_actor
            WHERE id = ANY(party.members) AND country_id IS NOT NULL
            UNION
            SELECT place.country_id WHERE place.country_id IS NOT NULL
            ORDER BY country_id
        ) AS countries,
        ARRAY(
            SELECT DISTINCT speaker.id
            FROM events_statementevent AS about
            JOIN events_statement AS statement
                ON statement.id = about.statement_id AND statement.state = 'published'
            JOIN actors_actor AS speaker
                ON speaker.id = statement.speaker_id AND speaker.state = 'published'
            WHERE about.event_id = event.id
            ORDER BY speaker.id
        ) AS speakers,
        ARRAY(
            SELECT DISTINCT source.id
            FROM events_citation AS citation
            JOIN events_source AS source
                ON source.id = citation.source_id AND source.state = 'published'
            WHERE citation.event_id = event.id
            ORDER BY source.id
        ) AS sources
    FROM events_event AS event
    LEFT JOIN events_location AS place ON place.id = event.location_id AND place.state = 'published'
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(part.actor_id ORDER BY part.actor_id, part.role), '{}') AS members,
            coalesce(array_agg(part.role::text ORDER BY part.actor_id, part.role), '{}') AS roles
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = event.id
    ) AS party
    WHERE event.id = ANY(wanted) AND event.state = 'published'
    OFFSET 0  -- each list is made once
) AS described
$$;

CREATE FUNCTION refresh_event_facts(wanted bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    found event_description[];
BEGIN
    DELETE FROM events_eventfacts AS facts WHERE facts.event_id = ANY(wanted) AND NOT EXISTS (
        SELECT FROM events_event WHERE id = facts.event_id AND state = 'published');
    SELECT array_agg(described) INTO found FROM describe_events(wanted) AS described;
    INSERT INTO events_profile
        (key, kind_id, standing, members, roles, actors, countries, speakers, sources, made_in)
    SELECT DISTINCT ON (described.key)
        described.key, kind_id, standing, members, roles, actors, countries, speakers, sources,
        pg_current_xact_id()::text::bigint
    FROM unnest(found) AS described
    WHERE NOT EXISTS (SELECT FROM events_profile WHERE key = described.key)
    ORDER BY described.key;
    INSERT INTO events_eventfacts AS facts
        (event_id, profile_id, location_id, first_day, last_day, is_date_qualified)
    SELECT described.event_id,
        (SELECT min(id) FROM events_profile WHERE key = described.key),
        described.location_id, described.first_day, described.last_day,
        described.is_date_qualified
    FROM unnest(found) AS described
    ON CONFLICT (event_id) DO UPDATE SET
        profile_id = excluded.profile_id, location_id = excluded.location_id,
        first_day = excluded.first_day, last_day = excluded.last_day,
        is_date_qualified = excluded.is_date_qualified
    WHERE (facts.profile_id, facts.location_id, facts.first_day, facts.last_day,
           facts.is_date_qualified)
        IS DISTINCT FROM (excluded.profile_id, excluded.location_id, excluded.first_day,
                          excluded.last_day, excluded.is_date_qualified);
END
$$;

-- The tallies follow the facts. A row that another writer holds is passed over, and one more made
-- for the same key; a row at zero goes, and so does a profile that this transaction made and no
-- event has any more (nobody else has seen it).
CREATE FUNCTION tally_facts(gone events_eventfacts[], come events_eventfacts[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    emptied bigint[];
BEGIN
    WITH delta AS MATERIALIZED (
        SELECT profile_id, location_id, sum(change) AS change
        FROM (
            SELECT profile_id, location_id, 1 AS change FROM unnest(come)
            UNION ALL
            SELECT profile_id, location_id, -1 FROM unnest(gone)
        ) AS changes
        GROUP BY 1, 2 HAVING sum(change) <> 0
    ), slot AS MATERIALIZED (
        SELECT delta.*, free.id
        FROM delta LEFT JOIN LATERAL (
            SELECT tally.id FROM events_placetally AS tally
            WHERE tally.profile_id = delta.profile_id
                AND coalesce(tally.location_id, 0) = coalesce(delta.location_id, 0)
            LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AS free ON true
    ), added AS (
        INSERT INTO events_placetally (profile_id, location_id, number)
        SELECT profile_id, location_id, change FROM slot WHERE id IS NULL
    ), changed AS (
        UPDATE events_placetally AS tally SET number = tally.number + slot.change
        FROM slot WHERE tally.id = slot.id RETURNING tally.id, tally.number
    )
    SELECT array_agg(id) INTO emptied FROM changed WHERE number = 0;
    DELETE FROM events_placetally WHERE id = ANY(emptied);

    WITH delta AS MATERIALIZED (
        SELECT profile_id, span, is_date_qualified, sum(change) AS change
        FROM (
            SELECT profile_id, tallied_span(first_day, last_day) AS span, is_date_qualified,
                1 AS change
            FROM unnest(come)
            UNION ALL
            SELECT profile_id, tallied_span(first_day, last_day), is_date_qualified, -1
            FROM unnest(gone)
        ) AS changes
        GROUP BY 1, 2, 3 HAVING sum(change) <> 0
    ), slot AS MATERIALIZED (
        SELECT delta.*, free.id
        FROM delta LEFT JOIN LATERAL (
            SELECT tally.id FROM events_spantally AS tally
            WHERE tally.profile_id = delta.profile_id AND tally.first_day = delta.span[1]
                AND tally.last_day = delta.span[2]
                AND tally.is_date_qualified = delta.is_date_qualified
            LIMIT 1 FOR UPDATE SKIP LOCKED
        ) AS free ON true
    ), added AS (
        INSERT INTO events_spantally (profile_id, first_day, last_day, is_date_qualified, number)
        SELECT profile_id, span[1], span[2], is_date_qualified, change FROM slot WHERE id IS NULL
    ), changed AS (
        UPDATE events_spantally AS tally SET number = tally.number + slot.change
        FROM slot WHERE tally.id = slot.id RETURNING tally.id, tally.number
    )
    SELECT array_agg(id) INTO emptied FROM changed WHERE number = 0;
    DELETE FROM events_spantally WHERE id = ANY(emptied);

    DELETE FROM events_profile AS profile
    WHERE profile.id IN (SELECT profile_id FROM unnest(gone))
        AND profile.made_in = pg_current_xact_id()::text::bigint
        AND NOT EXISTS (SELECT FROM events_eventfacts WHERE profile_id = profile.id);
END
$$;

CREATE FUNCTION keep_tallies() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    gone events_eventfacts[];
    come events_eventfacts[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT array_agg(was::events_eventfacts) INTO gone FROM was;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT array_agg(changed::events_eventfacts) INTO come FROM changed;
    END IF;
    IF gone IS NOT NULL OR come IS NOT NULL THEN
        PERFORM tally_facts(gone, come);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER facts_tally_insert AFTER INSERT ON events_eventfacts
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();
CREATE TRIGGER facts_tally_update AFTER UPDATE ON events_eventfacts
    REFERENCING OLD TABLE AS was NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();
CREATE TRIGGER facts_tally_delete AFTER DELETE ON events_eventfacts
    REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION keep_tallies();

-- One trigger function for all tables that search documents and facts are made from; its argument
-- says how the rows that changed lead to events. An update that leaves a row as it was is none, and
-- a time stamp alone is no change.
CREATE FUNCTION keep_event_summaries() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    touched jsonb[];
    wanted bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(to_jsonb(changed)) INTO touched FROM changed;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(to_jsonb(was)) INTO touched FROM was;
    ELSE
        SELECT array_agg(part) INTO touched FROM (
            (SELECT to_jsonb(was) - 'updated_at' AS part FROM was
             EXCEPT SELECT to_jsonb(changed) - 'updated_at' FROM changed)
            UNION ALL
            (SELECT to_jsonb(changed) - 'updated_at' FROM changed
             EXCEPT SELECT to_jsonb(was) - 'updated_at' FROM was)
        ) AS parts;
    END IF;
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    CASE TG_ARGV[0]
    WHEN 'event' THEN
        SELECT array_agg(DISTINCT (part ->> 'id')::bigint) INTO wanted FROM unnest(touched) AS part;
    WHEN 'participation', 'citation' THEN
        SELECT array_agg(DISTINCT (part ->> 'event_id')::bigint) INTO wanted
        FROM unnest(touched) AS part WHERE part ->> 'event_id' IS NOT NULL;
    WHEN 'claim' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT (part ->> 'event_id')::bigint AS event_id FROM unnest(touched) AS part
            UNION SELECT about.event_id FROM unnest(touched) AS part
            JOIN events_position AS position ON position.claim_id = (part ->> 'id')::bigint
            JOIN events_statementevent AS about ON about.statement_id = position.statement_id
        ) AS found WHERE event_id IS NOT NULL;
    WHEN 'actor' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT participation.event_id FROM unnest(touched) AS part
            JOIN events_participation AS participation
                ON participation.actor_id = (part ->> 'id')::bigint
            UNION SELECT about.event_id FROM unnest(touched) AS part
            JOIN events_statement AS statement ON statement.speaker_id = (part ->> 'id')::bigint
            JOIN events_statementevent AS about ON about.statement_id = statement.id
        ) AS found;
    WHEN 'actorname' THEN
        SELECT array_agg(DISTINCT participation.event_id) INTO wanted FROM unnest(touched) AS part
        JOIN events_participation AS participation
            ON participation.actor_id = (part ->> 'actor_id')::bigint;
    WHEN 'location', 'locationname' THEN
        SELECT array_agg(DISTINCT event.id) INTO wanted FROM events_event AS event
        JOIN events_location AS place ON place.id = event.location_id
        WHERE place.lineage && (
            SELECT array_agg((coalesce(part ->> 'location_id', part ->> 'id'))::bigint)
            FROM unnest(touched) AS part);
    WHEN 'statement' THEN
        SELECT array_agg(DISTINCT about.event_id) INTO wanted FROM unnest(touched) AS part
        JOIN events_statementevent AS about ON about.statement_id = (part ->> 'id')::bigint;
    WHEN 'position' THEN
        SELECT array_agg(DISTINCT event_id) INTO wanted FROM (
            SELECT (part ->> 'event_id')::bigint AS event_id FROM unnest(touched) AS part
            UNION SELECT claim.event_id FROM unnest(touched) AS part
            JOIN events_claim AS claim ON claim.id = (part ->> 'claim_id')::bigint
            UNION SELECT about.event_id FROM unnest(touched) AS part
            JOIN events_statementevent AS about ON about.statement_id
                IN ((part ->> 'statement_id')::bigint, (part ->> 'answered_id')::bigint)
            UNION SELECT about.event_id FROM unnest(touched) AS part
            JOIN events_position AS answer ON answer.answered_id = (part ->> 'statement_id')::bigint
            JOIN events_statementevent AS about ON about.statement_id = answer.statement_id
        ) AS found WHERE event_id IS NOT NULL;
    WHEN 'source' THEN
        SELECT array_agg(DISTINCT citation.event_id) INTO wanted FROM unnest(touched) AS part
        JOIN events_citation AS citation ON citation.source_id = (part ->> 'id')::bigint
        WHERE citation.event_id IS NOT NULL;
    END CASE;
    IF wanted IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_ARGV[0] NOT IN ('citation', 'source') THEN
        PERFORM refresh_event_documents(wanted);
    END IF;
    IF TG_ARGV[0] NOT IN ('actorname', 'locationname') THEN
        PERFORM refresh_event_facts(wanted);
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    entry record;
    change text;
    former record;
BEGIN
    FOR former IN
        SELECT tgname, tgrelid::regclass AS table_name FROM pg_trigger
        WHERE tgfoid = 'keep_event_documents'::regproc AND NOT tgisinternal
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', former.tgname, former.table_name);
    END LOOP;
    DROP FUNCTION keep_event_documents();
    FOR entry IN
        SELECT * FROM (VALUES
            ('events_event', 'event', 'INSERT UPDATE DELETE'),
            ('events_participation', 'participation', 'INSERT UPDATE DELETE'),
            ('events_citation', 'citation', 'INSERT UPDATE DELETE'),
            ('events_claim', 'claim', 'INSERT UPDATE DELETE'),
            ('actors_actor', 'actor', 'UPDATE'),
            ('actors_actorname', 'actorname', 'INSERT UPDATE DELETE'),
            ('events_location', 'location', 'UPDATE'),
            ('events_locationname', 'locationname', 'INSERT UPDATE DELETE'),
            ('events_statement', 'statement', 'UPDATE'),
            ('events_position', 'position', 'INSERT UPDATE DELETE'),
            ('events_source', 'source', 'UPDATE')
        ) AS entries (table_name, argument, changes)
    LOOP
        FOREACH change IN ARRAY string_to_array(entry.changes, ' ') LOOP
            EXECUTE format(
                'CREATE TRIGGER %I AFTER %s ON %I REFERENCING %s
                 FOR EACH STATEMENT EXECUTE FUNCTION keep_event_summaries(%L)',
                entry.argument || '_summaries_' || lower(change), change, entry.table_name,
                CASE change
                    WHEN 'INSERT' THEN 'NEW TABLE AS changed'
                    WHEN 'DELETE' THEN 'OLD TABLE AS was'
                    ELSE 'OLD TABLE AS was NEW TABLE AS changed' END,
                entry.argument);
        END LOOP;
    END LOOP;
END
$$;

-- Every table is asked through an index: a plan that is made while tables are nearly empty, as at the
-- beginning of an import, is kept for the session and must not read them from end to end.
ALTER FUNCTION refresh_event_documents(bigint[]) SET enable_seqscan = off;
ALTER FUNCTION refresh_event_facts(bigint[]) SET enable_seqscan = off;
ALTER FUNCTION tally_facts(events_eventfacts[], events_eventfacts[]) SET enable_seqscan = off;
ALTER FUNCTION keep_event_summaries() SET enable_seqscan = off;

-- As long as it takes: the limit of the site is meant for its pages.
SET LOCAL statement_timeout = 0;
SELECT refresh_event_facts(array_agg(id)) FROM events_event WHERE state = 'published'
HAVING count(*) > 0;
