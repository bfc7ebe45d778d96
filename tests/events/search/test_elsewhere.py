"""What a list offers where nothing answers to the words that are searched for."""

import pytest
from django.test import Client

from events.search.elsewhere import Elsewhere
from tests.factories import (
    make_actor,
    make_event,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db


def offered(client: Client, path: str, **asked: str) -> Elsewhere | None:
    found: Elsewhere | None = client.get(path, asked).context["elsewhere"]
    return found


def test_the_other_lists_in_which_the_words_occur_are_named_with_their_numbers(
    client: Client,
) -> None:
    said = make_statement(make_actor(name="Somebody"), paraphrase="Calls it a zugzwang.")
    make_statement(said.speaker, paraphrase="Another zugzwang.")
    make_source(title="On zugzwang")
    make_location(name="Zugzwang Hill", state="draft")
    found = offered(client, "/actors/", q="zugzwang")
    assert found is not None
    assert [(str(o.label), o.address, o.number) for o in found.lists] == [
        ("Statements", "/statements/?q=zugzwang", 2),
        ("Sources", "/sources/?q=zugzwang", 1),
    ]
    html = client.get("/actors/", {"q": "zugzwang"}).content.decode()
    assert '<a rel="nofollow" href="/statements/?q=zugzwang">Statements</a> (2)' in html


def test_the_same_list_is_named_where_other_filters_leave_nothing(client: Client) -> None:
    make_event(title="Zugzwang", date="2017")
    found = offered(client, "/events/", q="zugzwang", since="2020")
    assert found is not None
    assert [(o.address, o.number) for o in found.lists] == [("/events/?q=zugzwang", 1)]


def test_the_nearest_names_are_offered(client: Client) -> None:
    near = make_actor(name="Zebedee Marsh")
    make_location(name="Zebedia", state="draft")
    found = offered(client, "/events/", q='"Zebadeus"')
    assert found is not None
    assert [name.slug for name in found.names] == [near.slug]
    html = client.get("/events/", {"q": '"Zebadeus"'}).content.decode()
    assert f'<a href="/actors/{near.slug}/"><bdi>Zebedee Marsh</bdi></a>' in html


@pytest.mark.parametrize(
    ("path", "query"), [("/events/", {}), ("/events/", {"q": "gas"}), ("/actors/", {"kind": "x"})]
)
def test_a_list_with_hits_or_without_words_offers_nothing(
    client: Client, path: str, query: dict[str, str]
) -> None:
    make_event(title="Gas attack")
    assert offered(client, path, **query) is None
