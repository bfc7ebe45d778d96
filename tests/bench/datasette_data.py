"""The same events as one SQLite table for Datasette: an index on every filtered column, and FTS5.

It holds in columns what a row of our timeline shows. The first two actors are columns, as GED has
them, which Datasette counts faster than a list in one; the search reads what ours does of an event
and of those who act in it.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.bench.bare_sql import Row, Session

_ROWS = """
SELECT event.id, coalesce(event.latest_on, event.earliest_on)::text, event.title, country.name,
    place.name, kind.name, event.standing, acting.names[1], acting.names[2],
    array_to_string(acting.names[3:], '; '), event.summary, source.title, cited.locator
FROM events_event AS event
JOIN events_eventtype AS kind ON kind.id = event.kind_id
LEFT JOIN events_location AS place ON place.id = event.location_id
LEFT JOIN actors_country AS country ON country.id = place.country_id
LEFT JOIN (
    SELECT taking.event_id, array_agg(actor.name ORDER BY taking.id) AS names
    FROM events_participation AS taking JOIN actors_actor AS actor ON actor.id = taking.actor_id
    GROUP BY taking.event_id
) AS acting ON acting.event_id = event.id
LEFT JOIN (
    SELECT DISTINCT ON (event_id) event_id, source_id, locator FROM events_citation
    WHERE event_id IS NOT NULL ORDER BY event_id, id
) AS cited ON cited.event_id = event.id
LEFT JOIN events_source AS source ON source.id = cited.source_id
WHERE event.state = 'published'
ORDER BY event.id
"""
_TEXTS = (
    *("date", "title", "country", "place", "kind", "standing", "side_a", "side_b", "others"),
    *("summary", "source", "locator"),
)
_INDEXED = ("date", "country", "kind", "standing", "side_a", "side_b")
_COLUMNS = ", ".join(f"{name} TEXT NOT NULL" for name in _TEXTS)
_TABLE = f"""
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
CREATE TABLE events (id INTEGER PRIMARY KEY, {_COLUMNS});
"""
_INDEXES = "".join(f"CREATE INDEX events_by_{name} ON events ({name});" for name in _INDEXED)
_SEARCH = """
CREATE VIRTUAL TABLE events_fts USING fts5 (
    title, side_a, side_b, others, place, country, summary,
    content = 'events', content_rowid = 'id', tokenize = 'porter unicode61'
);
INSERT INTO events_fts (events_fts) VALUES ('rebuild');
INSERT INTO events_fts (events_fts) VALUES ('optimize');
ANALYZE;
"""


def build(path: Path, session: Session) -> None:
    """Make the file, which appears whole; the numbers of its rows are the keys of the events."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        connection.executescript(_TABLE)
        places = ", ".join("?" * (1 + len(_TEXTS)))
        connection.executemany(
            f"INSERT INTO events VALUES ({places})",  # noqa: S608
            _rows(session),
        )
        connection.commit()
        connection.executescript(_INDEXES + _SEARCH)
        connection.execute("VACUUM")
    finally:
        connection.close()
    unfinished.rename(path)


def _rows(session: Session) -> Iterator[Row]:
    """Of what is not given, an empty text."""
    with session.transaction(), session.cursor("events") as cursor:
        cursor.itersize = 5000
        for row in cursor.execute(_ROWS):
            yield tuple("" if value is None else value for value in row)
