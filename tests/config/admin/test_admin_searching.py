"""What curators find by words, and what they are told when they save a name twice."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from events.models import Location
from tests.curating import address, opened
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


def found(client: Client, model: str, words: str) -> set[str]:
    page = client.get(f"/admin/{model}/", {"q": words})
    return {str(row) for row in page.context["cl"].result_list}


def told(client: Client, path: str, **asked: str) -> list[str]:
    return [str(message) for message in get_messages(client.get(path, asked).wsgi_request)]


def test_drafts_are_found_too(admin_client: Client) -> None:
    make_actor(name="Zebedee", state="draft")
    assert found(admin_client, "actors/actor", "zeb") == {"Zebedee"}
    assert found(admin_client, "actors/actor", "zeb -marsh") == {"Zebedee"}
    assert found(admin_client, "actors/actor", "zeb marsh") == set()
    assert found(admin_client, "actors/actor", "") == {"Zebedee"}


@pytest.mark.parametrize("words", ["visit to moscow", "moscow", "moscow-visit", "MOSC visit"])
def test_events_are_found_by_title_and_slug(admin_client: Client, words: str) -> None:
    make_event(slug="moscow-visit-2017", title="Visit to Moscow")
    make_event(slug="other", title="Meeting")
    assert len(found(admin_client, "events/event", words)) == 1


def test_rows_are_found_by_the_records_that_they_join(admin_client: Client) -> None:
    actor = make_actor(name="Bashar al-Assad")
    event = make_event(actor, make_actor(name="Somebody"), title="Meeting in Sana'a")
    claim = make_claim(event, text="They met.")
    said = make_statement(actor, paraphrase="Denies it.")
    take_position(said, "denies", claim=claim)
    source = make_source(title="A report on Ghouta")
    cite(actor, source, "¶9")
    assert len(found(admin_client, "events/participation", "assad sanaa")) == 1
    assert len(found(admin_client, "events/participation", "sanaa")) == 2
    assert len(found(admin_client, "events/claim", "sanaa met")) == 1
    assert len(found(admin_client, "events/statement", "Assad denies")) == 1
    assert len(found(admin_client, "events/position", "Assad denies")) == 1
    assert len(found(admin_client, "events/citation", "ghouta ¶9")) == 1
    assert found(admin_client, "events/source", "GHOUTA") == {"A report on Ghouta"}


def test_a_correction_is_told(admin_client: Client) -> None:
    make_actor(name="Zebedee")
    assert told(admin_client, "/admin/actors/actor/", q="Zebbedee") == [
        "No results for “Zebbedee”. Showing results for “Zebedee”."
    ]
    assert told(admin_client, "/admin/actors/actor/", q="Zebedee") == []


@pytest.mark.parametrize("name", ["KHAN-SHEIKHOUN", "Khān Sheikhoun", "хан шейхун"])
def test_a_name_that_another_place_has_is_told(admin_client: Client, name: str) -> None:
    first = make_location(slug="first", name="Khan Sheikhoun")
    first.names.create(language="ru", name="Хан-Шейхун")
    make_location(slug="other", name="Khan Sheikhoun al-Gharbi")
    page = address(Location, "add")
    data = opened(admin_client, page) | {"name": name, "slug": "second", "kind": "town"}
    saved = admin_client.post(page, data, follow=True)
    place = Location.objects.get(slug="second")
    [warning, _saved] = sorted(map(str, saved.context["messages"]), key=len)[::-1][:2]
    assert f"“{place}” has a name that another record has, too" in warning
    assert f'<a href="/admin/events/location/{first.pk}/change/">' in warning
    assert warning.count("<a ") == 1


def test_a_name_of_its_own_is_no_double(admin_client: Client) -> None:
    page = address(Location, "add")
    data = opened(admin_client, page) | {"name": "Idlib", "slug": "idlib", "kind": "town"}
    saved = admin_client.post(page, data, follow=True)
    assert not any("another record" in str(message) for message in saved.context["messages"])
