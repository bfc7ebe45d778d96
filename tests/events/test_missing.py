"""Pages that are not there: 404 with a way on, and 410 for events that were public."""

import pytest
from django.test import Client

from events.models import Event
from tests.factories import make_actor, make_event

# Each change is a transaction of its own, as a curator's is.
pytestmark = pytest.mark.django_db(transaction=True)


def withdraw(slug: str) -> None:
    Event.objects.filter(slug=slug).update(state="withdrawn")


def status(client: Client, address: str) -> int:
    return client.get(address).status_code


@pytest.mark.parametrize("address", ["/nope/", "/events/nope/", "/actors/nope/?q=a"])
def test_page_that_is_not_there_leads_to_the_search(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"
    text = response.content.decode()
    assert "<h1>There is no such page</h1>" in text
    assert 'action="/events/"' in text
    assert '<input type="search" id="q" name="q"' in text
    assert "canonical" not in text


@pytest.mark.parametrize("address", ["/nope.json", "/events/nope.ics", "/events.xml"])
def test_machine_is_told_so_in_a_problem_document(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["title"] == "There is no such page"


def test_event_that_was_public_is_gone(client: Client) -> None:
    make_event(slug="strike", title="Secret title")
    assert status(client, "/events/strike/") == 200
    withdraw("strike")
    response = client.get("/events/strike/")
    assert response.status_code == 410
    text = response.content.decode()
    assert "<h1>This event is no longer published</h1>" in text
    assert 'action="/events/"' in text
    assert "Secret title" not in text
    for rest in (".json", ".ics", "/citation.bib", "/citation.json"):
        gone = client.get(f"/events/strike{rest}")
        assert gone.status_code == 410
        assert gone.json()["status"] == 410
    Event.objects.filter(slug="strike").update(state="published")
    assert status(client, "/events/strike/") == 200


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_never_was_public_is_not_found(client: Client, state: str) -> None:
    make_event(slug="secret", state=state)
    assert status(client, "/events/secret/") == 404
    Event.objects.filter(slug="secret").update(title="Edited")
    assert status(client, "/events/secret/") == 404


def test_slug_that_was_given_in_secret_is_not_found(client: Client) -> None:
    make_event(slug="strike")
    withdraw("strike")
    Event.objects.filter(slug="strike").update(slug="new-name")
    assert status(client, "/events/new-name/") == 404
    Event.objects.filter(slug="new-name").update(slug="strike")
    assert status(client, "/events/new-name/") == 404


def test_slug_that_was_given_at_the_withdrawal_is_not_found(client: Client) -> None:
    make_event(slug="strike")
    Event.objects.filter(slug="strike").update(slug="never-told", state="withdrawn")
    assert status(client, "/events/never-told/") == 404


def test_renamed_before_it_was_published_is_gone(client: Client) -> None:
    make_event(slug="working-title", state="draft")
    Event.objects.filter(slug="working-title").update(slug="strike")
    Event.objects.filter(slug="strike").update(state="published")
    withdraw("strike")
    assert status(client, "/events/strike/") == 410
    assert status(client, "/events/working-title/") == 404


def test_curators_see_it_still_and_other_records_are_not_found(
    admin_client: Client, client: Client
) -> None:
    make_event(slug="strike")
    withdraw("strike")
    assert status(admin_client, "/events/strike/?preview=1") == 200
    assert status(client, "/events/strike/?preview=1") == 410
    actor = make_actor(slug="gone")
    actor.state = "withdrawn"
    actor.save()
    assert status(client, "/actors/gone/") == 404
