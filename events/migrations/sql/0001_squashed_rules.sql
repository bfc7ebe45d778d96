-- What the tables of events keep by themselves, as it was after migration 0029, without what is
-- derived for counts and search: migrations 0030 and 0031 replace that.

-- A text with one space between its words, in place of all marks.
CREATE FUNCTION spaced(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    CASE WHEN octet_length(words) = length(words) THEN words ELSE normalize(words, NFKC) END,
    '[\s\-‐‑‒–—―_./\\:;,!?@#&%+*=<>|~^"“”„«»‹›()\[\]{}…،؛؟·•]+', ' ', 'g');

-- The text that search reads, both of what is stored and of what is asked. It has no accents, no
-- capitals, no vowel signs, one form of each Arabic letter, and only spaces between words. So
-- "Khan-Sheikhoun" is two words and "U.S." is one. Steps that few texts need are only taken there.
CREATE FUNCTION search_text(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    read text := words;
BEGIN
    IF strpos(read, '.') > 0 THEN
        read := regexp_replace(read, '\m([[:alpha:]])\.', '\1', 'g');
    END IF;
    read := spaced(read);
    IF read ~ '[''’‘ʼʾʿ`´ʹʺ]' THEN
        read := translate(regexp_replace(read, '[''’]s\M', '', 'g'), '''’‘ʼʾʿ`´ʹʺ', '');
    END IF;
    IF read ~ '[؀-ۿ]' THEN
        -- The last of these have no counterpart: vowel signs, and the line that stretches a word.
        read := translate(read, 'أإآٱىیکة' || 'ًٌٍَُِّْٰـ', 'اااايي' || 'كه');
    END IF;
    RETURN lower(public.unaccent('public.unaccent'::regdictionary, read));
END
$$;

-- Names are not stemmed, because "unit" must not find the United Nations. Each English plural gets
-- its singular, so that "rebel group" finds "rebel groups".
CREATE FUNCTION singular(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    regexp_replace(words, '([b-df-hj-np-tv-z])ies\M', '\1y', 'g'),
    '([a-z]{2}[a-hj-rtv-z])s\M', '\1', 'g');

-- The search document of a name: its words as they are, and in the singular. No phrase reaches over
-- the word xgapx, which stands between the two.
CREATE FUNCTION name_vector(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN to_tsvector('pg_catalog.simple', words) || CASE WHEN singular(words) = words THEN ''
    ELSE to_tsvector('pg_catalog.simple', concat('xgapx ', singular(words))) END;

-- One word or phrase of a question: stemmed as in a text, or as it stands in a name. A word such as
-- "the", which is in no search document, asks for nothing unless it stands in a phrase.
CREATE FUNCTION search_term(term text, is_phrase boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    words text := search_text(term);
    stems tsquery := phraseto_tsquery('public.chancery', words);
    as_name tsquery := phraseto_tsquery('pg_catalog.simple', words);
    in_singular tsquery := phraseto_tsquery('pg_catalog.simple', singular(words));
    found tsquery := as_name;
BEGIN
    IF numnode(stems) = 0 AND NOT is_phrase AND words !~ '\S\s+\S' THEN
        RETURN stems;
    END IF;
    IF in_singular <> as_name THEN
        found := found || in_singular;
    END IF;
    IF numnode(stems) > 0 AND stems <> as_name AND stems <> in_singular THEN
        found := stems || found;
    END IF;
    RETURN found;
END
$$;

-- A whole question, in the parts that events/search/query.py makes: '+word' or '=phrase', each
-- after a '-' where it is excluded, and 'or' between alternatives.
CREATE FUNCTION search_query(terms text[]) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = public, pg_temp
AS $$
DECLARE
    term text;
    one tsquery;
    part tsquery := '';
    found tsquery := '';
BEGIN
    FOREACH term IN ARRAY terms LOOP
        IF term = 'or' THEN
            found := found || part;
            part := '';
        ELSE
            one := search_term(ltrim(term, '-+='), left(ltrim(term, '-'), 1) = '=');
            part := part && CASE WHEN left(term, 1) = '-' THEN !!one ELSE one END;
        END IF;
    END LOOP;
    RETURN found || part;
END
$$;

-- The words of one line.
CREATE FUNCTION words_of(line text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_to_table(spaced(line), ' ');
END;

-- Adds the words that are not known yet. No word is taken away: whether a record still has it is
-- found out when it is looked up. Two writers may add one word at the same time, and so neither
-- waits for the other.
CREATE FUNCTION add_search_words(spellings text[], of_names boolean) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
WITH given AS MATERIALIZED (
    SELECT search_text(spelling) AS word, spelling FROM unnest(spellings) AS spelling
), fresh AS (
    SELECT word, min(spelling COLLATE "C") AS spelling FROM given
    WHERE word ~ '[[:alpha:]]' AND word !~ '\s' AND length(word) BETWEEN 3 AND 40
    GROUP BY word
)
INSERT INTO events_searchword (word, spelling, is_name)
SELECT word, spelling, of_names FROM fresh
WHERE NOT EXISTS (SELECT FROM events_searchword AS known
                  WHERE known.word = fresh.word AND known.is_name = of_names)
$$;

-- Adds the words of changed rows that the public may see. A record that is published brings the
-- words of its other names, too.
CREATE FUNCTION keep_search_words() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    spellings text[];
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'events_event' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed, words_of(title) AS word WHERE state = 'published';
    WHEN 'actors_actor' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN actors_actorname AS other ON other.actor_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'actors_actorname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN actors_actor AS actor
            ON actor.id = changed.actor_id AND actor.state = 'published',
            words_of(changed.name) AS word;
    WHEN 'events_location' THEN
        SELECT array_agg(DISTINCT word) INTO spellings FROM (
            SELECT name FROM changed WHERE state = 'published'
            UNION
            SELECT other.name FROM changed
            JOIN events_locationname AS other ON other.location_id = changed.id
            WHERE changed.state = 'published'
        ) AS named, words_of(name) AS word;
    WHEN 'events_locationname' THEN
        SELECT array_agg(DISTINCT word) INTO spellings
        FROM changed JOIN events_location AS place
            ON place.id = changed.location_id AND place.state = 'published',
            words_of(changed.name) AS word;
    END CASE;
    PERFORM add_search_words(spellings, TG_TABLE_NAME <> 'events_event');
    RETURN NULL;
END
$$;
DO $$
DECLARE
    entry record;
    change text;
BEGIN
    FOR entry IN
        SELECT * FROM (VALUES
            ('actor', 'actors_actor', 'name', true),
            ('actorname', 'actors_actorname', 'name', true),
            ('location', 'events_location', 'name', true),
            ('locationname', 'events_locationname', 'name', true),
            ('event', 'events_event', 'title', false)
        ) AS entries (name, table_name, column_name, of_names)
    LOOP
        FOREACH change IN ARRAY ARRAY['insert', 'update'] LOOP
            EXECUTE format(
                'CREATE TRIGGER %I AFTER %s ON %I REFERENCING NEW TABLE AS changed
                 FOR EACH STATEMENT EXECUTE FUNCTION keep_search_words(%L, %L)',
                entry.name || '_words_' || change, change, entry.table_name,
                entry.column_name, entry.of_names);
        END LOOP;
    END LOOP;
END
$$;

-- Which events a statement is about. It takes a position on an event, on a claim about an event, or
-- on another statement, and then it is about the events of that one. What the public may not see
-- leads to no event: neither a claim or a statement that is not published, nor the statement of a
-- speaker who is not.

-- All pairs. A view of joins, so that a condition on either column uses the indexes of positions.
CREATE VIEW events_statementevent AS
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
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    WHERE taken.event_id IS NOT NULL
    UNION ALL
    SELECT position.statement_id, claim.event_id
    FROM events_position AS position
    JOIN events_statement AS answered
        ON answered.id = position.answered_id AND answered.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS taken ON taken.statement_id = answered.id
    JOIN events_claim AS claim ON claim.id = taken.claim_id AND claim.state = 'published'
    WHERE claim.event_id IS NOT NULL
) AS about;

-- The same pairs of the wanted events alone: quicker for many events at once.
CREATE FUNCTION statements_about(wanted bigint[])
RETURNS TABLE (statement_id bigint, event_id bigint)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH stated AS MATERIALIZED (
        SELECT position.statement_id, position.event_id
        FROM events_position AS position WHERE position.event_id = ANY(wanted)
        UNION
        SELECT position.statement_id, claim.event_id
        FROM events_claim AS claim JOIN events_position AS position ON position.claim_id = claim.id
        WHERE claim.event_id = ANY(wanted) AND claim.state = 'published'
    )
    SELECT stated.statement_id, stated.event_id FROM stated
    UNION
    SELECT answer.statement_id, stated.event_id
    FROM stated
    JOIN events_statement AS answered
        ON answered.id = stated.statement_id AND answered.state = 'published'
    JOIN actors_actor AS speaker
        ON speaker.id = answered.speaker_id AND speaker.state = 'published'
    JOIN events_position AS answer ON answer.answered_id = answered.id;
END;

-- What search reads of a statement (table events_statementsearch): the names of its speaker (weight
-- B), paraphrase and quote (C).

-- Writes the documents of these statements where they differ. The names of a speaker are read once
-- for all their statements.
CREATE FUNCTION refresh_statement_documents(wanted bigint[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp
AS $$
INSERT INTO events_statementsearch (statement_id, document)
SELECT statement.id, ts_delete(setweight(speaker.names || 'xgapx:1', 'B') || setweight(
    to_tsvector('public.chancery', search_text(concat_ws(' xgapx ', paraphrase, quote))), 'C'),
    'xgapx')
FROM events_statement AS statement
JOIN (
    SELECT actor.id, name_vector(search_text(concat_ws(' xgapx ', actor.name, (
        SELECT string_agg(other.name, ' xgapx ' ORDER BY other.id)
        FROM actors_actorname AS other WHERE other.actor_id = actor.id)))) AS names
    FROM actors_actor AS actor
    WHERE actor.id IN (SELECT speaker_id FROM events_statement WHERE id = ANY(wanted))
    OFFSET 0
) AS speaker ON speaker.id = statement.speaker_id
WHERE statement.id = ANY(wanted)
ON CONFLICT (statement_id) DO UPDATE SET document = excluded.document
WHERE events_statementsearch.document IS DISTINCT FROM excluded.document
$$;

-- For changed statements, and for actors and names that change: TG_ARGV[0] is the column of the
-- changed rows that names the speaker.
CREATE FUNCTION keep_statement_documents() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    wanted bigint[];
BEGIN
    IF TG_TABLE_NAME = 'events_statement' THEN
        SELECT array_agg(id) INTO wanted FROM changed;
    ELSE
        EXECUTE format(
            'SELECT array_agg(id) FROM events_statement
             WHERE speaker_id IN (SELECT %I FROM changed)', TG_ARGV[0]) INTO wanted;
    END IF;
    IF wanted IS NOT NULL THEN
        PERFORM refresh_statement_documents(wanted);
    END IF;
    RETURN NULL;
END
$$;
-- The text of a statement, or its speaker. A document goes with its statement (foreign key).
CREATE TRIGGER statement_document_insert AFTER INSERT ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
CREATE TRIGGER statement_document_update AFTER UPDATE ON events_statement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents();
-- The name of a speaker. A new actor has said nothing yet.
CREATE TRIGGER actor_statements_update AFTER UPDATE ON actors_actor
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('id');
-- Another name of a speaker; one that moves concerns the actor who had it and the one who gets it.
CREATE TRIGGER actorname_statements_insert AFTER INSERT ON actors_actorname
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_update_old AFTER UPDATE ON actors_actorname
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_update_new AFTER UPDATE ON actors_actorname
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');
CREATE TRIGGER actorname_statements_delete AFTER DELETE ON actors_actorname
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION keep_statement_documents('actor_id');

-- A regular expression for a word of a sort_name that begins as the typed word does, whichever form
-- its Arabic letters have.
CREATE FUNCTION name_pattern(word text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN '\m' || replace(replace(replace(replace(
    regexp_replace(sort_key(normalize(word, NFKC)), '([^[:alnum:]])', '\\\1', 'g'),
    'ا', '[اأإآٱ]'), 'ي', '[يىی]'), 'ك', '[كک]'), 'ه', '[هة]');

-- What the page of an event needs to ask for: the statements about it and at it, and whether there
-- are claims of it, links to or from it, and earlier standings. Within plpgsql the plans of these
-- are made once for a connection; making them took five times as long as the answer.
CREATE FUNCTION event_ties(
    wanted bigint,
    OUT spoken bigint[], OUT has_claims boolean, OUT is_linked boolean, OUT was_judged boolean
) LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp
AS $$
BEGIN
    spoken := ARRAY(
        SELECT about.statement_id FROM statements_about(ARRAY[wanted]) AS about
        UNION
        SELECT statement.id FROM events_statement AS statement WHERE statement.occasion_id = wanted
    );
    has_claims := EXISTS (SELECT FROM events_claim AS claim WHERE claim.event_id = wanted);
    is_linked := EXISTS (
        SELECT FROM events_eventlink AS link
        WHERE link.from_event_id = wanted OR link.to_event_id = wanted OR link.to_claim_id IN (
            SELECT claim.id FROM events_claim AS claim WHERE claim.event_id = wanted)
    );
    was_judged := EXISTS (SELECT FROM events_paststanding AS past WHERE past.event_id = wanted);
END $$;

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

-- The standing that the editors give an event: since when, and which one it had before.

-- A former standing is recorded (table events_paststanding) if the event was public with it.
CREATE FUNCTION keep_standing() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    NEW.standing_since := OLD.standing_since;
    IF (NEW.standing, NEW.standing_reason) IS DISTINCT FROM (OLD.standing, OLD.standing_reason) THEN
        NEW.standing_since := now();
        IF OLD.state = 'published' THEN
            INSERT INTO events_paststanding (event_id, standing, reason, since, until)
            VALUES (OLD.id, OLD.standing, OLD.standing_reason, OLD.standing_since, now());
        END IF;
    END IF;
    RETURN NEW;
END
$$;
-- Readers see every change of an editor's word, whichever way it was written.
CREATE TRIGGER event_1_standing BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_standing();

-- When an event was first published: set once, and never changed after.

CREATE FUNCTION keep_first_publication() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    -- What is inserted with a time, from a dump, keeps it.
    IF TG_OP = 'UPDATE' THEN
        NEW.published_at := OLD.published_at;
    END IF;
    IF NEW.published_at IS NULL AND NEW.state = 'published' THEN
        NEW.published_at := now();
    END IF;
    RETURN NEW;
END
$$;
-- Feeds give this time as the date of publication, whoever published the event and how.
CREATE TRIGGER event_1_publication BEFORE INSERT OR UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_first_publication();

CREATE TRIGGER location_1_lineage BEFORE INSERT OR UPDATE OF parent_id ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_lineage('parent_id');
CREATE TRIGGER location_3_children AFTER INSERT ON events_location
    FOR EACH ROW EXECUTE FUNCTION pass_lineage_on('parent_id');
CREATE TRIGGER location_4_children AFTER UPDATE ON events_location
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION pass_lineage_on('parent_id');

CREATE TRIGGER location_2_time_stamps BEFORE UPDATE ON events_location
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_name');
CREATE TRIGGER source_time_stamps BEFORE UPDATE ON events_source
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps('sort_title', 'date_first_day');
CREATE TRIGGER claim_time_stamps BEFORE UPDATE ON events_claim
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps();
CREATE TRIGGER event_2_time_stamps BEFORE UPDATE ON events_event
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day', 'is_date_qualified');
CREATE TRIGGER statement_time_stamps BEFORE UPDATE ON events_statement
    FOR EACH ROW EXECUTE FUNCTION keep_time_stamps(
        'earliest_on', 'latest_on', 'first_day', 'last_day', 'sort_day', 'is_date_qualified');

-- An event is changed, too, when something that belongs to it changes (order=updated). The changed
-- rows name the event in the column TG_ARGV[0]. An update that leaves its rows as they were is no
-- change. An event that was touched in the same transaction is not written again.
CREATE FUNCTION touch_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg((part ->> TG_ARGV[0])::bigint) INTO touched FROM (
            (SELECT to_jsonb(was) AS part FROM was EXCEPT SELECT to_jsonb(changed) FROM changed)
            UNION ALL
            (SELECT to_jsonb(changed) FROM changed EXCEPT SELECT to_jsonb(was) FROM was)
        ) AS parts;
    ELSE
        SELECT array_agg((to_jsonb(changed) ->> TG_ARGV[0])::bigint) INTO touched FROM changed;
    END IF;
    UPDATE events_event SET updated_at = 'infinity'
    WHERE updated_at < now() AND id = ANY(touched);
    RETURN NULL;
END
$$;
-- Participations, links, claims and citations are served with their event.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('participation', 'event_id'),
        ('eventlink', 'from_event_id'),
        ('claim', 'event_id'),
        ('citation', 'event_id')
    ) AS entries (name, event_column)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_insert_new', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I
            REFERENCING OLD TABLE AS was NEW TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_update_old', 'events_' || entry.name, entry.event_column);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
            FOR EACH STATEMENT EXECUTE FUNCTION touch_events(%L)',
            entry.name || '_touch_delete_old', 'events_' || entry.name, entry.event_column);
    END LOOP;
END
$$;

DO $$
DECLARE
    record_table text;
BEGIN
    FOREACH record_table IN ARRAY ARRAY[
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_location', 'events_locationname', 'events_participation', 'events_position',
        'events_scale', 'events_scalescore', 'events_source', 'events_statement'
    ] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OF uuid ON %I
            FOR EACH ROW WHEN (OLD.uuid <> NEW.uuid) EXECUTE FUNCTION refuse_another_uuid()',
            split_part(record_table, '_', 2) || '_uuid', record_table);
    END LOOP;
END
$$;

-- Former slugs (table events_formerslug): an address that was published goes on leading to its
-- record, and is never given to another record.

-- Keeps the slug that a record had, and refuses a slug that another record had before. A record may
-- take its own former slug back. The arguments are the kind of record and its column. It runs after
-- the row is written. Of two writers who want one slug, the second waits at the unique index of the
-- table, and then sees what the first did.
CREATE FUNCTION keep_former_slug() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    slug text;
    holder uuid;
    holder_slug text;
BEGIN
    IF TG_ARGV[1] = 'iso3' THEN
        slug := NEW.iso3;
    ELSE
        slug := NEW.slug;
    END IF;
    SELECT record INTO holder FROM events_formerslug WHERE name = TG_ARGV[0] || ':' || slug;
    IF holder <> NEW.uuid THEN
        EXECUTE format('SELECT %I FROM %I.%I WHERE uuid = $1',
                       TG_ARGV[1], TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO holder_slug USING holder;
        RAISE EXCEPTION 'The slug “%” is a former one of %, and is given to no other record.',
            slug, coalesce('“' || holder_slug || '”', 'a record that is gone')
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'formerslug_is_given_to_no_other';
    ELSIF holder IS NOT NULL THEN
        DELETE FROM events_formerslug WHERE name = TG_ARGV[0] || ':' || slug;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF TG_ARGV[1] = 'iso3' THEN
            slug := OLD.iso3;
        ELSE
            slug := OLD.slug;
        END IF;
        INSERT INTO events_formerslug (name, record) VALUES (TG_ARGV[0] || ':' || slug, NEW.uuid);
    END IF;
    RETURN NULL;
END
$$;
-- Every kind of record that has an address of its own. A new record is checked, and one whose slug
-- changes.
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN SELECT * FROM (VALUES
        ('actor', 'actors_actor', 'slug'),
        ('claim', 'events_claim', 'slug'),
        ('country', 'actors_country', 'iso3'),
        ('event', 'events_event', 'slug'),
        ('eventtype', 'events_eventtype', 'slug'),
        ('location', 'events_location', 'slug'),
        ('source', 'events_source', 'slug')
    ) AS entries (kind, table_name, column_name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I
            FOR EACH ROW EXECUTE FUNCTION keep_former_slug(%L, %L)',
            entry.kind || '_new_slug', entry.table_name, entry.kind, entry.column_name);
        EXECUTE format('CREATE TRIGGER %1$I AFTER UPDATE OF %2$I ON %3$I
            FOR EACH ROW WHEN (OLD.%2$I <> NEW.%2$I) EXECUTE FUNCTION keep_former_slug(%4$L, %2$L)',
            entry.kind || '_former_slug', entry.column_name, entry.table_name, entry.kind);
    END LOOP;
END
$$;

-- The same rule from the other side: a slug that a record has now is no former one.
CREATE FUNCTION refuse_present_slug() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
DECLARE
    kind text := split_part(NEW.name, ':', 1);
    slug text := substr(NEW.name, length(kind) + 2);
    table_name text := CASE WHEN kind IN ('actor', 'country') THEN 'actors_' ELSE 'events_' END || kind;
    column_name text := CASE kind WHEN 'country' THEN 'iso3' ELSE 'slug' END;
    holder uuid;
BEGIN
    EXECUTE format('SELECT uuid FROM %I WHERE %I = $1', table_name, column_name)
        INTO holder USING slug;
    IF holder IS NOT NULL THEN
        RAISE EXCEPTION 'The slug “%” is the present one of a record.', slug
            USING ERRCODE = 'unique_violation', CONSTRAINT = 'formerslug_is_not_a_present_one';
    END IF;
    RETURN NULL;
END
$$;
-- For whoever writes former slugs by hand, or loads them.
CREATE TRIGGER formerslug_is_not_a_present_one AFTER INSERT OR UPDATE ON events_formerslug
    FOR EACH ROW EXECUTE FUNCTION refuse_present_slug();

-- The mark that loading has begun (table events_loadingmark). The fixtures are loaded once in the
-- life of a database, so that nothing that a curator deleted comes back.

CREATE FUNCTION keep_loading_mark() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'The mark that loading has begun cannot be taken away.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'loadingmark_is_kept';
END
$$;
-- Nobody deletes the mark.
CREATE TRIGGER loadingmark_is_kept BEFORE DELETE ON events_loadingmark
    FOR EACH ROW EXECUTE FUNCTION keep_loading_mark();

-- How many writes there were, and when the last was. Each writer adds to a row that no other writer
-- holds, so that none waits for another. The sum of `writes` never goes down, and it grows with
-- every commit that changes anything.
CREATE TABLE data_version (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    writes bigint NOT NULL,
    written_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Adds one write: to a row that is free, else to a new row.
CREATE FUNCTION bump_data_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
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
-- Every table that a public page reads. Only what other triggers derive from these is left out.
DO $$
DECLARE
    public_table text;
BEGIN
    FOREACH public_table IN ARRAY ARRAY[
        'actors_actor', 'actors_actorname', 'actors_country', 'actors_countryname', 'actors_tenure',
        'events_citation', 'events_claim', 'events_event', 'events_eventlink', 'events_eventtype',
        'events_formerslug', 'events_location', 'events_locationname', 'events_participation',
        'events_paststanding', 'events_position', 'events_source', 'events_statement',
        'events_statement_audience'
    ] LOOP
        EXECUTE format('CREATE TRIGGER data_version
            AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
            FOR EACH STATEMENT EXECUTE FUNCTION bump_data_version()', public_table);
    END LOOP;
END
$$;
