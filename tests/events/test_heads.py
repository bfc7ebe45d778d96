"""What the head of a page tells search engines and whoever shows a link to it."""

import json
from html.parser import HTMLParser

import pytest
from django.test import Client
from pytest_django import Settings
from rdflib import RDF, Literal, URIRef

from actors.models import Actor
from events.models import Event, Location, Source, Statement
from tests.events.exports.readers import SCHEMA, fetch, graph
from tests.factories import (
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """The meta elements by name or property, the canonical link, and the data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.canonical = self.data = self.title = self._inside = ""
        self.feed(text.partition("</head>")[0])

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag == "meta":
            name = values.get("property") or values.get("name", "")
            assert name not in self.meta or not name
            self.meta[name] = values.get("content", "")
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        is_data = tag == "script" and values.get("type") == "application/ld+json"
        self._inside = "data" if is_data else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("data", "title"):
            setattr(self, self._inside, getattr(self, self._inside) + data)


def head(client: Client, address: str) -> Head:
    response = client.get(address)
    assert response.status_code == 200
    return Head(response.content.decode())


def test_allegation_is_told_as_one(client: Client) -> None:
    make_event(slug="rumour", title="Strike", standing="alleged", date="2017-04", summary="Said.")
    found = head(client, "/events/rumour/?q=strike&page=2")
    assert found.title == "Alleged: Strike · Chronology"
    assert found.canonical == "/events/rumour/"
    assert found.meta["description"] == "Alleged, April 2017. Said."
    og = {name: text for name, text in found.meta.items() if name.startswith("og:")}
    assert og == {
        "og:site_name": "Chronology",
        "og:type": "article",
        "og:title": "Alleged: Strike",
        "og:description": "Alleged, April 2017. Said.",
        "og:url": "http://testserver/events/rumour/",
    }
    triples = graph(found.data)
    event = URIRef(Event.objects.get(slug="rumour").uuid.urn)
    assert triples.value(event, SCHEMA.name) == Literal("Alleged: Strike")
    assert triples.value(event, SCHEMA.startDate) == Literal("2017-04")


def test_data_of_an_event_are_those_of_the_whole_output(client: Client) -> None:
    syria = make_country()
    place = make_location(country=syria, latitude=35.4, longitude=36.6, precision="near")
    event = make_event(make_actor(name="Aa"), slug="strike", location=place, note="Noted.")
    other, hidden = make_actor(country=syria), make_actor(state="draft")
    for actor, role in ((other, "victim"), (other, "target"), (hidden, "victim")):
        event.participations.create(actor=actor, role_id=role, is_alleged=role == "target")
    number = make_claim(event, kind="number", low=70, high=80.5, unit="people killed")
    claim, draft = make_claim(event), make_claim(event, state="draft")
    first = make_statement(date="2017-04-05", quote="No.")
    take_position(make_statement(date="2017-04-06"), "denies", claim=claim)
    take_position(first, "asserts", claim=claim)
    take_position(first, "condemns", event=event)
    take_position(make_statement(hidden), "asserts", claim=claim)
    take_position(make_statement(state="draft"), "asserts", claim=number)
    take_position(make_statement(), "asserts", claim=draft)
    paper = make_source(title="A paper", url="https://e.example/")
    for source, locator, aspect in (
        (paper, "¶2", ""),
        (paper, "¶10", "date"),
        (paper, "¶2", "date"),
    ):
        source.citations.create(event=event, locator=locator, aspect=aspect)
    make_source(state="draft").citations.create(event=event)
    (item,) = json.loads(fetch(client, "jsonld"))["itemListElement"]
    data = json.loads(head(client, "/events/strike/").data)
    assert data.pop("@context")
    assert data == item["item"]
    assert [len(told["appearance"]) for told in data["subjectOf"] if "appearance" in told] == [2]


def test_data_of_other_records(client: Client) -> None:
    country = make_country()
    actor = make_actor(slug="putin", name="Путин", kind="person", country=country, summary="Who.")
    place = make_location(
        slug="idlib", name="Idlib", country=country, latitude=35.9, longitude=36.6, precision="near"
    )
    make_event(actor, location=place)
    source = make_source(
        slug="paper",
        title="A paper",
        author="Arendt, Hannah",
        date="2017",
        url="https://e.example/",
    )
    statement = make_statement(actor, paraphrase="Not us.", date="2017-04~")
    pages = {
        "/actors/putin/": (Actor, actor.pk, SCHEMA.Person, "profile"),
        "/locations/idlib/": (Location, place.pk, SCHEMA.Place, "website"),
        "/sources/paper/": (Source, source.pk, SCHEMA.Article, "article"),
        f"/statements/{statement.pk}/": (Statement, statement.pk, SCHEMA.CreativeWork, "article"),
        "/countries/SYR/": (type(country), country.pk, SCHEMA.Country, "website"),
    }
    triples = {}
    for address, (model, key, kind, og_type) in pages.items():
        found = head(client, address)
        assert found.meta["og:type"] == og_type
        assert found.canonical == address
        assert found.meta["og:url"] == f"http://testserver{address}"
        triples[address] = graph(found.data)
        record = URIRef(model._default_manager.get(pk=key).uuid.urn)
        assert (record, RDF.type, kind) in triples[address]
        assert str(triples[address].value(record, SCHEMA.url)) == f"http://testserver{address}"
    assert (None, SCHEMA.description, Literal("Who.")) in triples["/actors/putin/"]
    assert (None, SCHEMA.datePublished, Literal("2017")) in triples["/sources/paper/"]
    # "About April 2017" is no date for certain.
    said = triples[f"/statements/{statement.pk}/"]
    assert (None, SCHEMA.dateCreated, None) not in said
    assert (None, SCHEMA.abstract, Literal("Not us.")) in said


def test_text_of_a_record_ends_no_element(client: Client) -> None:
    nasty = '</script><script>alert(1)</script>" & <b>'
    make_actor(slug="nasty", name=nasty, summary=nasty)
    text = client.get("/actors/nasty/").content.decode()
    assert "<script>alert" not in text
    assert json.loads(Head(text).data)["name"] == nasty
    assert Head(text).meta["og:title"] == nasty


def test_lists_are_told_under_their_filter(client: Client) -> None:
    make_actor(slug="russia", name="Russia")
    found = head(client, "/events/?actor=russia&page=1")
    assert found.meta["og:title"] == "Russia · Timeline"
    assert found.meta["og:url"] == "http://testserver/events/?actor=russia"
    assert found.meta["og:description"] == found.meta["description"] == "Timeline: Actor Russia"
    assert found.data == ""


@pytest.mark.parametrize("address", ["/about/", "/about/exports/", "/api/", "/countries/"])
def test_pages_about_the_site_say_where_they_are(client: Client, address: str) -> None:
    found = head(client, address)
    assert found.canonical == address
    assert found.meta["og:url"] == f"http://testserver{address}"
    assert found.meta["description"]


def test_addresses_begin_with_the_sites_own(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://chronology.example"
    make_actor(slug="russia")
    assert head(client, "/actors/russia/").canonical == "https://chronology.example/actors/russia/"
    assert head(client, "/actors/").meta["og:url"] == "https://chronology.example/actors/"


def test_preview_of_a_draft_has_no_data(admin_client: Client) -> None:
    make_event(slug="draft", state="draft")
    make_actor(slug="draft", state="draft")
    for address in ("/events/draft/", "/actors/draft/"):
        assert head(admin_client, f"{address}?preview=1").data == ""


@pytest.mark.parametrize(
    ("address", "kind"),
    [("/favicon.ico", b"\0\0\1\0"), ("/apple-touch-icon.png", b"\x89PNG")],
)
def test_icons_are_where_browsers_look(client: Client, address: str, kind: bytes) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content).startswith(kind)


def test_countries_of_which_the_chronology_tells(client: Client) -> None:
    syria, russia = make_country(), make_country("RUS", "Russia")
    make_event(make_actor(country=russia), make_actor(), location=make_location(country=syria))
    make_event(make_actor(country=russia))
    make_actor(country=make_country("IRN", "Iran"), state="draft")
    entries = client.get("/countries/").context["entries"]
    found = [(entry.country.iso3, entry.events, entry.actors) for entry in entries]
    assert found == [("RUS", 2, 2), ("SYR", 1, 0)]
    text = client.get("/countries/").content.decode()
    assert 'href="/countries/SYR/"' in text
    assert 'href="/countries/"' in client.get("/countries/SYR/").content.decode()
