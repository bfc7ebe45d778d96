-- When what is public of a record last changed (table events_lastchange).
--
-- A digest is made of all that is served as a part of the record, and of nothing that is not public.
-- So a record has changed if its digest has. Whatever only drafts hold moves no time. The digests
-- and times are written at the end of a transaction, by one writer at a time (event_queue.sql).
--
-- What is served of another record is that one's: a digest holds the key of an actor, not its name.

-- The key of the record, which is another one in another database. What was served when it changed.
-- The transaction that wrote the row, by which an index knows whether it has read it. They are
-- columns of the database alone: Django's model does not know them, and dumps leave them out.
ALTER TABLE events_lastchange
    ADD COLUMN key bigint,
    ADD COLUMN digest uuid,
    ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX lastchange_by_key ON events_lastchange (kind, key);
CREATE INDEX lastchange_by_transaction ON events_lastchange (written_in);

-- Citations in published sources, and what is served of each.
CREATE VIEW served_citation AS
SELECT citation.id, citation.event_id, citation.participation_id, citation.link_id,
    citation.claim_id, citation.statement_id, citation.position_id, citation.tenure_id,
    citation.actor_id, citation.location_id, citation.actor_name_id, citation.location_name_id,
    citation.country_id,
    ROW(citation.uuid, citation.source_id, citation.locator, citation.aspect, citation.access,
        via.id, citation.note)::text AS content
FROM events_citation AS citation
JOIN events_source AS source ON source.id = citation.source_id AND source.state = 'published'
LEFT JOIN events_source AS via ON via.id = citation.via_id AND via.state = 'published';

-- Links whose both ends are public, and what is served of each.
CREATE VIEW served_link AS
SELECT link.id, link.from_event_id, link.to_event_id, claim.event_id AS claim_event_id,
    ROW(link.uuid, link.relation, link.basis, link.note, asking.slug, asking.title, answered.slug,
        answered.title, claim.slug, claim.text,
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation WHERE link_id = link.id)
    )::text AS content
FROM events_eventlink AS link
JOIN events_event AS asking ON asking.id = link.from_event_id AND asking.state = 'published'
LEFT JOIN events_event AS answered ON answered.id = link.to_event_id
LEFT JOIN events_claim AS claim ON claim.id = link.to_claim_id
LEFT JOIN events_event AS about ON about.id = claim.event_id
WHERE (answered.id IS NULL OR answered.state = 'published')
    AND (claim.id IS NULL OR claim.state = 'published')
    AND (about.id IS NULL OR about.state = 'published');

-- Positions of public statements on what is public.
CREATE VIEW served_position AS
SELECT position.id, position.uuid, position.statement_id, position.stance, position.event_id,
    position.claim_id, position.answered_id
FROM events_position AS position
JOIN events_statement AS statement
    ON statement.id = position.statement_id AND statement.state = 'published'
JOIN actors_actor AS speaker ON speaker.id = statement.speaker_id AND speaker.state = 'published'
LEFT JOIN events_event AS event ON event.id = position.event_id
LEFT JOIN events_claim AS claim ON claim.id = position.claim_id
LEFT JOIN events_event AS about ON about.id = claim.event_id
LEFT JOIN events_statement AS answered ON answered.id = position.answered_id
LEFT JOIN actors_actor AS other ON other.id = answered.speaker_id
WHERE (event.id IS NULL OR event.state = 'published')
    AND (claim.id IS NULL OR claim.state = 'published')
    AND (about.id IS NULL OR about.state = 'published')
    AND (answered.id IS NULL OR answered.state = 'published' AND other.state = 'published');

-- The addresses that a record had before.
CREATE FUNCTION former_slugs(wanted uuid) RETURNS text
LANGUAGE sql STABLE
RETURN (SELECT string_agg(name, ' ' ORDER BY name) FROM events_formerslug WHERE record = wanted);

-- Each of the following gives the public records among these, when a curator last wrote each, and
-- the digest of what is served of it.

-- With its kind, its names, its offices, and what it is part of.
CREATE FUNCTION actor_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT actor.id, actor.uuid, actor.updated_at, md5(ROW(
        actor.slug, actor.name, kind.slug, kind.name, kind.nature, actor.country_id,
        actor.summary, actor.note, whole.id,
        ARRAY(SELECT above.id FROM actors_actor AS above
            WHERE above.id = ANY (actor.lineage) AND above.state = 'published' ORDER BY above.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE actor_id = actor.id),
        (SELECT string_agg(ROW(other.uuid, other.language, other.name, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE actor_name_id = other.id))::text, ' ' ORDER BY other.id)
            FROM actors_actorname AS other WHERE other.actor_id = actor.id),
        (SELECT string_agg(ROW(tenure.uuid, tenure.office, tenure.body_id, tenure.began,
                tenure.began_is, tenure.ended, tenure.ended_is, tenure.note, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE tenure_id = tenure.id))::text, ' ' ORDER BY tenure.id)
            FROM actors_tenure AS tenure LEFT JOIN actors_actor AS body ON body.id = tenure.body_id
            WHERE tenure.person_id = actor.id
                AND (body.id IS NULL OR body.state = 'published')),
        former_slugs(actor.uuid))::text)::uuid
    FROM actors_actor AS actor
    JOIN actors_actorkind AS kind ON kind.slug = actor.kind
    LEFT JOIN actors_actor AS whole ON whole.id = actor.part_of_id AND whole.state = 'published'
    WHERE actor.id = ANY (wanted) AND actor.state = 'published';
