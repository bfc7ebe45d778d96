-- What the event index does not need: profiles, their tallies and words, and the triggers that kept
-- them. The facts (0030) have all that is asked of an event. A database that began with the squashed
-- migration has none of it.

DROP TRIGGER IF EXISTS actor_summaries_update ON actors_actor;
DROP TRIGGER IF EXISTS actorname_summaries_insert ON actors_actorname;
DROP TRIGGER IF EXISTS actorname_summaries_update ON actors_actorname;
DROP TRIGGER IF EXISTS actorname_summaries_delete ON actors_actorname;
DROP TRIGGER IF EXISTS citation_summaries_insert ON events_citation;
DROP TRIGGER IF EXISTS citation_summaries_update ON events_citation;
DROP TRIGGER IF EXISTS citation_summaries_delete ON events_citation;
DROP TRIGGER IF EXISTS claim_summaries_insert ON events_claim;
DROP TRIGGER IF EXISTS claim_summaries_update ON events_claim;
DROP TRIGGER IF EXISTS claim_summaries_delete ON events_claim;
DROP TRIGGER IF EXISTS event_summaries_insert ON events_event;
DROP TRIGGER IF EXISTS event_summaries_update ON events_event;
DROP TRIGGER IF EXISTS event_summaries_delete ON events_event;
DROP TRIGGER IF EXISTS event_time_of_change ON events_event;
DROP TRIGGER IF EXISTS location_summaries_update ON events_location;
DROP TRIGGER IF EXISTS locationname_summaries_insert ON events_locationname;
DROP TRIGGER IF EXISTS locationname_summaries_update ON events_locationname;
DROP TRIGGER IF EXISTS locationname_summaries_delete ON events_locationname;
DROP TRIGGER IF EXISTS participation_summaries_insert ON events_participation;
DROP TRIGGER IF EXISTS participation_summaries_update ON events_participation;
DROP TRIGGER IF EXISTS participation_summaries_delete ON events_participation;
DROP TRIGGER IF EXISTS position_summaries_insert ON events_position;
DROP TRIGGER IF EXISTS position_summaries_update ON events_position;
DROP TRIGGER IF EXISTS position_summaries_delete ON events_position;
DROP TRIGGER IF EXISTS source_summaries_update ON events_source;
DROP TRIGGER IF EXISTS statement_summaries_update ON events_statement;

-- The keys of some events with these words, or words that begin so, in their title: of the newest
-- first, and of others where these are too few.
CREATE OR REPLACE FUNCTION events_titled(typed text, wanted integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE STRICT SET search_path = public, pg_temp SET enable_seqscan = off
AS $$
DECLARE
    words text[] := tsvector_to_array(to_tsvector('pg_catalog.simple', search_text(typed)));
    in_title tsquery := array_to_string(ARRAY(
        SELECT quote_literal(word) || ':*A' FROM unnest(words) AS word), ' & ')::tsquery;
    number integer;
BEGIN
    RETURN QUERY SELECT facts.event_id FROM (
        SELECT id FROM events_event WHERE state = 'published'
        ORDER BY sort_day DESC, id DESC LIMIT 200
    ) AS newest
    JOIN event_facts AS facts ON facts.event_id = newest.id
    WHERE facts.document @@ in_title;
    GET DIAGNOSTICS number = ROW_COUNT;
    IF number < wanted THEN
        RETURN QUERY SELECT facts.event_id FROM event_facts AS facts
        WHERE facts.document @@ in_title LIMIT 400;
    END IF;
END
$$;

DROP TABLE IF EXISTS events_profilewords, events_monthtally, events_spantally, events_placetally,
    events_eventfacts, events_profile;

DROP FUNCTION IF EXISTS keep_event_summaries(), keep_time_of_change(), keep_tallies(), keep_profile_words();
DROP FUNCTION IF EXISTS refresh_event_facts, refresh_event_documents, describe_events, event_documents;
DROP FUNCTION IF EXISTS tally_facts, tally_places, tally_spans, tallied_span, tallied_month;
DROP FUNCTION IF EXISTS settle_profiles, settle_profile, add_profile_words, alike_in_all, words_of_all,
    vector_of, words_are_kept_from, words_lock, loosely, any_word_of;
DROP FUNCTION IF EXISTS sure_year, sure_month, first_day_of_month, first_day_of_year, year_of_day;
DROP AGGREGATE IF EXISTS all_vectors(tsvector);
DROP TYPE IF EXISTS event_description, tallied_facts;
