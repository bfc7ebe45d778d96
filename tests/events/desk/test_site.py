"""The pages of the desk: the beginning of an empty chronology, what is to be done, the search."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from actors.models import Actor
from events.models import Chronology, Event, Licence, LoadingMark, Source
from tests.curating import opened
from tests.factories import (
    cite,
    make_actor,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

pytestmark = pytest.mark.django_db

NAME = {"title": "Burkina Faso, January 2022", "description": "The coup, and who says what."}


def curator(*permissions: str) -> Client:
    user = User.objects.create_user("cora", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_chronology_begins_with_its_name(admin_client: Client) -> None:
    page = text_of(admin_client, "/admin/")
    assert "<h1>Begin your chronology</h1>" in page
    assert page.count("<h1") == 1
    assert '<li aria-current="step">Name</li>' in page
    assert "Load the example" in page
    answer = admin_client.post("/admin/begin/", NAME | {"licence": "CC-BY-4.0"})
    assert answer["Location"] == "/admin/events/source/add/?begin=1"
    site = Chronology.objects.get()
    assert (site.title, site.licence) == (NAME["title"], Licence.CC_BY)
    assert LogEntry.objects.get().get_admin_url() == "/admin/events/chronology/1/change/"
    assert "<h1>Desk</h1>" in text_of(admin_client, "/admin/")


def test_what_is_missing_is_said_and_what_was_typed_stays(admin_client: Client) -> None:
    words = {"title": "", "description": "Kept", "contact_address": "nowhere"}
    page = admin_client.post("/admin/begin/", words).content.decode()
    assert '<a href="#id_title">Name</a>: This field is required.' in page
    assert '<a href="#id_contact_address">Address for corrections</a>: Give an e-mail' in page
    assert 'value="Kept"' in page
    assert Chronology.objects.get().title == ""
    assert not LogEntry.objects.exists()


def test_the_first_source_leads_to_the_first_event(admin_client: Client) -> None:
    path = "/admin/events/source/add/?begin=1"
    page = text_of(admin_client, path)
    assert '<li aria-current="step">First source</li>' in page
    assert 'href="/admin/events/event/add/?begin=1">Skip this step' in page
    source = opened(admin_client, path) | {
        "title": "A report",
        "slug": "a-report",
        "kind": "report",
    }
    answer = admin_client.post(path, source)
    assert answer["Location"] == "/admin/events/event/add/?begin=1"
    assert Source.objects.get(slug="a-report").title == "A report"
    page = text_of(admin_client, answer["Location"])
    assert '<li aria-current="step">First event</li>' in page
    assert 'href="/admin/">Skip this step' in page
    plain = admin_client.post("/admin/events/source/add/", source | {"slug": "other"})
    assert plain["Location"] == "/admin/events/source/"


@pytest.mark.parametrize("make", [make_actor, make_event, make_source])
def test_a_chronology_with_a_record_has_begun(make: Any, admin_client: Client) -> None:
    make()
    assert "<h1>Desk</h1>" in text_of(admin_client, "/admin/")
    assert admin_client.post("/admin/begin/", NAME)["Location"] == "/admin/"
    assert Chronology.objects.get().title == ""


def test_sources_that_came_with_the_program_are_no_beginning(admin_client: Client) -> None:
    make_source(slug="iso-codes")
    assert "Begin your chronology" in text_of(admin_client, "/admin/")


def test_who_may_not_name_the_chronology_sees_the_desk(client: Client) -> None:
    helper = curator("view_event")
    page = text_of(helper, "/admin/")
    assert "<h1>Desk</h1>" in page
    assert "Add event" not in page
    assert helper.post("/admin/begin/", NAME).status_code == 403
    assert helper.post("/admin/begin/example/").status_code == 403
    assert client.post("/admin/begin/", NAME)["Location"].startswith("/admin/login/")


def test_the_example_is_loaded_by_a_form_and_once(admin_client: Client) -> None:
    LoadingMark.objects.create(reason="empty")
    assert admin_client.get("/admin/begin/example/").status_code == 405
    page = admin_client.post("/admin/begin/example/", follow=True).content.decode()
    assert "The example is loaded." in page
    assert Event.objects.count() == 10
    assert Chronology.objects.get().title.startswith("US–Russian relations")
    Event.objects.filter(slug="khan-sheikhoun-chemical-attack").update(title="Ours")
    again = admin_client.post("/admin/begin/example/", follow=True).content.decode()
    assert "nothing was loaded" in again
    assert Event.objects.filter(title="Ours").count() == 1


def test_the_desk_says_what_is_to_be_done_with_links(admin_client: Client) -> None:
    event = make_event(make_actor(), title="Shots at a barracks", location=make_location())
    for record in Actor.objects.all():
        cite(record)
    page = text_of(admin_client, "/admin/")
    assert '<a href="/admin/events/participation/?needs=uncited-public">1 participation</a>' in page
    assert '<a href="/admin/events/location/?needs=uncited-public">1 location</a>' in page
    assert "0 " not in page.partition('class="desk-groups"')[2].partition("desk-aside")[0]
    assert '<a href="/admin/events/event/?needs=one-source">Events in one source only</a>' in page
    assert "<bdi>Shots at a barracks</bdi>" in page
    assert "Events without a place · Events without a date" in page
    cite(event.participations.get())
    cite(event.location)
    page = text_of(admin_client, "/admin/")
    assert "Every published fact leads to its place in a source." in page
    assert "Uncited, and published" in page
    assert "Nothing waits under: My drafts · Uncited, in drafts" in page


def test_a_curator_is_asked_of_no_records_but_those_in_sight() -> None:
    make_event(make_actor(), location=make_location())
    page = text_of(curator("view_event", "review_event", "add_source"), "/admin/")
    assert "Events in one source only" in page
    assert "participation" not in page
    assert 'href="/admin/events/source/add/">Add source' in page
    assert "Add event" not in page


def test_recent_changes_lead_to_what_was_changed(admin_client: Client) -> None:
    make_actor()
    path = "/admin/events/source/add/"
    words = {"title": "A report", "slug": "a-report", "kind": "report"}
    admin_client.post(path, opened(admin_client, path) | words)
    source = Source.objects.get(slug="a-report")
    address = f"/admin/events/source/{source.pk}/change/"
    page = text_of(admin_client, "/admin/")
    assert f'<a href="{address}"><bdi>A report</bdi></a>' in page
    assert "<span>Added.</span>" in page
    admin_client.post(f"/admin/events/source/{source.pk}/delete/", {"post": "yes"})
    page = text_of(admin_client, "/admin/")
    assert address not in page
    assert "<bdi>A report</bdi>" in page


def test_the_search_finds_records_of_every_kind(admin_client: Client) -> None:
    event = make_event(title="The Inata attack")
    actor = make_actor(name="Inata garrison")
    place = make_location(name="Inata")
    make_source(title="Report on Djibo")
    page = text_of(admin_client, "/admin/find/?q=inata")
    for record, name in ((event, "event"), (actor, "actor"), (place, "location")):
        app = record._meta.app_label
        assert f'<a href="/admin/{app}/{name}/{record.pk}/change/">' in page
    assert "Report on Djibo" not in page
    assert "No record has these words." in text_of(admin_client, "/admin/find/?q=nothing")
    assert "No record has these words." not in text_of(admin_client, "/admin/find/")
    alone = text_of(curator("view_actor"), "/admin/find/?q=inata")
    assert "Inata garrison" in alone
    assert "The Inata attack" not in alone


def test_more_than_ten_are_found_in_their_list(admin_client: Client) -> None:
    for number in range(11):
        make_event(title=f"Clash {number}")
    page = text_of(admin_client, "/admin/find/?q=clash")
    assert page.count("/change/") == 10
    assert 'href="/admin/events/event/?q=clash">All that are found' in page


def test_the_desk_asks_as_often_for_many_rows_as_for_few(admin_client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(admin_client, "/admin/")
        return len(captured)

    def fill(number: int) -> None:
        for _time in range(number):
            event = make_event(make_actor(name="Twice"), date="", location=None)
            make_event(make_actor(state="draft"), location=make_location(state="draft"))
            make_statement()
            take_position(make_statement(), "denies", event=event)

    fill(3)
    asked()
    few = asked()
    fill(20)
    assert asked() == few
    assert few <= 25
