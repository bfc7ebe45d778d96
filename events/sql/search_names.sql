-- Names of actors and places are searched each by itself, by these indexes. They stand in no
-- document of an event, so that renaming an actor writes no event.
CREATE INDEX actor_by_word ON actors_actor USING gin (name_vector(search_text(name)));
CREATE INDEX actorname_by_word ON actors_actorname USING gin (name_vector(search_text(name)));
CREATE INDEX location_by_word ON events_location USING gin (name_vector(search_text(name)));
CREATE INDEX locationname_by_word ON events_locationname USING gin (name_vector(search_text(name)));
