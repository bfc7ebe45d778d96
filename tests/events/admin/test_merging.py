"""Merging on the pages of the admin."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor, ActorName
from events.desk.questions import needs_of
from events.models import (
    Citation,
    Claim,
    DistinctPair,
    Event,
    HistoryEntry,
    Location,
    MergedRecord,
    Participation,
    Source,
)
from tests.curating import address
from tests.events.history.checksums import changed_since, checksums
from tests.factories import cite, make_actor, make_event, make_location, make_source

pytestmark = pytest.mark.django_db


class Page(HTMLParser):
    """The fields of the form that is sent by POST, as a browser without scripts reads it."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        assert response.status_code == 200, response.status_code
        self.data: dict[str, Any] = {}
        self.open: set[str] = set()
        self.words = ""
        self._is_in_form = False
        self.feed(response.content.decode())
        self.open -= self.data.keys()
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._is_in_form = names.get("method") == "post" and names.get("id") != "logout-form"
        if tag != "input" or not self._is_in_form:
            return
        kind, name, value = (names.get(key, "") for key in ("type", "name", "value"))
        if kind == "radio":
            self.open.add(name)
        if kind in ("hidden", "text") or (kind == "radio" and "checked" in names):
            self.data[name] = value
        elif kind == "checkbox" and "checked" in names:
            self.data.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.words += f" {data}"


def merge_page(kept: Model, gone: Model | None = None) -> str:
    options = kept._meta
    page = reverse(f"admin:{options.app_label}_{options.model_name}_merge", args=[kept.pk])
    return f"{page}?with={gone.pk}" if gone else page


def press(client: Client, page: str, button: str = "_merge", **values: Any) -> HttpResponse:
    """Opens the page and presses a button of it."""
    return client.post(page, Page(client.get(page)).data | {button: "1"} | values)


@pytest.fixture
def curator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("curator"))
    return client


def test_the_page_says_what_moves_and_merges_by_one_press(curator: Client) -> None:
    kept, gone = make_actor(slug="kept", name="Kept"), make_actor(slug="gone", name="Gone")
    make_event(gone, title="The attack")
    page = Page(curator.get(merge_page(kept, gone)))
    assert "Roles in events: 1" in page.words
    assert "The attack: participant" in page.words
    assert page.open == set()
    response = press(curator, merge_page(kept, gone), language="fr", change_reason="The same one")
    assert response["Location"] == address(kept, "change")
    assert list(Actor.objects.all()) == [kept]
    assert ActorName.objects.get(actor=kept).language == "fr"
    entry = HistoryEntry.objects.get(pk=MergedRecord.objects.get().entry)
    assert (entry.account_name, entry.reason) == ("curator", "The same one")
    assert entry.origin == merge_page(kept)
    messages = curator.get(response["Location"]).content.decode()
    assert "Take the merge back" in messages
    assert {log.object_id for log in LogEntry.objects.all()} == {str(kept.pk), str(gone.pk)}


def test_both_addresses_answer_and_a_filter_takes_both(curator: Client) -> None:
    kept, gone = make_actor(slug="kept"), make_actor(slug="gone")
    make_event(gone, slug="ours")
    press(curator, merge_page(kept, gone), language="en")
    curator.logout()
    assert curator.get("/actors/gone/")["Location"] == "/actors/kept/"
    assert curator.get("/actors/kept/").status_code == 200
    assert b"/events/ours/" in curator.get("/events/?actor=gone").content


def test_a_merge_is_taken_back_on_its_page(curator: Client) -> None:
    kept, gone = make_actor(slug="kept"), make_actor(slug="gone")
    make_event(kept, gone)
    before = checksums()
    press(curator, merge_page(kept, gone), language="en")
    uuid = MergedRecord.objects.get().gone
    assert str(uuid) in curator.get(merge_page(kept)).content.decode()
    undo = reverse("admin:actors_actor_merge_undo", args=[kept.pk, uuid])
    assert "1 comes back." in Page(curator.get(undo)).words
    assert press(curator, undo)["Location"] == address(gone, "change")
    assert changed_since(before) == set()
    curator.logout()
    assert curator.get("/actors/gone/").status_code == 200


def test_what_was_changed_since_stays_and_is_named(curator: Client) -> None:
    kept, gone = make_actor(name="Kept"), make_actor(name="Gone")
    event = make_event(gone)
    press(curator, merge_page(kept, gone), language="en")
    name = ActorName.objects.get()
    cite(name)
    later = Participation.objects.create(event=event, actor=kept, role_id="target")
    undo = reverse("admin:actors_actor_merge_undo", args=[kept.pk, MergedRecord.objects.get().gone])
    assert (
        "Actor name: Gone: is used by something that was added since"
        in Page(curator.get(undo)).words
    )
    press(curator, undo)
    assert Participation.objects.get(role="participant").actor == gone
    later.refresh_from_db()
    assert later.actor == kept
    assert list(ActorName.objects.all()) == [name]


def test_a_change_since_the_page_was_drawn_draws_it_again(curator: Client) -> None:
    kept, gone = make_actor(name="Kept", note="A"), make_actor(name="Gone", note="B")
    page = merge_page(kept, gone)
    data = Page(curator.get(page)).data | {"_merge": "1", "language": "en", "side-note": "gone"}
    make_event(gone, title="A new one")
    response = curator.post(page, data)
    again = Page(response)
    assert "Others have changed something since this page was drawn." in again.words
    assert "A new one: participant" in again.words
    assert again.data["side-note"] == "gone"
    assert Actor.objects.count() == 2
    curator.post(page, again.data | {"_merge": "1"})
    assert Actor.objects.get().note == "B"


