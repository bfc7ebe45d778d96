"""Identity: the same in every output, whatever host is asked and whatever slug a record has."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import Settings

from actors.models import Actor
from events.exports.formats import FORMATS
from events.models import Chronology, Event, Location, Source
from tests.events.exports.readers import ATOM, body, components, entities, feed, fetch, table
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
HOSTS = ("localhost", "127.0.0.1", "testserver")


@pytest.fixture
def event() -> Event:
    make_source(slug="paper")
    place = make_location(slug="town", country=make_country())
    event = make_event(make_actor(slug="actor"), slug="first", location=place)
    return Event.objects.get(pk=event.pk)


def ids(client: Client, query: str = "", **options: Any) -> dict[str, Any]:
    """What each output takes for the identity of its only event."""

    def text(extension: str) -> str:
        response = client.get(f"/events.{extension}{query}", **options)
        return body(response)

    [listed] = json.loads(text("jsonld"))["itemListElement"]
    [slide] = json.loads(text("timelinejs.json"))["events"]
    return {
        "atom": feed(text("atom")).find(f"{ATOM}entry").findtext(f"{ATOM}id"),
        "feed.json": json.loads(text("feed.json"))["items"][0]["id"],
        "jsonld": listed["item"]["@id"],
        "ics": str(components(text("ics"))[0]["UID"]),
        "geojson": json.loads(text("geojson"))["features"][0]["id"],
        "ftm.json": f"urn:uuid:{entities(text('ftm.json'))[-1]['id']}",
        "timelinejs.json": f"urn:uuid:{slide['unique_id']}",
        "csv": f"urn:uuid:{table(text('csv'))[0]['uuid']}",
        "json": f"urn:uuid:{json.loads(text('json'))['events'][0]['uuid']}",
    }


@pytest.mark.parametrize("host", HOSTS)
def test_every_output_has_the_uuid_of_the_event(client: Client, event: Event, host: str) -> None:
    found = ids(client, headers={"Host": host})
    assert set(found) == set(FORMATS)
    assert set(found.values()) == {f"urn:uuid:{event.uuid}"}


def test_it_stays_when_the_slug_changes(client: Client, event: Event) -> None:
    before = ids(client)
    Event.objects.update(slug="second")
    assert ids(client) == before


def test_actors_places_and_sources_are_known_by_theirs(client: Client, event: Event) -> None:
    actor, place, source = Actor.objects.get(), Location.objects.get(), Source.objects.get()
    [listed] = json.loads(fetch(client, "jsonld"))["itemListElement"]
    assert listed["item"]["location"]["@id"] == place.uuid.urn
    assert listed["item"]["about"][0]["about"]["@id"] == actor.uuid.urn
    found = {entity["id"]: entity["schema"] for entity in entities(fetch(client, "ftm.json"))}
    assert found == {
        str(actor.uuid): "LegalEntity",
        str(source.uuid): "Document",
        str(event.uuid): "Event",
    }


def feed_id(client: Client, query: str, host: str = "testserver") -> str:
    response = client.get(f"/events.atom{query}", headers={"Host": host})
    found = feed(body(response)).findtext(f"{ATOM}id")
    assert UUID(found).urn == found
    return found


def test_a_feed_is_known_by_the_chronology_and_its_filter(client: Client, event: Event) -> None:
    first = feed_id(client, "?actor=actor&since=2016")
    assert {feed_id(client, "?since=2016&actor=actor", host) for host in HOSTS} == {first}
    others = {feed_id(client, query) for query in ("", "?actor=actor", "?since=2016")}
    assert len(others | {first}) == 4
    # Who follows it by the former slug and who by the present one follow the same.
    Actor.objects.update(slug="renamed")
    assert feed_id(client, "?actor=actor&since=2016") == first
    assert feed_id(client, "?actor=renamed&since=2016") == first
    Chronology.objects.update(uuid=UUID(int=1))
    assert feed_id(client, "?actor=renamed&since=2016") != first


def test_a_chronology_is_one() -> None:
    with pytest.raises(IntegrityError, match="chronology_is_one"), transaction.atomic():
        Chronology.objects.create(id=2)


def test_a_dump_takes_the_identity_of_the_chronology_along(tmp_path: Path) -> None:
    Chronology.objects.update_or_create(id=1, defaults={"uuid": UUID(int=1)})
    dump = str(tmp_path / "dump.json")
    call_command("dumpdata", "events.chronology", output=dump)
    Chronology.objects.update(uuid=UUID(int=2))
    call_command("loaddata", dump, verbosity=0)
    assert Chronology.objects.get().uuid == UUID(int=1)


@pytest.mark.parametrize(
    "name", ["events", "actors", "locations", "statements", "claims", "sources"]
)
def test_every_resource_of_the_api_has_it(client: Client, event: Event, name: str) -> None:
    make_claim(event)
    make_statement(Actor.objects.get())
    for item in client.get(f"/api/{name}").json()["items"]:
        assert UUID(item["uuid"])
    assert client.get("/api/events/first").json()["uuid"] == str(event.uuid)


def sites(client: Client, address: str) -> set[str]:
    """The answers to the different hosts."""
    answers = set()
    for host in HOSTS:
        response = client.get(address, headers={"Host": host})
        assert response.status_code == 200, address
        text = body(response)
        assert host not in text, address
        answers.add(f"{text}{response.get('Link')}")
    return answers


def test_with_the_address_of_the_site_every_output_is_the_same_on_every_host(
    client: Client, event: Event, settings: Settings
) -> None:
    settings.SITE_URL = "https://chronology.example:8443"
    make_event(Actor.objects.get(), slug="second")
    statement = make_statement(Actor.objects.get())
    told = [
        *(f"/events.{extension}?actor=actor" for extension in FORMATS),
        *(f"/api/{name}" for name in ("events", "actors", "locations", "statements", "sources")),
        *("/api/events/first", "/embed/events/"),
        *("/", "/events/", "/actors/", "/locations/", "/sources/", "/statements/", "/relations/"),
        *("/sources/paper/", f"/statements/{statement.pk}/"),
        *(f"/statements/{statement.pk}/citation.{form}" for form in ("bib", "json")),
    ]
    others = ["/events/first/", "/actors/actor/", "/locations/town/", "/countries/SYR/", "/about/"]
    for address in told:
        [answer] = sites(client, address)
        assert "https://chronology.example:8443/" in answer, address
    for address in [*others, "/about/exports/", "/api/", "/api/openapi.json"]:
        assert len(sites(client, address)) == 1, address
    [page] = sites(client, "/events/?actor=actor")
    canonical = '<link rel="canonical" href="https://chronology.example:8443/events/?actor=actor">'
    assert canonical in page
    [listed] = sites(client, "/api/events?limit=1")
    assert '"next": "https://chronology.example:8443/api/events?limit=1&after=' in listed
    assert "<https://chronology.example:8443/api/events?limit=1&after=" in listed


def test_with_the_address_of_the_site_a_kept_page_serves_every_host(
    client: Client, event: Event, settings: Settings, django_assert_num_queries: Any
) -> None:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages", "counts", "api")
    }
    first, other = (client.get("/events/", headers={"Host": host}) for host in HOSTS[:2])
    assert first["ETag"] != other["ETag"]
    settings.SITE_URL = "https://chronology.example"
    first = client.get("/events/", headers={"Host": HOSTS[0]})
    with django_assert_num_queries(1):
        other = client.get("/events/", headers={"Host": HOSTS[1]})
    assert (first.content, first["ETag"]) == (other.content, other["ETag"])
    for cache in caches.all():
        cache.clear()


def test_without_it_addresses_are_those_of_the_host_that_was_asked(
    client: Client, event: Event
) -> None:
    cite(event, locator="p. 2")
    for host in HOSTS:
        item = client.get("/api/events/first", headers={"Host": host}).json()
        assert item["url"] == f"http://{host}/events/first/"
