import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from events.models import Citation, Event, Participation
from tests.bench import writers
from tests.bench.chosen import Chosen, Named
from tests.bench.results import Writers
from tests.factories import make_actor, make_event, make_location, make_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records(monkeypatch: pytest.MonkeyPatch) -> Event:
    monkeypatch.setattr(writers, "SAVES", 3)
    monkeypatch.setattr(writers, "_FIRST", 1)
    make_source()
    place = make_location()
    return make_event(make_actor(slug="a"), make_actor(slug="b"), slug="there", location=place)


def test_an_event_is_saved_with_two_actors_and_a_citation() -> None:
    event = writers.Saver().save()
    assert {each.actor.slug for each in event.participations.all()} == {"a", "b"}
    assert Citation.objects.filter(event=event).count() == 1
    assert Event.objects.get(pk=event.pk).is_published


def test_what_was_saved_is_removed_again() -> None:
    writers.Saver().save()
    measured = Writers(copy_seconds=1)
    writers.measure_saves(measured)
    assert [event.slug for event in Event.objects.all()] == ["there"]
    assert Participation.objects.count() == 2
    assert measured.saves == 3
    assert measured.save_p50_ms is not None
    assert measured.save_p95_ms is not None
    assert measured.save_p50_ms <= measured.save_p95_ms


def test_an_actor_is_renamed_and_has_its_own_name_again() -> None:
    name = Actor.objects.get(slug="a").name
    acting = Named("a", name)
    asked = Chosen(
        acting, (acting, acting), "x", acting, acting, acting, 7, acting, acting, 1, (1, 1)
    )
    measured = Writers(copy_seconds=1)
    with CaptureQueriesContext(connection) as queries:
        writers.measure_rename(measured, asked)
    assert [f"{name} anew" in query["sql"] for query in queries] == [True, False]
    assert Actor.objects.get(slug="a").name == name
    assert measured.renamed == 7
    assert measured.rename_seconds is not None
