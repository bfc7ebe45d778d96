"""What the search of events finds, whatever page asks for it."""

from collections import defaultdict

from django.db import connection

from config.rows import fetch
from events.models import Event, EventFacts
from events.models.events import EventQuerySet
from events.search.query import Query, parse


def events_with(words: str | Query) -> EventQuerySet:
    query = parse(words) if isinstance(words, str) else words
    return Event.objects.filter(facts__in=EventFacts.objects.search(query))


def keep_words_of_few(number: int = 1) -> None:
    """Let profiles of so few events know their words; undone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION words_are_kept_from() RETURNS bigint"
            f" LANGUAGE sql IMMUTABLE RETURN {number}"
        )
    settle_profiles()


def settle_profiles() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT settle_profiles()")
        return cursor.fetchone()[0]


def assert_words_are_sound() -> None:
    """Each event has what its profile says that each has, and nothing beyond what any has."""
    rows = defaultdict(list)
    for pk, always, ever in fetch(
        "SELECT profile_id, tsvector_to_array(always), tsvector_to_array(ever)"
        " FROM events_profilewords"
    ):
        rows[pk].append((always, ever))
    documents = fetch("SELECT profile_id, tsvector_to_array(document) FROM events_eventfacts")
    for pk, document in documents:
        if len(rows[pk]) == 1 and rows[pk][0][1] is not None:
            [(always, ever)] = rows[pk]
            assert set(always) <= set(document) <= set(ever)
    for always, document in fetch(
        "SELECT ARRAY(SELECT lexeme || place FROM unnest(always), unnest(positions) AS place),"
        " ARRAY(SELECT lexeme || place FROM unnest(document), unnest(positions) AS place)"
        " FROM events_eventfacts JOIN events_profilewords AS words USING (profile_id)"
        " WHERE ever IS NOT NULL AND 1 = (SELECT count(*) FROM events_profilewords AS other"
        "  WHERE other.profile_id = words.profile_id)"
    ):
        assert set(always) <= set(document)
    _assert_what_is_alike_is()


def _assert_what_is_alike_is() -> None:
    """Each event has the words that all have alike as often, in parts of the same weights; what
    else it has is among those that are not alike."""
    known = {
        pk: (dict(zip(lexemes, weights, strict=True)), set(unlike))
        for pk, lexemes, weights, unlike in fetch(
            "SELECT profile_id, ARRAY(SELECT lexeme FROM unnest(alike)),"
            " ARRAY(SELECT array_to_string(weights, '') FROM unnest(alike)),"
            " tsvector_to_array(unlike)"
            " FROM events_profilewords AS words WHERE ever IS NOT NULL AND 1 = (SELECT count(*)"
            " FROM events_profilewords AS other WHERE other.profile_id = words.profile_id)"
        )
    }
    for pk, lexemes, weights in fetch(
        "SELECT profile_id, ARRAY(SELECT lexeme FROM unnest(document)),"
        " ARRAY(SELECT array_to_string(weights, '') FROM unnest(document)) FROM events_eventfacts"
    ):
        if pk in known:
            alike, unlike = known[pk]
            document = dict(zip(lexemes, weights, strict=True))
            assert alike.items() <= document.items()
            assert set(document) - set(alike) <= unlike
