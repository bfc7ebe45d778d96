"""Lists of the admin under filters that are typed."""

from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from tests.factories import (
    cite,
    make_actor,
    make_event,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def listed(client: Client, name: str, query: str) -> set[Any]:
    response = client.get(f"/admin/events/{name}/?{query}")
    assert response.status_code == 200
    return set(response.context["cl"].result_list)


def test_events_by_actor_place_source_date_and_person(admin_client: Client) -> None:
    province = make_location(slug="province")
    town = make_location(slug="town", parent=province)
    event = make_event(make_actor(slug="army"), location=town, date="2022-01-23")
    cite(event, make_source(slug="report"))
    make_event(make_actor(slug="court"), location=make_location(slug="other"), date="2021")
    user = User.objects.create_user("dan")
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(event),
        object_id=str(event.pk),
        object_repr="x",
        action_flag=CHANGE,
    )
    queries = ["participant=army", "in=province", "in=town", "cites=report", "on=2022-01"]
    for query in [*queries, "edited_by=dan", "&".join(queries), "state__exact=published&on=2022"]:
        assert listed(admin_client, "event", query) == {event}, query
    assert listed(admin_client, "event", "participant=court&in=province") == set()
    assert len(listed(admin_client, "event", "participant=&in=")) == 2


def test_statements_by_speaker_and_date(admin_client: Client) -> None:
    statement = make_statement(make_actor(slug="minister"), date="2022-01")
    make_statement(date="2020")
    for query in ("by=minister", "on=2022-01-24"):
        assert listed(admin_client, "statement", query) == {statement}, query


@pytest.mark.parametrize(
    "query", ["participant=no", "in=no", "cites=no", "on=soon", "edited_by=no"]
)
def test_what_names_nothing_is_said_and_finds_nothing(admin_client: Client, query: str) -> None:
    make_event()
    response = admin_client.get(f"/admin/events/event/?{query}")
    assert list(response.context["cl"].result_list) == []
    assert "There is nothing that is called" in response.content.decode()


def test_actors_places_and_sources_are_named_as_they_are_called(admin_client: Client) -> None:
    event = make_event(make_actor(name="Army of the North"), location=make_location(name="Inata"))
    cite(event, make_source(title="A report"))
    make_event(make_actor(), location=make_location())
    for query in ("participant=army+of+the+north", "in=INATA", "cites=A+report"):
        assert listed(admin_client, "event", query) == {event}, query
    make_actor(name="Army of the North")
    response = admin_client.get("/admin/events/event/?participant=army of the north")
    assert list(response.context["cl"].result_list) == []
    (told,) = response.context["messages"]
    assert str(told) == "Several are called “army of the north” here. Type the slug of one."
    assert 'data-picker="/admin/actors/actor/pick/"' in response.content.decode()


def test_the_form_of_a_filter_carries_the_others(admin_client: Client) -> None:
    make_event(make_actor(slug="army"))
    page = admin_client.get("/admin/events/event/?participant=army&state__exact=published&q=event")
    text = page.content.decode()
    form = text.partition('name="in"')[0].rpartition("<form")[2]
    for name, value in (("participant", "army"), ("state__exact", "published"), ("q", "event")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in form
    own = text.partition('name="participant" value="army" aria-label="actor"')
    assert own[1]
    assert 'name="participant"' not in own[0].rpartition("<form")[2]