def test_rows_of_both_that_differ_are_to_be_chosen(curator: Client) -> None:
    kept, gone = make_actor(name="The same"), make_actor(name="The same")
    event = make_event(kept, gone)
    event.participations.filter(actor=gone).update(is_alleged=True)
    row = event.participations.get(actor=gone)
    page = merge_page(kept, gone)
    choice = f"side-participation-{row.pk}-is_alleged"
    assert Page(curator.get(page)).open == {choice}
    refused = Page(press(curator, page))
    assert "Nothing was merged: choose first where the two differ." in refused.words
    press(curator, page, **{choice: "gone"})
    assert event.participations.get().is_alleged


def test_a_value_that_is_not_chosen_becomes_a_claim_with_its_citation(curator: Client) -> None:
    kept = make_event(slug="kept", title="The attack", date="2017-04-04")
    gone = make_event(slug="gone", title="The attack", date="2017-04-05")
    cite(gone, locator="p. 5", aspect="date")
    press(curator, merge_page(kept, gone), in_note=[], as_claim=["date"])
    claim = Claim.objects.get()
    assert (claim.event, claim.state) == (kept, "draft")
    assert "5 April 2017" in claim.text
    assert claim.citations.get().locator == "p. 5"
    kept.refresh_from_db()
    assert (kept.date, kept.internal_note) == ("2017-04-04", "")


def test_one_place_that_is_cited_for_both_values_is_cited_for_both_afterwards(
    curator: Client,
) -> None:
    kept = make_event(title="The attack", date="2017-04-04")
    gone = make_event(title="The attack", date="2017-04-05")
    for event in (kept, gone):
        cite(event, locator="p. 5", aspect="date")
    before = checksums()
    press(curator, merge_page(kept, gone), in_note=[], as_claim=["date"])
    assert Claim.objects.get().citations.get().locator == "p. 5"
    assert kept.citations.get(aspect="date").locator == "p. 5"
    undo = reverse("admin:events_event_merge_undo", args=[kept.pk, MergedRecord.objects.get().gone])
    press(curator, undo)
    assert changed_since(before) == set()


def test_a_value_that_is_not_chosen_stands_in_the_note_of_curators(curator: Client) -> None:
    kept = make_event(title="The attack", date="2017-04-04")
    gone = make_event(title="The attack", date="2017-04-05", internal_note="Look again.")
    cite(kept, locator="p. 4", aspect="date")
    press(curator, merge_page(kept, gone), **{"side-date": "gone"})
    kept.refresh_from_db()
    assert kept.date == "2017-04-05"
    assert "Look again." in kept.internal_note
    assert "4 April 2017" in kept.internal_note
    # It does not support the date that was chosen.
    moved = Citation.objects.get(locator="p. 4")
    assert (moved.aspect, moved.event) == ("", kept)
    assert "4 April 2017" in moved.note


def test_two_that_are_two_are_noted_and_offered_no_more(curator: Client) -> None:
    one, other = make_actor(name="Namesake"), make_actor(name="Namesake")
    find = needs_of(Actor)["double"].find
    assert set(find(Actor.objects.all())) == {one, other}
    press(curator, merge_page(other, one), "_two")
    assert list(DistinctPair.objects.values_list("kind", "low", "high")) == [
        ("actor", one.pk, other.pk)
    ]
    assert list(find(Actor.objects.all())) == []
    assert Actor.objects.namesakes_of(one) == []
    assert merge_page(one, other) in curator.get(merge_page(one)).content.decode()
    third = make_actor(name="Namesake")
    assert set(find(Actor.objects.all())) == {one, other, third}
    press(curator, merge_page(one, other), "_not_two")
    assert not DistinctPair.objects.exists()


def test_a_list_merges_exactly_two(curator: Client) -> None:
    one, other, third = make_location(), make_location(), make_location()
    page = address(Location, "changelist")
    form = {"action": "merge_selected", "_selected_action": [one.pk, other.pk]}
    assert curator.post(page, form)["Location"] == merge_page(one, other)
    form["_selected_action"] = [one.pk, other.pk, third.pk]
    told = curator.post(page, form, follow=True).content.decode()
    assert "Select exactly two to merge them." in told


def test_only_who_may_change_and_delete_merges(client: Client) -> None:
    user = User.objects.create_user("helper", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["change_actor", "view_actor"])
    )
    client.force_login(user)
    kept, gone = make_actor(), make_actor()
    assert client.get(merge_page(kept, gone)).status_code == 403
    assert client.post(merge_page(kept, gone), {"_merge": "1"}).status_code == 403
    assert "/merge/" not in client.get(address(kept, "change")).content.decode()
    assert Actor.objects.count() == 2


def test_readers_are_told_of_where_only_one_is_published(curator: Client) -> None:
    draft, public = make_actor(name="A draft", state="draft"), make_actor(name="Public")
    assert (
        "Readers will find neither until “A draft” is published."
        in Page(curator.get(merge_page(draft, public))).words
    )
    assert "Readers will see what moves" in Page(curator.get(merge_page(public, draft))).words


@pytest.mark.parametrize("model", [Actor, Event, Location, Source])
def test_the_preview_asks_a_bounded_number_of_queries(curator: Client, model: Any) -> None:
    make: Any = {
        Actor: make_actor,
        Event: make_event,
        Location: make_location,
        Source: make_source,
    }[model]
    kept, gone = make(), make()
    if model is Actor:
        for _number in range(30):
            event = make_event(kept, gone)
            for row in event.participations.all():
                cite(row)
    curator.get(merge_page(kept, gone))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        curator.get(merge_page(kept, gone))
    assert len(queries) <= 25
