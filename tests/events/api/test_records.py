"""Single records of the API: what is told, and that nothing leads to what is not public."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from actors.models import ActorName, Tenure
from events.api.registry import RESOURCES
from events.models import EventLink, Participation, Statement
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db


def get(client: Client, path: str) -> dict[str, Any]:
    response = client.get(f"/api/{path}")
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/json"
    record: dict[str, Any] = response.json()
    return record


def without_uuids(told: Any) -> Any:
    """The same without the identities, each of which is one."""
    if isinstance(told, list):
        return [without_uuids(item) for item in told]
    if isinstance(told, dict):
        assert "uuid" not in told or str(UUID(told["uuid"])) == told["uuid"]
        return {name: without_uuids(item) for name, item in told.items() if name != "uuid"}
    return told


def test_a_date_is_told_no_more_exactly_than_it_is_known(client: Client) -> None:
    make_event(slug="one-day", date="[2017-04-03..2017-04-09]")
    make_event(slug="open", date="../2017-04")
    make_event(slug="long-ago", date="-0043-03-15")
    names = "date,date_in_words,not_before,not_after"
    assert list(get(client, f"events/one-day?fields={names}").values()) == [
        "[2017-04-03..2017-04-09]",
        "one day between 3 and 9 April 2017",
        "2017-04-03",
        "2017-04-09",
    ]
    assert list(get(client, f"events/open?fields={names}").values())[2:] == [None, "2017-04-30"]
    assert get(client, "events/long-ago")["not_before"] == "-0043-03-15"


def test_every_fact_of_an_event_has_its_citations(client: Client) -> None:
    paper = make_source(slug="paper", title="The paper")
    actor = make_actor(slug="somebody")
    event = make_event(slug="one")
    other = make_event(slug="two")
    role = Participation.objects.create(event=event, actor=actor, role_id="target", is_alleged=True)
    cite(role, paper, "p. 2")
    link = EventLink.objects.create(from_event=event, to_event=other, relation="follows")
    cite(link, paper, "p. 3", access="second-hand", via=make_source(slug="relay"))
    record = without_uuids(get(client, "events/one"))
    assert record["participations"] == [
        {
            "actor": "somebody",
            "role": "target",
            "is_alleged": True,
            "note": "",
            "citations": [
                {
                    "source": "paper",
                    "title": "The paper",
                    "locator": "p. 2",
                    "aspect": "",
                    "access": "direct",
                    "via": None,
                    "note": "",
                }
            ],
        }
    ]
    assert [actor["roles"] for actor in record["actors"]] == [["alleged target"]]
    assert [(link["relation"], link["event"]) for link in record["links"]] == [("follows", "two")]
    assert [(c["locator"], c["via"]) for c in record["links"][0]["citations"]] == [
        ("p. 3", "relay")
    ]
    assert [citation["locator"] for citation in record["citations"]] == ["¶1.1"]


def test_a_statement_tells_its_positions(client: Client) -> None:
    event, claim = make_event(slug="event"), make_claim(slug="claim")
    answered = make_statement()
    statement = make_statement(make_actor(slug="speaker"), occasion=event)
    statement.audience.add(make_actor(slug="hearer"))
    for target in ({"claim": claim}, {"event": event}, {"answered": answered}):
        take_position(statement, "questions", **target)
    record = get(client, f"statements/{statement.pk}")
    assert (record["speaker"]["slug"], record["occasion"]["slug"]) == ("speaker", "event")
    assert [actor["slug"] for actor in record["audience"]] == ["hearer"]
    assert [(p["claim"], p["event"], p["statement"]) for p in record["positions"]] == [
        ("claim", None, None),
        (None, "event", None),
        (None, None, answered.pk),
    ]
    assert get(client, "claims/claim")["stances"] == {"questions": 1}


def test_a_claim_tells_its_number(client: Client) -> None:
    make_claim(slug="many", kind="number", low="65.5", high=80, unit="people", is_approximate=True)
    record = get(client, "claims/many?fields=low,high,number_in_words")
    assert record == {"low": 65.5, "high": 80, "number_in_words": "about 65.5 to 80 people"}


def test_a_place_tells_where_it_lies(client: Client) -> None:
    land = make_location(slug="land")
    hidden = make_location(slug="hidden-province", parent=land, state="draft")
    make_location(slug="town", parent=hidden, name="Town")
    assert [place["slug"] for place in get(client, "locations/town")["within"]] == ["land"]


def test_an_actor_tells_its_names_and_offices(client: Client) -> None:
    state = make_actor(slug="state", name="State")
    person = make_actor(slug="person", kind="person", part_of=state)
    ActorName.objects.create(actor=person, language="ru", name="Лицо")
    tenure = Tenure.objects.create(person=person, office="Minister", body=state, began="2017")
    cite(tenure, locator="p. 5")
    record = without_uuids(get(client, "actors/person"))
    assert record["names"] == [{"language": "ru", "name": "Лицо"}]
    assert record["part_of"] == {"slug": "state", "name": "State"}
    told = record["tenures"][0]
    assert (told["office"], told["body"]["slug"], told["began"]) == ("Minister", "state", "2017")
    assert told["in_words"] == "first seen in office: 2017; no end recorded"
    assert [citation["locator"] for citation in told["citations"]] == ["p. 5"]


def test_addresses_lead_to_the_page_and_back(client: Client) -> None:
    statement = make_statement(make_actor(slug="somebody"))
    record = get(client, "actors/somebody")
    assert record["url"] == "http://testserver/actors/somebody/"
    assert get(client, record["api_url"].partition("/api/")[2]) == record
    record = get(client, f"statements/{statement.pk}")
    assert record["url"] == f"http://testserver/statements/{statement.pk}/"
    assert get(client, record["api_url"].partition("/api/")[2]) == record


@pytest.mark.parametrize(
    "path",
    [
        "events/none",
        "events/Ünbekannt",
        "statements/0",
        "statements/x",
        "statements/-1",
        "statements/99999999999999999999",
        "statements/²",
        "nothing",
        "nothing/at/all",
        "events/a/b",
    ],
)
def test_what_there_is_not_is_a_problem(client: Client, path: str) -> None:
    response = client.get(f"/api/{path}")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 404
    assert "ETag" not in response


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_is_written(client: Client, method: str) -> None:
    for path in ("/api/events", "/api/events/one", "/api/nothing", "/api/openapi.json", "/api/"):
        response = getattr(Client(enforce_csrf_checks=True), method)(path)
        assert response.status_code == 405
        assert response["Content-Type"] == "application/problem+json"
        assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_head_is_answered_without_a_body(client: Client) -> None:
    make_event(slug="one")
    for path in ("/api/events", "/api/events/one"):
        head, whole = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["ETag"] == whole["ETag"]
        assert head["Content-Length"] == str(len(whole.content))


def test_a_slash_too_many_leads_to_the_address_without(client: Client) -> None:
    make_event(slug="one")
    response = client.get("/api/events/?q=one&limit=5")
    assert (response.status_code, response["Location"]) == (308, "/api/events?q=one&limit=5")
    assert client.get("/api/events/one/")["Location"] == "/api/events/one"
    assert client.get("/api/nothing/at/all/").status_code == 404
    assert client.get("/api//elsewhere.example/").status_code == 404


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_nothing_leads_to_what_is_not_published(client: Client, state: str) -> None:
    with transaction.atomic():
        _hide_everything(state)
    for name, resource in RESOURCES.items():
        answer = client.get(f"/api/{name}")
        assert answer.status_code == 200
        assert "hidden" not in answer.content.decode().lower()
        for item in answer.json()["items"]:
            record = get(client, f"{name}/{item[resource.key]}")
            assert "hidden" not in json.dumps(record).lower()
        if resource.key == "slug":
            assert client.get(f"/api/{name}/hidden-{resource.singular}").status_code == 404
    hidden = Statement.objects.get(paraphrase="Hidden statement")
    assert client.get(f"/api/statements/{hidden.pk}").status_code == 404
    for query in ("actor=hidden-actor", "location=hidden-location", "source=hidden-source"):
        assert client.get(f"/api/events?{query}").status_code == 400


def _hide_everything(state: str) -> None:
    """What is public, with every relation there is to something that is not."""
    paper = make_source(slug="paper")
    actor = make_actor(slug="hidden-actor", kind="person", state=state)
    place = make_location(slug="hidden-location", state=state)
    event = make_event(actor, slug="hidden-event", state=state)
    claim = make_claim(event, slug="hidden-claim", state=state)
    source = make_source(slug="hidden-source", title="Hidden source", state=state)
    said = make_statement(paraphrase="Hidden statement", state=state)
    by_hidden = make_statement(actor, paraphrase="Said by the hidden actor")
    person = make_actor(slug="person", kind="person", part_of=actor)
    Tenure.objects.create(person=person, office="Minister", body=actor, began="2017")
    Tenure.objects.create(person=actor, office="Hidden office", body=person, began="2017")
    shown = make_event(actor, person, slug="shown", location=place)
    EventLink.objects.create(from_event=shown, to_event=event, relation="follows")
    EventLink.objects.create(from_event=shown, to_claim=claim, relation="about")
    make_claim(event, slug="of-no-event")
    statement = make_statement(person, location=place, occasion=event)
    statement.audience.add(actor)
    for target in ({"claim": claim}, {"event": event}, {"answered": said}, {"answered": by_hidden}):
        take_position(statement, "denies", **target)
    on_shown = make_claim(shown, slug="on-shown")
    take_position(said, "denies", claim=on_shown)
    make_location(slug="inside", parent=place)
    for record in (shown, person, statement, on_shown):
        cite(record, source, "Hidden locator")
        cite(record, paper, "p. 1", access="second-hand", via=source)