END;

-- With its names, and the places around it.
CREATE FUNCTION location_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT place.id, place.uuid, place.updated_at, md5(ROW(
        place.slug, place.name, place.kind, place.country_id, place.latitude, place.longitude,
        place.precision, place.note,
        ARRAY(SELECT around.id FROM events_location AS around
            WHERE around.id = ANY (place.lineage) AND around.state = 'published'
            ORDER BY cardinality(around.lineage)),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE location_id = place.id),
        (SELECT string_agg(ROW(other.uuid, other.language, other.name, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE location_name_id = other.id))::text, ' ' ORDER BY other.id)
            FROM events_locationname AS other WHERE other.location_id = place.id),
        former_slugs(place.uuid))::text)::uuid
    FROM events_location AS place
    WHERE place.id = ANY (wanted) AND place.state = 'published';
END;

CREATE FUNCTION source_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT source.id, source.uuid, source.updated_at, md5(ROW(
        source.slug, source.title, source.kind, source.author, source.publisher, source.date,
        source.language, source.url, source.accessed_on, source.archived_url, source.archived_on,
        source.licence, source.note, former_slugs(source.uuid))::text)::uuid
    FROM events_source AS source
    WHERE source.id = ANY (wanted) AND source.state = 'published';
END;

-- All kinds of event, kinds of actor and roles are public. Nobody has noted when each was last
-- written.
CREATE FUNCTION eventtype_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT kind.id, kind.uuid, NULL::timestamptz, md5(ROW(
        kind.slug, kind.name, kind.plover, kind.quad, kind.description,
        former_slugs(kind.uuid))::text)::uuid
    FROM events_eventtype AS kind
    WHERE kind.id = ANY (wanted);
END;

CREATE FUNCTION actorkind_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT kind.id, kind.uuid, NULL::timestamptz,
        md5(ROW(kind.slug, kind.name, kind.nature)::text)::uuid
    FROM actors_actorkind AS kind
    WHERE kind.id = ANY (wanted);
END;

CREATE FUNCTION role_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT role.id, role.uuid, NULL::timestamptz,
        md5(ROW(role.slug, role.name, role.side)::text)::uuid
    FROM events_role AS role
    WHERE role.id = ANY (wanted);
END;

-- All countries are public, too, with their names in all languages.
CREATE FUNCTION country_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT country.id, country.uuid, NULL::timestamptz, md5(ROW(
        country.iso3, country.iso2, country.iso_numeric, country.code_status, country.gw,
        country.cow, country.cow_abbreviation, country.fips, country.name, country.exists_from,
        country.exists_until,
        (SELECT string_agg(ROW(other.uuid, other.language, other.name)::text, ' ' ORDER BY other.id)
            FROM actors_countryname AS other WHERE other.country_id = country.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE country_id = country.id),
        former_slugs(country.uuid))::text)::uuid
    FROM actors_country AS country
    WHERE country.id = ANY (wanted);
END;

-- With the stances that public statements take on it.
CREATE FUNCTION claim_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT claim.id, claim.uuid, claim.updated_at, md5(ROW(
        claim.slug, claim.event_id, claim.kind, claim.text, claim.low, claim.high, claim.unit,
        claim.is_approximate, claim.note,
        (SELECT string_agg(stance, ' ' ORDER BY id) FROM served_position
            WHERE claim_id = claim.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE claim_id = claim.id),
        former_slugs(claim.uuid))::text)::uuid
    FROM events_claim AS claim
    LEFT JOIN events_event AS event ON event.id = claim.event_id
    WHERE claim.id = ANY (wanted) AND claim.state = 'published'
        AND (event.id IS NULL OR event.state = 'published');
END;

