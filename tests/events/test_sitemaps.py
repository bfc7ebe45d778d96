"""The sitemap: exactly the public records, by parts, with the times of change of events."""

from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from events.models import Event, Statement
from tests.factories import (
    make_actor,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
PAGES = [
    *("events", "map", "actors", "countries", "locations", "statements", "relations", "sources"),
    *("timeline", "about", "about/exports", "api"),
]
HIDDEN = {"state": "draft"}


def read(client: Client, address: str) -> dict[str, str | None]:
    """The addresses of a sitemap or an index, each with its time of change."""
    response = client.get(address)
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.content.decode())  # noqa: S314 - our own output
    return {each.findtext("{*}loc") or "": each.findtext("{*}lastmod") for each in root}


def all_paths(client: Client) -> list[str]:
    """Of all parts that the index names."""
    parts = [urlsplit(address) for address in read(client, "/sitemap.xml")]
    found = [a for part in parts for a in read(client, f"{part.path}?{part.query}")]
    assert all(address.startswith("http://testserver/") for address in found)
    return [urlsplit(address).path for address in found]


def test_every_public_record_and_nothing_else(client: Client) -> None:
    syria, russia = make_country(), make_country("RUS", "Russia")
    make_country("TUR", "Turkey")
    actor = make_actor(slug="russia", country=russia)
    make_event(actor, slug="seen", location=make_location(slug="here", country=syria))
    statement = make_statement(make_actor(slug="speaker"))
    make_source(slug="paper")
    make_event(slug="secret", **HIDDEN)
    make_actor(slug="nobody", country=make_country("IRN", "Iran"), **HIDDEN)
    make_location(slug="nowhere", **HIDDEN)
    make_source(slug="unread", **HIDDEN)
    make_statement(make_actor(slug="mole", **HIDDEN))
    make_statement(actor, **HIDDEN)
    paths = all_paths(client)
    assert len(paths) == len(set(paths))
    first_source = statement.citations.get().source.slug
    assert set(paths) == {
        *(f"/{name}/" for name in PAGES),
        "/events/seen/",
        *("/actors/russia/", "/actors/speaker/"),
        *("/countries/SYR/", "/countries/RUS/"),
        "/locations/here/",
        f"/statements/{statement.pk}/",
        *("/sources/paper/", f"/sources/{first_source}/"),
    }
    for path in paths:
        assert client.get(path).status_code == 200, path


def test_parts_hold_as_many_as_the_format_allows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.views.sitemaps._Part.limit", 2)
    for number in range(5):
        make_event(slug=f"e{number}")
    index = [address for address in read(client, "/sitemap.xml") if "events" in address]
    assert [urlsplit(address).query for address in index] == ["", "page=2", "page=3"]
    parts = [read(client, urlsplit(a).path + "?" + urlsplit(a).query) for a in index]
    assert [len(part) for part in parts] == [2, 2, 1]
    assert len({address for part in parts for address in part}) == 5
    for address in ("/sitemap-events.xml?page=4", "/sitemap-events.xml?page=x", "/sitemap-no.xml"):
        assert client.get(address).status_code == 404


def test_events_alone_tell_when_they_changed_and_truly(client: Client) -> None:
    make_event(make_actor(slug="one"), slug="seen")
    part = read(client, "/sitemap-events.xml")
    (updated,) = [e["updated"] for e in client.get("/api/events").json()["items"]]
    (changed,) = part.values()
    assert changed is not None
    assert datetime.fromisoformat(changed).date() == datetime.fromisoformat(updated).date()
    for name in ("actors", "sources", "pages"):
        assert set(read(client, f"/sitemap-{name}.xml").values()) == {None}


def test_addresses_begin_with_the_sites_own(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://chronology.example"
    make_event(slug="seen")
    assert "https://chronology.example/sitemap-events.xml" in read(client, "/sitemap.xml")
    part = read(client, "/sitemap-events.xml")
    assert list(part) == ["https://chronology.example/events/seen/"]
    robots = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: https://chronology.example/sitemap.xml" in robots


def test_unchanged_one_is_not_sent_again(client: Client) -> None:
    make_event()
    for address in ("/sitemap.xml", "/sitemap-events.xml"):
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("name", ["events", "actors", "countries", "locations", "statements"])
def test_queries_do_not_grow_with_records(client: Client, name: str) -> None:
    def queries(number: int) -> int:
        for _ in range(number):
            country = make_country()
            actor = make_actor(country=country)
            make_event(actor, location=make_location(country=country))
            make_statement(actor)
        with CaptureQueriesContext(connection) as captured:
            assert read(client, f"/sitemap-{name}.xml")
        return len(captured)

    assert queries(2) == queries(20)
    assert Event.objects.count() == Statement.objects.count() == 22
