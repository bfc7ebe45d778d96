import sqlite3
from pathlib import Path

from tests.bench import datasette_data, synthetic


def test_the_file_holds_every_event_indexed_and_searchable(tmp_path: Path) -> None:
    incidents = synthetic.incidents(["Syria", "Land One", "Land Two"], 200)
    path = tmp_path / "ged.db"
    for _again in range(2):
        datasette_data.build(path, incidents, "Synthetic events")
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (200,)
        first = connection.execute("SELECT date, side_a, source FROM events WHERE id = 1")
        assert first.fetchone() == (
            incidents[0].last.isoformat(),
            incidents[0].side_a,
            "Synthetic events",
        )
        indexed = {
            name for (name,) in connection.execute("SELECT name FROM pragma_index_list('events')")
        }
        assert {
            f"events_by_{name}" for name in ("date", "country", "kind", "side_a", "side_b")
        } <= indexed
        wanted = sum("Syria" in f"{i.country} {i.side_a} {i.side_b}" for i in incidents)
        found = connection.execute("SELECT count(*) FROM events_fts WHERE events_fts MATCH 'syria'")
        assert found.fetchone() == (wanted,)
    finally:
        connection.close()
