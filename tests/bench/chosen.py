"""What is asked for, chosen from the tables of records: always the same for the same data."""

from dataclasses import dataclass

from tests.bench.bare_sql import Row, Session

DEEP_ROW = 500_000
# The searched word is in the titles of one event in so many.
_SHARE = 40
# Words are counted in the titles of one event in so many.
_SAMPLE = 8

_BUSIEST = """
SELECT named.slug, named.name, counted.number
FROM (
    SELECT part, count(DISTINCT event_id) AS number FROM ({events}) AS pair
    GROUP BY part ORDER BY number DESC, part LIMIT 1
) AS counted
JOIN {table} AS named ON named.id = counted.part
"""
_OF_ACTORS = """
SELECT unnest(actor.lineage) AS part, taking.event_id FROM events_participation AS taking
JOIN actors_actor AS actor ON actor.id = taking.actor_id
"""
_ACTING = "SELECT actor_id AS part, event_id FROM events_participation"
_OF_PLACES = """
SELECT unnest(place.lineage) AS part, event.id AS event_id FROM events_event AS event
JOIN events_location AS place ON place.id = event.location_id
"""
_EVENT = """
SELECT event.slug, event.title
FROM (
    SELECT event_id, count(*) AS number FROM (
        SELECT event_id FROM events_participation
        UNION ALL SELECT event_id FROM events_citation
        UNION ALL SELECT event_id FROM events_claim
        UNION ALL SELECT event_id FROM events_position
    ) AS part
    WHERE event_id IS NOT NULL GROUP BY event_id ORDER BY number DESC, event_id LIMIT 1
) AS counted
JOIN events_event AS event ON event.id = counted.event_id
"""
_SOURCE = """
SELECT source.slug, source.title
FROM (
    SELECT source_id FROM events_citation WHERE event_id IS NOT NULL
    GROUP BY source_id ORDER BY count(*) DESC, source_id LIMIT 1
) AS counted
JOIN events_source AS source ON source.id = counted.source_id
"""
_COUNTRY = """
SELECT country.iso3, country.name
FROM events_event AS event
JOIN events_location AS place ON place.id = event.location_id
JOIN actors_country AS country ON country.id = place.country_id
GROUP BY country.id ORDER BY count(*) DESC, country.iso3 LIMIT 1
"""
# The first two of each event, which Datasette has in columns.
_PAIR = """
SELECT first.slug, first.name, second.slug, second.name
FROM (
    SELECT sides[1] AS one, sides[2] AS other, count(*) AS number
    FROM (
        SELECT array_agg(actor_id ORDER BY id) AS sides FROM events_participation GROUP BY event_id
    ) AS event
    WHERE sides[2] <> sides[1] GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 1
) AS counted
JOIN actors_actor AS first ON first.id = counted.one
JOIN actors_actor AS second ON second.id = counted.other
"""
# One that no stemmer changes, and that no place and no part of an actor is named by: whether the
# names of those around a place or above an actor are searched does not matter then.
_WORD = """
SELECT word
FROM ts_stat($$
    SELECT to_tsvector('simple', title) FROM events_event WHERE id %% 8 = 0
$$)
WHERE word ~ '^[a-z]{5,}$' AND to_tsvector('english', word) = to_tsvector('simple', word)
    AND word NOT IN (
        SELECT word FROM ts_stat($$
            SELECT to_tsvector('simple', name) FROM events_location
            UNION ALL
            SELECT to_tsvector('simple', name) FROM actors_actor WHERE cardinality(lineage) > 1
        $$)
    )
ORDER BY abs(ndoc - %(wanted)s), word LIMIT 1
"""
_PLACE_IN_ORDER = """
SELECT event.sort_day, event.id FROM events_event AS event WHERE event.state = 'published'
ORDER BY event.sort_day DESC, event.id DESC OFFSET %(offset)s LIMIT 1
"""


@dataclass(frozen=True)
class Named:
    """What an address and Datasette's columns call the same thing."""

    slug: str
    name: str


@dataclass(frozen=True)
class Chosen:
    """The busiest of each, with all that is part of it; `acting` is the busiest actor by itself.

    `pair` shares the most events, and `deep` is the day and the key of the event after which a page
    far down begins.
    """

    country: Named
    pair: tuple[Named, Named]
    word: str
    event: Named
    actor: Named
    acting: Named
    acting_events: int
    place: Named
    source: Named
    deep_row: int
    deep: tuple[int, int]

    @property
    def in_words(self) -> str:
        pair = " and ".join(each.name for each in self.pair)
        return (
            f"one country: {self.country.name}; two actors: {pair}; word: {self.word};"
            f" actor: {self.actor.name}; renamed: {self.acting.name}; place: {self.place.name};"
            f" deep page: after row {self.deep_row:,}"
        )


def choose(session: Session, events: int) -> Chosen:
    """Costs time; never timed."""
    pair = _row(session, _PAIR)
    actor = _row(session, _BUSIEST.format(events=_OF_ACTORS, table="actors_actor"))
    acting = _row(session, _BUSIEST.format(events=_ACTING, table="actors_actor"))
    place = _row(session, _BUSIEST.format(events=_OF_PLACES, table="events_location"))
    deep_row = DEEP_ROW if events > DEEP_ROW else events // 2
    deep = _row(session, _PLACE_IN_ORDER, {"offset": deep_row - 1})
    return Chosen(
        country=Named(*_row(session, _COUNTRY)),
        pair=(Named(*pair[:2]), Named(*pair[2:])),
        word=_row(session, _WORD, {"wanted": events / _SAMPLE / _SHARE})[0],
        event=Named(*_row(session, _EVENT)),
        actor=Named(*actor[:2]),
        acting=Named(*acting[:2]),
        acting_events=acting[2],
        place=Named(*place[:2]),
        source=Named(*_row(session, _SOURCE)),
        deep_row=deep_row,
        deep=(deep[0], deep[1]),
    )


def _row(session: Session, statement: str, values: dict[str, float] | None = None) -> Row:
    # The statements are the constants above; values go beside them.
    row = session.execute(statement.encode(), values or {}).fetchone()
    if row is None:
        raise LookupError(f"nothing to choose from: {statement.split(maxsplit=3)[:3]}")
    return row
