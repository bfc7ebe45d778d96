-- What the page of an event needs to ask for: the statements about it and at it, and whether there
-- are claims of it, links to or from it, and earlier standings. Within plpgsql the plans of these are
-- made once for a connection; making them took five times as long as the answer.
CREATE FUNCTION event_ties(
    wanted bigint,
    OUT spoken bigint[], OUT has_claims boolean, OUT is_linked boolean, OUT was_judged boolean
) LANGUAGE plpgsql STABLE STRICT AS $$
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
