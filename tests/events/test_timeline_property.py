"""Random chronologies and filters: the timeline answers as `tests.events.reading` works it out.

Only addresses that any reader can ask are asked: pages, outputs, the API.
"""

import json
import os
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from django.db import connection, transaction
from django.test import Client
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from events.models import Event
from tests.events.chronologies import (
    ACTORS,
    CLAIMS,
    COUNTRIES,
    KINDS,
    PLACES,
    SOURCES,
    STATEMENTS,
    WORDS,
    make_chronology,
)
from tests.events.reading import Query, Reading
from tests.events.timeline_page import TimelinePage, shown

# Each is a chronology with some queries; TIMELINE_EXAMPLES=100 asks for more than a run of all
# tests needs.
EXAMPLES = int(os.environ.get("TIMELINE_EXAMPLES", "10"))
QUERIES = 8
PAGE_SIZE = 3
FACETS = ("country", "actor", "kind", "standing", "location", "speaker", "source", "year", "basis")

# Of many texts, or of one record alone.
_words = st.sampled_from(WORDS) | st.sampled_from(ACTORS + PLACES + CLAIMS + STATEMENTS)
_phrases = st.tuples(_words, _words).map(lambda words: f'"{" ".join(words)}"')
_terms = st.tuples(st.sampled_from(["", "", "-"]), _words | _words | _phrases).map("".join)
_parts = st.lists(_terms, min_size=1, max_size=2).map(" ".join)
_days = st.sampled_from(["2013", "2014", "2014-03", "2014-03-07", "2015-06-15", "2016", "-0044"])


def _one(values: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(values, min_size=1, max_size=1)


def _some(values: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2)


PARAMETERS: dict[str, st.SearchStrategy[list[str]]] = {
    "q": _one(st.lists(_parts, min_size=1, max_size=4).map(" or ".join)),
    "actor": _some(ACTORS),
    "country": _some(COUNTRIES),
    "location": _some(PLACES),
    "kind": _some(KINDS),
    "standing": _some(Event.Standing.values),
    "basis": _some(Event.DateBasis.values),
    "speaker": _some(ACTORS),
    "source": _some(SOURCES),
    "year": _some(["2013", "2014", "2015", "2016", "-0044"]),
    "since": _one(_days),
    "until": _one(_days),
    "certain": st.just(["1"]),
    "match": st.just(["all"]),
    "order": _one(st.sampled_from(["date", "-date", "updated", "-updated"])),
}
# Words have the most to say, and so are asked for the most.
_names = st.sampled_from([*PARAMETERS, *["q"] * 4])
queries = st.lists(_names, min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: PARAMETERS[name] for name in names})
)


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
def test_the_timeline_is_what_reading_by_hand_gives(db: None, data: st.DataObject) -> None:
    # Few events fill several pages, of which the last are reached by cursors.
    size = patch("config.lists.paging.PAGE_SIZE", PAGE_SIZE)
    pages = patch("config.lists.paging.NUMBERED", 2)
    with transaction.atomic(), size, pages, patch("events.charts.histogram.FEWEST", 1):
        make_chronology(data.draw)
        # What the database puts off until a commit is done now.
        connection.check_constraints()
        reading = Reading()
        for event in reading.events:
            note(f"{event.row.slug} {event.row.date!r} {event.values} {event.texts}")
        for _ in range(QUERIES):
            query = data.draw(queries, label="query")
            if reading.refuses(query):
                check_refusal(urlencode(query, doseq=True))
            else:
                check_answers(reading, query, data)
        transaction.set_rollback(True)


def check_refusal(asked: str) -> None:
    """A value that names nothing public, or a range that ends before it begins: no rows."""
    for address in ("/events/", "/embed/events/"):
        page = shown(f"{address}?{asked}")
        assert page.problems
        assert page.slugs == []
    for address in ("/events.json", "/api/events"):
        assert Client().get(f"{address}?{asked}").status_code == 400


def check_answers(reading: Reading, query: Query, data: st.DataObject) -> None:
    asked = urlencode(query, doseq=True)
    expected = [event.row.slug for event in reading.under(query)]
    page = shown(f"/events/?{asked}")
    assert on_all_pages(page, len(expected)) == expected
    check_facets(page, reading, query)
    assert page.periods == reading.histogram(query)
    assert page.undated == (reading.undated(query) if page.periods else 0)
    name = data.draw(st.sampled_from(FACETS), label="facet")
    check_values(shown(f"/events/facets/{name}/?{asked}"), name, reading, query)
    assert shown(f"/embed/events/?{asked}").slugs == expected
    document = json.loads(Client().get(f"/events.json?{asked}").getvalue())
    assert slugs_of(document, "events", len(expected)) == expected
    limit = data.draw(st.integers(2, 6), label="limit")
    assert by_api(f"/api/events?{asked}&limit={limit}", limit, len(expected)) == expected


def on_all_pages(page: TimelinePage, count: int) -> list[str]:
    """The events of a page and of those that "Next" leads to. Each says how many there are."""
    assert page.problems == ""
    assert page.count == count
    rest = on_all_pages(shown(page.next), count) if page.next else []
    assert len(page.slugs) == PAGE_SIZE or not rest
    return page.slugs + rest


def by_api(address: str, limit: int, count: int) -> list[str]:
    document = Client().get(address).json()
    slugs = slugs_of(document, "items", count)
    rest = by_api(document["next"], limit, count) if document["next"] else []
    assert len(slugs) == limit or not rest
    return slugs + rest


def slugs_of(document: dict[str, Any], name: str, count: int) -> list[str]:
    assert document["count"] == count
    return [row["slug"] for row in document[name]]


def check_facets(page: TimelinePage, reading: Reading, query: Query) -> None:
    """The numbers beside the list. What is chosen is shown even where it has no event."""
    for name in FACETS:
        chosen = set(query.get(name, ()))
        numbers = reading.tree(query) if name == "location" else reading.counts(name, query)
        if name == "basis" and not chosen and set(numbers) == {"stated"}:
            numbers = {}  # where all dates are stated, there is nothing to choose
        expected = dict.fromkeys(chosen, 0) | numbers
        assert page.facet(name) == expected, name
        assert page.chosen(name) == chosen


def check_values(page: TimelinePage, name: str, reading: Reading, query: Query) -> None:
    """All values that have events: chosen ones, then by number, then by name, late years first."""
    numbers, chosen = reading.counts(name, query), query.get(name, ())

    def place(value: str) -> tuple[bool, int, str | int]:
        return value not in chosen, -numbers[value], -int(value) if name == "year" else value

    assert list(page.facet(name).items()) == [(v, numbers[v]) for v in sorted(numbers, key=place)]
    assert page.chosen(name) == numbers.keys() & chosen
