"""Small loads of both shapes into the real tables, and what bare SQL and the site find there."""

from dataclasses import replace
from datetime import date

import psycopg
import pytest
from django.db import connection
from django.test import Client

from actors.models import Actor
from events.models import Citation, Event, Location, Participation, Source, Statement
from tests.bench import bare_sql, cases, chosen, loading, varied_world
from tests.bench.bare_sql import Question, Session
from tests.bench.ged import Incident
from tests.bench.ged_shape import GedShape
from tests.bench.loading import Shape
from tests.bench.varied import Varied

LONG = "Front of the " + "very " * 45 + "long name"


DAY, GOVERNMENT, LEAGUE = date(2017, 4, 1), "Government of Syria", "River League"
WHAT = ("Syria", None, "state-based", "Syria: Government", GOVERNMENT, LEAGUE)
FIRST = Incident("1", DAY, DAY, *WHAT, "Mill Town", 35.0, 36.0, low=9, best=2, high=4)


def incident(day: int, **values: object) -> Incident:
    on = DAY.replace(day=day)
    return replace(FIRST, **{"number": str(day), "first": on, "last": on} | values)


INCIDENTS = [
    FIRST,
    incident(2, last=date(2017, 4, 5)),
    incident(3, violence="one-sided", side_a=LEAGUE, side_b="Civilians"),
    incident(4, side_b=LONG, country="Atlantis", latitude=1.5, place="1.5, 36.0"),
]


@pytest.fixture(autouse=True)
def no_vacuum(monkeypatch: pytest.MonkeyPatch) -> None:
    """It refuses to run inside the transaction of a test."""

    def analyse() -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    monkeypatch.setattr(loading, "analyse", analyse)


def load(shape: Shape) -> Session:
    loading.load(shape, lambda _words: None)
    connection.check_constraints()
    assert isinstance(connection.connection, psycopg.Connection)
    return connection.connection


@pytest.fixture
def told(db: None) -> list[str]:
    told: list[str] = []
    load(GedShape(INCIDENTS, 12, "GED", told.append))
    return told


def test_events_come_with_actors_places_and_citations(told: list[str]) -> None:
    cited = Citation.objects.filter(event__isnull=False)
    assert Event.objects.published().count() == cited.count() == 12
    event = Event.objects.get(slug="ged-2")
    assert event.date == "[2017-04-02..2017-04-05]"
    assert Event.objects.get(slug="ged-1-2").date == "1953-04-01"
    assert [each.role_id for each in event.participations.all()] == ["initiator", "target"]
    place = Location.objects.get(pk=event.location_id)
    around = Location.objects.filter(pk__in=place.lineage).order_by("kind")
    assert [str(each) for each in around] == ["Syria", "Mill Town"]
    government = Actor.objects.get(name=GOVERNMENT)
    assert government.country is not None
    assert government.country.iso3 == "SYR"
    assert told == ["no country of the fixture is meant by: Atlantis"]


def test_each_tenth_event_has_its_dead_as_a_claim(told: list[str]) -> None:
    claims = [claim for event in Event.objects.all() for claim in event.claims.all()]
    assert [(claim.low, claim.high) for claim in claims] == [(4, 9)]


def test_tables_count_on_from_the_chosen_keys(told: list[str]) -> None:
    actor = Actor.objects.create(slug="one-more", name="One more", kind_id="other")
    event = Event.objects.get(slug="ged-1")
    assert Participation.objects.create(event=event, actor=actor, role_id="witness").pk > 24


def test_bare_sql_finds_what_was_loaded(told: list[str]) -> None:
    session = connection.connection
    names = {"first": GOVERNMENT, "second": LEAGUE}
    both = {which: Actor.objects.get(name=name).slug for which, name in names.items()}
    page = bare_sql.page(session, Question(bare_sql.WITH_BOTH_ACTORS, both))
    assert page.slugs == [f"ged-{n}{copy}" for copy in ("", "-1", "-2") for n in (2, 1)]
    assert (page.numbers("all"), page.numbers("country"), page.numbers("kind")) == ([6], [6], [6])
    assert page.numbers("actor") == [6, 6]
    assert len(page.actors) == 12
    in_syria = bare_sql.page(session, Question(bare_sql.IN_COUNTRY, {"country": "SYR"}))
    assert in_syria.numbers("all") == [12]
    deep = bare_sql.page(session, Question(after=chosen.choose(session, 4).deep))
    assert deep.slugs[:2] == ["ged-3", "ged-1"]
    found = bare_sql.page(session, Question(bare_sql.WITH_WORD, {"word": "civilians"}))
    assert found.slugs == ["ged-3", "ged-3-1", "ged-3-2"]


def test_the_busiest_of_each_are_chosen(told: list[str]) -> None:
    asked = chosen.choose(connection.connection, 12)
    assert [each.name for each in asked.pair] == [GOVERNMENT, LEAGUE]
    assert (asked.country.slug, asked.place.name, asked.source.slug) == ("SYR", "Syria", "ged")
    assert (asked.acting.name, asked.acting_events) == (GOVERNMENT, 9)
    # The tenth event has a claim.
    assert asked.event.slug == "ged-2-2"
    assert asked.deep_row == 6
    assert f"two actors: {GOVERNMENT} and {LEAGUE}" in asked.in_words


@pytest.fixture
def varied(db: None, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(varied_world, "COUNTRIES", 12)
    return load(Varied(300))


def test_the_varied_shape_is_loaded_whole(varied: Session) -> None:
    assert Event.objects.published().count() == 300
    assert Source.objects.filter(slug__startswith="source-").count() == 100
    town = Location.objects.filter(kind="town", events__isnull=False).first()
    assert town is not None
    assert len(town.lineage) == 3
    assert {len(actor.lineage) for actor in Actor.objects.all()} == {1, 2, 3, 4, 5}
    statements = Statement.objects.published()
    assert statements.count() >= 30
    assert all(each.citations.published().exists() for each in statements)
    assert all(each.positions.count() == 1 for each in statements)


def test_the_site_shows_what_bare_sql_finds(varied: Session, client: Client) -> None:
    asked = chosen.choose(varied, 300)
    assert asked.actor.name == asked.country.name
    for case in cases.all_cases(varied, None, asked):
        response = client.get(case.path)
        assert response.status_code == 200, case.name
        case.check(response.content)
