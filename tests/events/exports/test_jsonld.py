"""JSON-LD as a reader of RDF sees it."""

import pytest
from django.test import Client
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from actors.models import Actor
from events.models import Event, Participation
from tests.events.exports.readers import SCHEMA, fetch, graph
from tests.factories import make_actor, make_country, make_event, make_location

pytestmark = pytest.mark.django_db

OURS = Namespace("http://testserver/about/exports/#")


def event_in(triples: Graph, slug: str) -> URIRef:
    event = URIRef(Event.objects.get(slug=slug).uuid.urn)
    assert (event, RDF.type, SCHEMA.Event) in triples
    return event


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2017-04-04", "2017-04-04", "2017-04-04"),
        ("[2017-04-03..2017-04-09]", "2017-04", "2017-04"),
        ("../2017-04", None, "2017-04"),
        ("2011~", None, None),
        ("", None, None),
    ],
)
def test_start_and_end_are_no_finer_than_known(
    client: Client, date: str, start: str | None, end: str | None
) -> None:
    make_event(slug="one", date=date)
    triples = graph(fetch(client, "jsonld"))
    event = event_in(triples, "one")
    assert triples.value(event, SCHEMA.startDate) == (start and Literal(start))
    assert triples.value(event, SCHEMA.endDate) == (end and Literal(end))
    assert triples.value(event, OURS.date) == (Literal(date) if date else None)
    assert triples.value(event, OURS.date_in_words)


def test_standing_is_told_in_both_vocabularies(client: Client) -> None:
    make_event(slug="rumour", title="Strike", standing="alleged", date="2016")
    triples = graph(fetch(client, "jsonld"))
    event = event_in(triples, "rumour")
    assert triples.value(event, SCHEMA.name) == Literal("Alleged: Strike")
    assert triples.value(event, SCHEMA.disambiguatingDescription) == Literal("Alleged; 2016")
    assert triples.value(event, OURS.standing) == Literal("alleged")


def test_actors_stand_behind_their_roles(client: Client) -> None:
    putin: Actor = make_actor(slug="putin", name="فلاديمير", kind="person")
    event = make_event(slug="one")
    Participation.objects.create(event=event, actor=putin, role_id="perpetrator", is_alleged=True)
    triples = graph(fetch(client, "jsonld"))
    role = triples.value(event_in(triples, "one"), SCHEMA.about)
    assert triples.value(role, SCHEMA.roleName) == Literal("alleged perpetrator")
    actor = triples.value(role, SCHEMA.about)
    assert actor == URIRef(Actor.objects.get(slug="putin").uuid.urn)
    assert str(triples.value(actor, SCHEMA.url)) == "http://testserver/actors/putin/"
    assert (actor, RDF.type, SCHEMA.Person) in triples
    assert triples.value(actor, SCHEMA.name) == Literal("فلاديمير")


def test_place_and_source(client: Client) -> None:
    town = make_location(
        slug="town",
        name="Town",
        latitude=1.5,
        longitude=-2.5,
        precision="near",
        country=make_country(),
    )
    make_event(slug="one", location=town)
    triples = graph(fetch(client, "jsonld"))
    event = event_in(triples, "one")
    place = triples.value(event, SCHEMA.location)
    point = triples.value(place, SCHEMA.geo)
    assert triples.value(point, SCHEMA.longitude).toPython() == -2.5
    assert triples.value(place, OURS.location_precision) == Literal("near")
    work = triples.value(event, SCHEMA.subjectOf)
    assert (work, RDF.type, SCHEMA.Article) in triples
    assert triples.value(work, OURS.source_locators) == Literal("¶1.1")


def test_countries_are_alpha_2_or_a_name(client: Client) -> None:
    syria = make_country(iso2="SY")
    union = make_country("SUN", "Soviet Union", code_status="former")
    make_event(make_actor(country=union), slug="one", location=make_location(country=syria))
    triples = graph(fetch(client, "jsonld"))
    event = event_in(triples, "one")
    address = triples.value(triples.value(event, SCHEMA.location), SCHEMA.address)
    assert triples.value(address, SCHEMA.addressCountry) == Literal("SY")
    countries = triples.objects(event, OURS.countries)
    assert set(countries) == {Literal("SY"), Literal("Soviet Union")}


def test_years_that_schema_org_cannot_hold_are_in_words_alone(client: Client) -> None:
    make_event(slug="one", date="-0043-03-15")
    triples = graph(fetch(client, "jsonld"))
    event = event_in(triples, "one")
    assert triples.value(event, SCHEMA.startDate) is None
    assert triples.value(event, OURS.date) == Literal("-0043-03-15")
    assert triples.value(event, OURS.date_in_words) == Literal("15 March 44 BCE")
