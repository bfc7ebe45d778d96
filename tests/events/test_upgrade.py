"""A database that holds events already is brought to the newest shape."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from events.models import Event, EventFacts, PlaceTally, Profile
from tests.factories import make_actor, make_event, make_location

# Before profiles knew the outermost place.
EARLIER = ("events", "0006")


@pytest.fixture
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of its own, without a table."""
    usual = connection.settings_dict["NAME"]
    other = f"{usual}_upgrade"
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{other}"')
            cursor.execute(f'CREATE DATABASE "{other}"')
        _use(other)
        try:
            yield
        finally:
            _use(usual)
            with connection.cursor() as cursor:
                # Not by force: that may not end a vacuum under way, which the server itself ends.
                cursor.execute(f'DROP DATABASE "{other}"')


def _use(name: str) -> None:
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]
    connection.settings_dict["NAME"] = name


def test_profiles_learn_the_outermost_place(empty_database: None) -> None:
    call_command("migrate", *EARLIER, verbosity=0)
    country = make_location(kind="country")
    town = make_location(parent=country)
    actor = make_actor()
    here, there = make_event(actor, location=town), make_event(actor, location=country)
    nowhere = make_event(actor, date="2017/..")
    # Alike in all that profiles knew then.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_profile")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT event_id, document FROM events_eventsearch ORDER BY 1")
        documents = cursor.fetchall()
    call_command("migrate", verbosity=0)
    roots = dict(EventFacts.objects.values_list("event", "profile__root"))
    assert roots == {here.pk: country.pk, there.pk: country.pk, nowhere.pk: None}
    # No event has the former one any more.
    assert Profile.objects.count() == 2
    assert sum(PlaceTally.objects.values_list("number", flat=True)) == 3
    assert list(EventFacts.objects.order_by("pk").values_list("pk", "document")) == documents
    for event in Event.objects.all():
        facts = EventFacts.objects.get(event=event)
        assert (facts.sort_day, facts.updated_at) == (event.sort_day, event.updated_at)
