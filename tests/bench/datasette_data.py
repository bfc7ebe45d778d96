"""The same events as one SQLite table for Datasette: an index on every filtered column, and FTS5.

It holds in columns what a row of our timeline shows. Actors are two columns, as GED has them, which
Datasette counts faster than a list in one; the search reads the same text as ours.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.bench.ged import Incident
from tests.bench.loading import KINDS, summary_of, title_of

_TABLE = """
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    date TEXT NOT NULL,
    title TEXT NOT NULL,
    country TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    standing TEXT NOT NULL,
    side_a TEXT NOT NULL,
    side_b TEXT NOT NULL,
    summary TEXT NOT NULL,
    source TEXT NOT NULL,
    locator TEXT NOT NULL
);
"""
_INDEXES = """
CREATE INDEX events_by_date ON events (date);
CREATE INDEX events_by_country ON events (country);
CREATE INDEX events_by_kind ON events (kind);
CREATE INDEX events_by_standing ON events (standing);
CREATE INDEX events_by_side_a ON events (side_a);
CREATE INDEX events_by_side_b ON events (side_b);
CREATE VIRTUAL TABLE events_fts USING fts5 (
    title, side_a, side_b, place, country, summary,
    content = 'events', content_rowid = 'id', tokenize = 'porter unicode61'
);
INSERT INTO events_fts (events_fts) VALUES ('rebuild');
INSERT INTO events_fts (events_fts) VALUES ('optimize');
ANALYZE;
"""


def build(path: Path, incidents: Iterable[Incident], source: str) -> None:
    """Make the file anew; the numbers of its rows are those of the events in PostgreSQL."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        connection.executescript("PRAGMA journal_mode = off; PRAGMA synchronous = off;" + _TABLE)
        places = ", ".join("?" * 12)
        connection.executemany(
            f"INSERT INTO events VALUES ({places})",  # noqa: S608
            _rows(incidents, source),
        )
        connection.commit()
        connection.executescript(_INDEXES)
        connection.execute("VACUUM")
    finally:
        connection.close()


def _rows(incidents: Iterable[Incident], source: str) -> Iterator[tuple[int | str, ...]]:
    for number, incident in enumerate(incidents, 1):
        yield (
            number,
            incident.last.isoformat(),
            title_of(incident),
            incident.country,
            incident.place,
            KINDS[incident.violence],
            "reported",
            incident.side_a,
            incident.side_b,
            summary_of(incident),
            source,
            f"event {incident.number}",
        )
