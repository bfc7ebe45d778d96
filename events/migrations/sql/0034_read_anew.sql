-- Everything that search has read is read anew.
TRUNCATE events_searchword;
SELECT add_search_words(array_agg(DISTINCT word), false)
FROM events_event, words_of(title) AS word WHERE state = 'published';
SELECT add_search_words(array_agg(DISTINCT word), true) FROM (
    SELECT name FROM actors_actor WHERE state = 'published'
    UNION
    SELECT other.name FROM actors_actorname AS other
    JOIN actors_actor AS actor ON actor.id = other.actor_id AND actor.state = 'published'
    UNION
    SELECT name FROM events_location WHERE state = 'published'
    UNION
    SELECT other.name FROM events_locationname AS other
    JOIN events_location AS place ON place.id = other.location_id AND place.state = 'published'
) AS named, words_of(name) AS word;
SELECT refresh_statement_documents(array_agg(id)) FROM events_statement;
