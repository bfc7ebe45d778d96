"""A small chronology of the varied shape, as it is made; the loading has its own tests."""

from collections import Counter

import pytest
from django.db.models import Model

from actors.models import Actor
from config.edtf.dates import parse
from events.models import Citation, Claim, Event, Location, Participation, Position, Source
from tests.bench.varied import Varied

NUMBER = 900
pytestmark = pytest.mark.django_db


def made(events: int = NUMBER) -> tuple[list[Model], list[list[Model]]]:
    shape = Varied(events)
    references = [record for _model, records in shape.references() for record in records]
    return references, list(shape.entries())


def of(model: type[Model], records: list[Model]) -> list[Model]:
    return [record for record in records if isinstance(record, model)]


def test_the_same_every_time() -> None:
    def shown(entries: list[list[Model]]) -> list[tuple[object, ...]]:
        events = [event for entry in entries for event in of(Event, entry)]
        return [(e.slug, e.title, e.date, e.location_id, e.standing) for e in events]

    (first, entries), (second, same) = made(60), made(60)
    assert [str(record) for record in first] == [str(record) for record in second]
    assert shown(entries) == shown(same)


def test_who_acts_and_where_come_in_levels_and_parents_first() -> None:
    references, _entries = made()
    actors = {actor.pk: actor for actor in of(Actor, references)}
    places = {place.pk: place for place in of(Location, references)}
    for rows, parent in ((actors, "part_of_id"), (places, "parent_id")):
        seen: set[int] = set()
        for key, row in rows.items():
            assert getattr(row, parent) in (None, *seen), row
            seen.add(key)

    def depth(place: Location) -> int:
        return 1 + (depth(places[place.parent_id]) if place.parent_id else 0)

    kinds = {"country": 1, "province": 2, "town": 3}
    assert {(place.kind, depth(place)) for place in places.values()} == set(kinds.items())
    assert len([actor for actor in actors.values() if actor.kind_id == "person"]) == 500
    assert all(a.part_of.country == a.country for a in actors.values() if a.part_of)


def test_a_source_for_every_three_events() -> None:
    references, entries = made()
    sources = of(Source, references)
    assert len(sources) == NUMBER / 3
    cited = Counter(
        citation.source_id
        for entry in entries
        for citation in of(Citation, entry)
        if citation.event_id
    )
    assert set(cited) == {source.pk for source in sources}
    assert cited.most_common(1)[0][1] > 12


def test_events_are_not_alike() -> None:
    _references, entries = made()
    events = [event for entry in entries for event in of(Event, entry)]
    assert len({event.title for event in events}) > NUMBER * 0.99
    assert len({event.kind_id for event in events}) > 15
    assert len({event.standing for event in events}) >= 5
    taking = Counter(len(of(Participation, entry)) for entry in entries)
    assert set(taking) == {1, 2, 3, 4}
    uncertain = [e for e in events if parse(e.date).first_day != parse(e.date).last_day]
    assert NUMBER * 0.1 < len(uncertain) < NUMBER * 0.3


def test_a_tenth_of_events_is_spoken_of_with_positions() -> None:
    _references, entries = made()
    spoken_of = [entry for entry in entries if of(Position, entry)]
    assert len(spoken_of) == NUMBER / 10
    positions = [position for entry in spoken_of for position in of(Position, entry)]
    assert {(p.event_id is None, p.claim_id is None) for p in positions} == {
        (True, False),
        (False, True),
    }
    assert len({position.stance for position in positions}) > 3
    assert all(len(of(Claim, entry)) == 1 for entry in spoken_of)
