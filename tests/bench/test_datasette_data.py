import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from tests.bench import datasette_data
from tests.factories import make_actor, make_country, make_event, make_location


@pytest.mark.django_db
def test_the_file_holds_every_event_indexed_and_searchable(tmp_path: Path) -> None:
    one, other, third = (make_actor(name=name) for name in ("Mill Army", "River League", "Zoo"))
    place = make_location(name="Mill Town", country=make_country())
    first = make_event(one, other, third, title="First", location=place, summary="Smoke was seen.")
    make_event(title="Second", date="2017-04/..", state="published")
    make_event(title="Third", state="draft")
    path = tmp_path / "ged.db"
    for _again in range(2):
        datasette_data.build(path, connection.connection)
    file = sqlite3.connect(path)
    try:
        rows = file.execute("SELECT title, date, country, side_a, others, locator FROM events")
        assert rows.fetchall() == [
            ("First", "2017-04-04", "Syria", "Mill Army", "Zoo", "¶1.1"),
            ("Second", "2017-04-01", "", "", "", "¶1.1"),
        ]
        indexed = {name for (name,) in file.execute("SELECT name FROM pragma_index_list('events')")}
        names = ("date", "country", "kind", "side_a", "side_b")
        assert {f"events_by_{name}" for name in names} <= indexed
        for word in ("smoke", "zoo", "mill", "syria"):
            found = file.execute("SELECT rowid FROM events_fts WHERE events_fts MATCH ?", [word])
            assert found.fetchall() == [(first.pk,)], word
    finally:
        file.close()
