"""Who says what of an event, in JSON and in JSON-LD: with every stance, and never as a fact."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rdflib import RDF, Graph, Literal, URIRef

from events.models import Claim, Event, Statement
from tests.events.exports.readers import SCHEMA, fetch, graph
from tests.factories import make_actor, make_claim, make_event, make_statement, take_position

pytestmark = pytest.mark.django_db


def event_in(client: Client, slug: str) -> dict[str, Any]:
    events = json.loads(fetch(client, "json"))["events"]
    return {event["slug"]: event for event in events}[slug]


@pytest.fixture
def strike() -> Event:
    event = make_event(slug="strike", title="The strike")
    claim = make_claim(event, slug="they-did", text="They did it")
    accuser = make_statement(make_actor(slug="accuser"), date="2017-04", quote="They did.")
    denial = make_statement(make_actor(slug="accused", kind="state"), date="2017-04-05")
    take_position(denial, "denies", claim=claim)
    take_position(accuser, "asserts", claim=claim)
    take_position(accuser, "condemns", event=event)
    number = {"kind": "number", "low": 65, "high": "80.5", "unit": "people", "text": "65 to 80.5"}
    make_claim(event, slug="toll", is_approximate=True, **number)
    return event


def test_json_has_claims_with_every_position(strike: Event, client: Client) -> None:
    event = event_in(client, "strike")
    did, toll = event["claims"]
    assert (did["slug"], did["text"], did["kind"]) == ("they-did", "They did it", "proposition")
    assert (did["low"], did["high"], did["is_approximate"]) == (None, None, False)
    said = [(each["stance"], each["speaker_slug"], each["date"]) for each in did["positions"]]
    assert said == [("denies", "accused", "2017-04-05"), ("asserts", "accuser", "2017-04")]
    accuser = Statement.objects.get(speaker__slug="accuser")
    assertion = did["positions"][1]
    assert assertion["quote"] == "They did."
    assert assertion["date_in_words"] == "April 2017"
    assert assertion["statement"] == accuser.pk
    assert assertion["url"] == f"http://testserver/statements/{accuser.pk}/"
    assert (toll["low"], toll["high"], toll["unit"]) == (65, 80.5, "people")
    assert toll["is_approximate"]
    assert toll["positions"] == []
    assert [(each["stance"], each["speaker"]) for each in event["positions"]] == [
        ("condemns", "Accuser")
    ]


def test_event_of_which_nobody_says_anything(client: Client) -> None:
    make_event(slug="quiet")
    event = event_in(client, "quiet")
    assert (event["claims"], event["positions"]) == ([], [])


def claim_in(triples: Graph, slug: str) -> URIRef:
    claim = URIRef(Claim.objects.get(slug=slug).uuid.urn)
    assert (claim, RDF.type, SCHEMA.Claim) in triples
    return claim


def test_jsonld_says_who_asserts_a_claim_and_who_denies_it(strike: Event, client: Client) -> None:
    triples = graph(fetch(client, "jsonld"))
    claim = claim_in(triples, "they-did")
    event = URIRef(Event.objects.get(slug="strike").uuid.urn)
    assert (event, SCHEMA.subjectOf, claim) in triples
    assert triples.value(claim, SCHEMA.text) == Literal("They did it")
    authors = [str(triples.value(each, SCHEMA.name)) for each in triples[claim : SCHEMA.author]]
    assert authors == ["Accuser"]
    roles = {
        str(triples.value(role, SCHEMA.roleName)): triples.value(role, SCHEMA.appearance)
        for role in triples[claim : SCHEMA.appearance]
    }
    assert set(roles) == {"asserts", "denies"}
    speakers = {
        stance: str(triples.value(triples.value(statement, SCHEMA.author), SCHEMA.name))
        for stance, statement in roles.items()
    }
    assert speakers == {"asserts": "Accuser", "denies": "Accused"}
    denial = Statement.objects.get(speaker__slug="accused")
    assert roles["denies"] == URIRef(Statement.objects.get(pk=denial.pk).uuid.urn)
    assert triples.value(roles["denies"], SCHEMA.dateCreated) == Literal("2017-04-05")


def test_claim_that_nobody_asserts_has_no_author(client: Client) -> None:
    claim = make_claim(make_event(), slug="lonely")
    take_position(make_statement(), "denies", claim=claim)
    triples = graph(fetch(client, "jsonld"))
    assert triples.value(claim_in(triples, "lonely"), SCHEMA.author) is None


@pytest.mark.parametrize("extension", ["json", "jsonld"])
def test_what_is_hidden_is_said_by_nobody(strike: Event, client: Client, extension: str) -> None:
    claim = Claim.objects.get(slug="they-did")
    make_claim(strike, text="Secret claim", state="draft")
    secret = make_statement(make_actor(slug="mole"), paraphrase="Secret words", state="draft")
    hidden = make_statement(make_actor(name="Secret speaker", state="draft"))
    for statement in (secret, hidden):
        take_position(statement, "asserts", claim=claim)
        take_position(statement, "supports", event=strike)
    text = fetch(client, extension)
    assert "They did it" in text
    assert "Secret" not in text
    assert "supports" not in text


@pytest.mark.parametrize("extension", ["json", "jsonld"])
def test_queries_do_not_grow_with_claims(client: Client, extension: str) -> None:
    def queries(number: int) -> int:
        event = make_event(slug=f"event-{number}")
        for _ in range(number):
            take_position(make_statement(), "denies", claim=make_claim(event))
        with CaptureQueriesContext(connection) as captured:
            assert "denies" in fetch(client, extension, f"?q={event.title.replace(' ', '+')}")
        return len(captured)

    assert queries(2) == queries(20)
