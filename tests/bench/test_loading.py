"""A small load into the real tables, and what bare SQL then finds there."""

from datetime import date

import psycopg
import pytest
from django.db import connection

from actors.models import Actor
from events.around import read_around
from events.models import Citation, Event, EventFacts, Participation
from tests.bench import bare_sql, facts, loading
from tests.bench.bare_sql import Question
from tests.bench.ged import Incident, copies
from tests.bench.loading import Slugs
from tests.factories import make_country, make_kind
from tests.searching import events_with

LONG = "Front of the " + "very " * 45 + "long name"


def incident(number: int, **values: object) -> Incident:
    day = date(2017, 4, number)
    given = {
        "number": str(number),
        "first": day,
        "last": day,
        "country": "Syria",
        "gw": None,
        "violence": "state-based",
        "conflict": "Syria: Government",
        "side_a": "Government of Syria",
        "side_b": "River League",
        "place": "Mill Town",
        "latitude": 35.0,
        "longitude": 36.0,
        "low": 9,
        "best": 2,
        "high": 4,
    }
    return Incident(**given | values)  # type: ignore[arg-type]


INCIDENTS = [
    incident(1),
    incident(2, last=date(2017, 4, 5)),
    incident(3, violence="one-sided", side_a="River League", side_b="Civilians"),
    incident(4, side_b=LONG, country="Atlantis", latitude=1.5, place="1.5, 36.0"),
]


@pytest.fixture
def filled(db: None) -> list[str]:
    make_country()
    for kind in loading.KINDS.values():
        make_kind(kind)
    told: list[str] = []
    references = loading._references(INCIDENTS, "GED", told.append)
    loading._load_events(references, copies(INCIDENTS, 3), 12, told.append)
    connection.check_constraints()
    return told


@pytest.fixture(autouse=True)
def no_vacuum(monkeypatch: pytest.MonkeyPatch) -> None:
    """VACUUM refuses to run inside the transaction of a test."""
    monkeypatch.setattr(loading, "analyse", lambda: None)


def test_events_come_with_actors_places_and_citations(filled: list[str]) -> None:
    assert Event.objects.published().count() == Citation.objects.filter(claim=None).count() == 12
    event = Event.objects.get(slug="ged-2")
    assert event.date == "[2017-04-02..2017-04-05]"
    assert Event.objects.get(slug="ged-1-2").date == "1953-04-01"
    assert [each.role for each in event.participations.all()] == ["initiator", "target"]
    assert event.location_id is not None
    assert [str(place) for place in read_around(event.location_id)] == ["Syria", "Mill Town"]
    assert Actor.objects.get(slug="government-of-syria").country == make_country()
    assert filled == ["no country of the fixture is meant by: Atlantis"]


def test_each_tenth_event_has_its_dead_as_a_claim(filled: list[str]) -> None:
    claims = [claim for event in Event.objects.all() for claim in event.claims.all()]
    assert [(claim.low, claim.high) for claim in claims] == [(4, 9)]


def test_triggers_have_run_on_the_finished_event(filled: list[str]) -> None:
    assert EventFacts.objects.count() == 12
    assert events_with("civilians mill").count() == 3


def test_tables_count_on_from_the_chosen_ids(filled: list[str]) -> None:
    actor = Actor.objects.create(slug="one-more", name="One more", kind="other")
    event = Event.objects.get(slug="ged-1")
    assert Participation.objects.create(event=event, actor=actor, role="witness").pk > 24


def test_bare_sql_finds_what_the_pages_show(filled: list[str]) -> None:
    assert isinstance(connection.connection, psycopg.Connection)
    session = connection.connection
    both = {"first": "government-of-syria", "second": "river-league"}
    page = bare_sql.page(session, Question(bare_sql.WITH_BOTH_ACTORS, both))
    assert page.slugs == [f"ged-{n}{copy}" for copy in ("", "-1", "-2") for n in (2, 1)]
    assert (page.numbers("all"), page.numbers("country"), page.numbers("kind")) == ([6], [6], [6])
    assert page.numbers("actor") == [6, 6]
    assert len(page.actors) == 12
    day, number = bare_sql.place_of_row(session, 2)
    assert bare_sql.slug_of_event(session, number) == "ged-4"
    deep = bare_sql.page(session, Question(has_facets=False, after=(day, number)), limit=2)
    assert deep.slugs == ["ged-3", "ged-1"]
    syria = Question(bare_sql.IN_COUNTRY, {"country": "SYR"}, has_facets=False)
    assert len(bare_sql.everything(session, syria).rows) == 12
    assert bare_sql.count(session, bare_sql.since(date(2017, 4, 3))) == 3
    assert len(bare_sql.detail(session, "ged-1")) == 4


def test_the_cases_are_chosen_by_frequency() -> None:
    chosen = facts.choose(INCIDENTS, 3)
    assert chosen.pair == ("Government of Syria", "River League")
    assert chosen.exported_since == date(1953, 4, 1)
    assert facts._words(INCIDENTS)["League"] == 3


def test_slugs_are_plain_and_given_once() -> None:
    slugs = Slugs()
    names = ["Al-Shabaab", "al shabaab", "A – B", "a. b", "…", LONG, LONG, "35.5, -1.2"]
    taken = [slugs.take(name) for name in names]
    assert len(set(taken)) == len(names)
    assert taken[:3] == ["al-shabaab", "al-shabaab-no-2", "a-b"]
    assert all("--" not in slug and 0 < len(slug) <= 100 for slug in taken)
