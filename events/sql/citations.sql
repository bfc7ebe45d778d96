-- A published event, claim or statement needs a citation of a published source.
--
-- The source in which a second-hand citation was found (`via`) does not count, nor does a citation
-- of what belongs to the record. Only rows that are written are checked. They are checked when the
-- transaction ends, so that a record and its citations may be written in any order. Each function
-- reads the row again, because it may have changed since.

-- Whether a published source is cited for the record. The citation and the source that are found
-- stay locked until the transaction ends. Whoever takes one of them away at the same time waits,
-- and then sees what was published.
CREATE FUNCTION is_sourced(kind text, key bigint) RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
BEGIN
    CASE kind
    WHEN 'event' THEN
        PERFORM FROM events_citation AS citation
        JOIN events_source AS source
            ON source.id = citation.source_id AND source.state = 'published'
        WHERE citation.event_id = key
        LIMIT 1 FOR SHARE;
    WHEN 'claim' THEN
        PERFORM FROM events_citation AS citation
        JOIN events_source AS source
            ON source.id = citation.source_id AND source.state = 'published'
        WHERE citation.claim_id = key
        LIMIT 1 FOR SHARE;
    WHEN 'statement' THEN
        PERFORM FROM events_citation AS citation
        JOIN events_source AS source
            ON source.id = citation.source_id AND source.state = 'published'
        WHERE citation.statement_id = key
        LIMIT 1 FOR SHARE;
    END CASE;
    RETURN FOUND;
END
$$;

-- Published records among these, and what they are called in messages.
CREATE FUNCTION published_records(events bigint[], claims bigint[], statements bigint[])
RETURNS TABLE (kind text, key bigint, name text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT 'event'::text, id, title::text FROM events_event
    WHERE id = ANY(events) AND state = 'published'
    UNION ALL
    SELECT 'claim', id, text FROM events_claim WHERE id = ANY(claims) AND state = 'published'
    UNION ALL
    SELECT 'statement', id, left(paraphrase, 80) FROM events_statement
    WHERE id = ANY(statements) AND state = 'published';
END;

-- Refuses a published record without such a citation. TG_ARGV[0] is the kind of record.
CREATE FUNCTION require_published_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    record_name text;
BEGIN
    CASE TG_ARGV[0]
    WHEN 'event' THEN
        SELECT title INTO record_name FROM events_event
        WHERE id = NEW.id AND state = 'published';
    WHEN 'claim' THEN
        SELECT text INTO record_name FROM events_claim
        WHERE id = NEW.id AND state = 'published';
    WHEN 'statement' THEN
        SELECT left(paraphrase, 80) INTO record_name FROM events_statement
        WHERE id = NEW.id AND state = 'published';
    END CASE;
    IF FOUND AND NOT is_sourced(TG_ARGV[0], NEW.id) THEN
        RAISE EXCEPTION 'A published % needs a citation of a published source: “%” has none.',
                TG_ARGV[0], record_name
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0] || '_is_cited';
    END IF;
    RETURN NULL;
END
$$;
-- A record that is published, new or not.
CREATE CONSTRAINT TRIGGER event_is_cited AFTER INSERT OR UPDATE OF state ON events_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_published_source('event');
CREATE CONSTRAINT TRIGGER claim_is_cited AFTER INSERT OR UPDATE OF state ON events_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_published_source('claim');
CREATE CONSTRAINT TRIGGER statement_is_cited AFTER INSERT OR UPDATE OF state ON events_statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.state = 'published')
    EXECUTE FUNCTION require_published_source('statement');

-- Refuses to take the last such citation from a published record.
CREATE FUNCTION keep_last_citation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    bare record;
BEGIN
    SELECT * INTO bare
    FROM published_records(ARRAY[OLD.event_id], ARRAY[OLD.claim_id], ARRAY[OLD.statement_id])
        AS supported
    WHERE NOT is_sourced(supported.kind, supported.key) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The last citation of a published record cannot be taken away: no other '
                'published source is cited for the % “%”.', bare.kind, bare.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_is_not_the_last';
    END IF;
    RETURN NULL;
END
$$;
-- A citation that is deleted.
CREATE CONSTRAINT TRIGGER citation_is_not_the_last AFTER DELETE ON events_citation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_last_citation();
-- A citation that is moved to another record or to another source.
CREATE CONSTRAINT TRIGGER citation_moved_is_not_the_last AFTER UPDATE ON events_citation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.source_id, OLD.event_id, OLD.claim_id, OLD.statement_id)
        IS DISTINCT FROM (NEW.source_id, NEW.event_id, NEW.claim_id, NEW.statement_id))
    EXECUTE FUNCTION keep_last_citation();

-- Refuses to take back a source on which a published record rests alone.
CREATE FUNCTION keep_last_source() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    bare record;
BEGIN
    PERFORM FROM events_source WHERE id = NEW.id AND state = 'published';
    IF FOUND THEN
        RETURN NULL;
    END IF;
    SELECT supported.* INTO bare
    FROM events_citation AS citation
    CROSS JOIN LATERAL published_records(
        ARRAY[citation.event_id], ARRAY[citation.claim_id], ARRAY[citation.statement_id]
    ) AS supported
    WHERE citation.source_id = NEW.id AND NOT is_sourced(supported.kind, supported.key) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The source “%” cannot be taken back: no other published source is cited '
                'for the % “%”.', NEW.title, bare.kind, bare.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'source_is_not_the_last';
    END IF;
    RETURN NULL;
END
$$;
-- A source that is withdrawn or made a draft. A foreign key keeps one that is cited from being
-- deleted.
CREATE CONSTRAINT TRIGGER source_is_not_the_last AFTER UPDATE OF state ON events_source
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.state = 'published' AND NEW.state <> 'published')
    EXECUTE FUNCTION keep_last_source();

-- Refuses to empty the table of citations while anything is published.
CREATE FUNCTION keep_citations() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM events_event WHERE state = 'published')
        OR EXISTS (SELECT FROM events_claim WHERE state = 'published')
        OR EXISTS (SELECT FROM events_statement WHERE state = 'published')
    THEN
        RAISE EXCEPTION 'The citations of published records cannot be taken away.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'citation_is_not_the_last';
    END IF;
    RETURN NULL;
END
$$;
-- TRUNCATE fires no trigger of single rows.
CREATE TRIGGER citation_truncate AFTER TRUNCATE ON events_citation
    FOR EACH STATEMENT EXECUTE FUNCTION keep_citations();