-- With its positions, and to whom it was said.
CREATE FUNCTION statement_contents(wanted bigint[])
RETURNS TABLE (key bigint, record uuid, edited_at timestamptz, digest uuid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT statement.id, statement.uuid, statement.updated_at, md5(ROW(
        statement.speaker_id, statement.date, statement.date_basis, statement.date_reason, place.id, occasion.id, statement.paraphrase,
        statement.quote, statement.note,
        ARRAY(SELECT audience.actor_id FROM events_statement_audience AS audience
            JOIN actors_actor AS actor
                ON actor.id = audience.actor_id AND actor.state = 'published'
            WHERE audience.statement_id = statement.id ORDER BY audience.actor_id),
        (SELECT string_agg(ROW(taken.uuid, taken.stance, taken.event_id, taken.claim_id,
                taken.answered_id, (
                SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
                WHERE position_id = taken.id))::text, ' ' ORDER BY taken.id)
            FROM served_position AS taken WHERE taken.statement_id = statement.id),
        (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE statement_id = statement.id))::text)::uuid
    FROM events_statement AS statement
    JOIN actors_actor AS speaker
        ON speaker.id = statement.speaker_id AND speaker.state = 'published'
    LEFT JOIN events_location AS place
        ON place.id = statement.location_id AND place.state = 'published'
    LEFT JOIN events_event AS occasion
        ON occasion.id = statement.occasion_id AND occasion.state = 'published'
    WHERE statement.id = ANY (wanted) AND statement.state = 'published';
END;

-- The digest of each event, of what is served with it beside the lists of its facts: its text,
-- participations, links, past standings and citations, the claims about it, and the statements
-- about it or made at it. Claims and statements stand for themselves by their digests.
CREATE VIEW served_event AS
SELECT event.id, md5(ROW(
    event.slug, event.title, event.date, event.date_reason, event.standing_reason, event.standing_since,
    event.published_at, event.summary, event.note,
    (SELECT string_agg(ROW(part.uuid, part.actor_id, part.role, part.is_alleged, part.note, (
            SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation
            WHERE participation_id = part.id))::text, ' ' ORDER BY part.id)
        FROM events_participation AS part
        JOIN actors_actor AS actor ON actor.id = part.actor_id AND actor.state = 'published'
        WHERE part.event_id = event.id),
    (SELECT string_agg(content, ' ' ORDER BY id) FROM (
        SELECT id, content FROM served_link WHERE from_event_id = event.id
        UNION SELECT id, content FROM served_link WHERE to_event_id = event.id
        UNION SELECT id, content FROM served_link WHERE claim_event_id = event.id) AS link),
    (SELECT string_agg(ROW(past.standing, past.reason, past.since, past.until)::text, ' '
            ORDER BY past.id)
        FROM events_paststanding AS past WHERE past.event_id = event.id),
    (SELECT string_agg(content, ' ' ORDER BY id) FROM served_citation WHERE event_id = event.id),
    (SELECT string_agg(change.digest::text, ' ' ORDER BY claim.id)
        FROM events_claim AS claim
        JOIN events_lastchange AS change ON change.kind = 'claim' AND change.key = claim.id
        WHERE claim.event_id = event.id),
    (SELECT string_agg(change.digest::text, ' ' ORDER BY change.key)
        FROM events_lastchange AS change
        WHERE change.kind = 'statement' AND change.key IN (
            SELECT about.statement_id FROM statements_about(ARRAY[event.id]) AS about
            UNION
            SELECT statement.id FROM events_statement AS statement
            WHERE statement.occasion_id = event.id)),
    former_slugs(event.uuid))::text)::uuid AS digest
FROM events_event AS event;

-- Writes when these records of one kind, which is no event, changed: those whose digest differs, and
-- those that appear, at this time. Says whether there were any, or some have gone. If times are to
-- be kept, as while a dump is loaded, each record has the time that is noted, or else the one at
-- which a curator last wrote it.
CREATE FUNCTION write_last_changes(
    record_kind text, wanted bigint[], stamp timestamptz, keeps_times boolean) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    has_changed boolean;
BEGIN
    EXECUTE format('
        WITH served AS MATERIALIZED (
            SELECT * FROM %I($1)
        ), gone AS (
            DELETE FROM events_lastchange AS past
            WHERE past.kind = $2 AND past.key = ANY ($1)
                AND NOT EXISTS (SELECT FROM served WHERE served.record = past.record)
            RETURNING 1
        ), changed AS (
            INSERT INTO events_lastchange AS past (record, kind, changed_at, key, digest, written_in)
            SELECT served.record, $2, CASE WHEN $4 THEN served.edited_at ELSE $3 END,
                served.key, served.digest, pg_current_xact_id()
            FROM served LEFT JOIN events_lastchange AS known ON known.record = served.record
            WHERE (known.key, known.digest) IS DISTINCT FROM (served.key, served.digest)
            ON CONFLICT (record) DO UPDATE SET
                changed_at = CASE WHEN $4 THEN past.changed_at
                    ELSE greatest(past.changed_at, excluded.changed_at) END,
                key = excluded.key, digest = excluded.digest, written_in = excluded.written_in
            RETURNING 1
        )
        SELECT EXISTS (SELECT FROM gone) OR EXISTS (SELECT FROM changed)',
        record_kind || '_contents')
    INTO has_changed USING wanted, record_kind, stamp, keeps_times;
    RETURN has_changed;
END
$$;
