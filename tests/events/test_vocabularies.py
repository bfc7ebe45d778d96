"""Kinds and roles of curators' own, as readers and programs meet them."""

import json
from typing import Any

import pytest
from django.test import Client

from actors.models import Actor, ActorKind
from config.db.versions import data_version
from events.index.current import current_state
from events.models import Event, EventType, Participation, Role
from tests.factories import make_actor, make_event, make_kind

pytestmark = pytest.mark.django_db


def only_event(client: Client) -> dict[str, Any]:
    [event] = json.loads(text(client, "/events.json"))["events"]
    found: dict[str, Any] = event
    return found


def rows_of(client: Client, query: str) -> list[str]:
    """The events between the two."""
    page = client.get(f"/relations/one/other/?{query}")
    return [row.event.slug for row in page.context["page"].rows]


@pytest.fixture
def tribe() -> Actor:
    ActorKind.objects.create(slug="tribe", name="Tribe", nature="group")
    return make_actor(slug="the-ten", name="The Ten", kind="tribe")


def text(client: Client, path: str) -> str:
    response: Any = client.get(path)
    assert response.status_code == 200
    written: bytes = response.getvalue()
    return written.decode()


def test_a_kind_of_actor_is_named_filtered_and_counted(client: Client, tribe: Actor) -> None:
    make_actor(name="Somebody", kind="person")
    page = client.get("/actors/?kind=tribe")
    assert [row.name for row in page.context["page"].rows] == ["The Ten"]
    [facet] = [facet for facet in page.context["facets"] if facet.name == "kind"]
    assert {(value.value, value.label, value.count) for value in facet.values} == {
        ("tribe", "Tribe", 1),
        ("person", "Person", 1),
    }
    assert '<span class="fact">Tribe</span>' in page.content.decode()
    assert "Tribe" in text(client, "/actors/the-ten/")
    assert json.loads(text(client, "/api/actors/the-ten"))["kind"] == "tribe"


@pytest.mark.parametrize("path", ["/actors/", "/events/"])
def test_an_unknown_kind_is_named_and_finds_nothing(client: Client, path: str) -> None:
    make_event(make_actor())
    page = client.get(f"{path}?kind=robot")
    assert list(page.context["page"].rows) == []
    assert "There is no “robot” here." in page.content.decode()


def test_outputs_say_what_a_kind_is_in_general(client: Client, tribe: Actor) -> None:
    natures = dict(ActorKind.objects.values_list("slug", "nature"))
    actors = {make_actor(kind=slug).name: nature for slug, nature in natures.items()}
    make_event(*Actor.objects.all())
    actors[tribe.name] = "group"
    types = {
        "person": ("Person", "Person"),
        "organisation": ("Organization", "Organization"),
        "public-body": ("GovernmentOrganization", "PublicBody"),
        "group": ("Thing", "LegalEntity"),
    }
    lines = [json.loads(line) for line in text(client, "/events.ftm.json").splitlines()]
    schemata = {
        line["properties"]["name"][0]: line["schema"]
        for line in lines
        if line["schema"] not in ("Document", "Event")
    }
    assert schemata == {name: types[nature][1] for name, nature in actors.items()}
    [item] = json.loads(text(client, "/events.jsonld"))["itemListElement"]
    found = {role["about"]["name"]: role["about"]["@type"] for role in item["item"]["about"]}
    assert found == {name: types[nature][0] for name, nature in actors.items()}


def test_people_are_they_and_bodies_are_it(client: Client, tribe: Actor) -> None:
    make_event(tribe)
    assert "What they did" in text(client, "/actors/the-ten/")
    ActorKind.objects.filter(slug="tribe").update(nature="public-body")
    assert "What it did" in text(client, "/actors/the-ten/")


def test_a_role_is_shown_by_its_name_wherever_events_are(client: Client, tribe: Actor) -> None:
    Role.objects.create(slug="envoy", name="NATO envoy", side="acting")
    event = make_event(slug="talks")
    Participation.objects.create(event=event, actor=tribe, role_id="envoy", is_alleged=True)
    pages = ["/?view=full", "/events/talks/", "/actors/the-ten/", "/events.csv", "/events.json"]
    pages += ["/timeline/", "/events.ftm.json", "/events.jsonld", "/api/events"]
    assert [path for path in pages if "NATO envoy" not in text(client, path)] == []
    [part] = json.loads(text(client, "/api/events/talks"))["participations"]
    assert part["role"] == "envoy"


def test_a_renamed_role_is_shown_by_its_new_name_at_once(client: Client, tribe: Actor) -> None:
    key = make_event(tribe, slug="talks").pk
    before, changed_at = only_event(client), current_state().times_of([key])[key]
    version = data_version()
    assert "participant" in text(client, "/events/talks/")
    Role.objects.filter(slug="participant").update(name="taking part")
    assert data_version() != version
    assert "taking part" in text(client, "/events/talks/")
    after = only_event(client)
    assert (before["actor_roles"], after["actor_roles"]) == (["participant"], ["taking part"])
    assert current_state().times_of([key])[key] > changed_at
    since = f"/api/events?updated_since={after['updated']}"
    assert [row["slug"] for row in json.loads(text(client, since))["items"]] == ["talks"]


def test_a_role_says_which_way_an_event_leads(client: Client) -> None:
    one, other = make_actor(slug="one"), make_actor(slug="other")
    Role.objects.create(slug="envoy", name="envoy", side="acting")
    Role.objects.create(slug="hearer", name="hearer", side="acted-upon")
    event = make_event(slug="talks")
    Participation.objects.create(event=event, actor=one, role_id="envoy")
    Participation.objects.create(event=event, actor=other, role_id="hearer")

    def found(direction: str) -> bool:
        path = f"/relations/one/other/?direction={direction}"
        return 'href="/events/talks/' in text(client, path)

    assert [found(way) for way in ("forth", "back", "together")] == [True, False, False]
    Role.objects.filter(slug="envoy").update(side="neither")
    assert [found(way) for way in ("forth", "back", "together")] == [False, False, True]


def test_a_kind_of_event_needs_no_word_of_plover(client: Client) -> None:
    kind = EventType.objects.create(slug="feast", name="Feast")
    one, other = make_actor(slug="one"), make_actor(slug="other")
    make_event(one, other, slug="harvest", kind=kind)
    page = text(client, "/events/harvest/")
    assert "Feast" in page
    assert "quad class" not in page
    assert "PLOVER" not in page
    relation = text(client, "/relations/one/other/")
    assert '<span class="fact">Feast</span></p>' in relation
    assert rows_of(client, "quad=neutral") == ["harvest"]
    assert rows_of(client, "quad=verbal-conflict") == []
    assert [event.slug for event in Event.objects.filter(kind=make_kind("feast"))] == ["harvest"]
