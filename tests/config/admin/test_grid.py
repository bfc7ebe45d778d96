"""Correcting many records in a grid: preview first, then all or nothing."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actors.models import Actor
from config.admin.grid.view import ROWS
from events.models import Claim, Event, Location, Source, Statement
from tests.curating import ConflictPage, address
from tests.factories import (
    make_actor,
    make_claim,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
)

pytestmark = pytest.mark.django_db
SAVED = 302


class Sent(HTMLParser):
    """What the form of the grid would send, as a browser without scripts reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self._area = self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name: value or "" for name, value in attrs}
        name = names.get("name", "")
        if tag == "textarea":
            self._area = name
            self.data[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in names or self._select not in self.data:
                self.data[self._select] = names["value"]
        elif tag == "input" and names.get("type") in ("hidden", "text", "url", "number"):
            self.data[name] = names.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area] += data


class Typing:
    """A grid of records that is open, and what is typed into it."""

    def __init__(self, client: Client, *records: Model) -> None:
        self.client = client
        first = records[0]._meta
        keys = ",".join(str(record.pk) for record in records)
        name = f"admin:{first.app_label}_{first.model_name}_grid"
        self.page = f"{reverse(name)}?ids={keys}"
        response = client.get(self.page)
        assert response.status_code == 200
        self.data = Sent(response.content.decode()).data

    def type(self, record: Model, **values: Any) -> None:
        self.data |= {f"row-{record.pk}-{name}": value for name, value in values.items()}

    def look(self, **more: Any) -> ConflictPage:
        """What is previewed."""
        return ConflictPage(self.client.post(self.page, self.data | {"_preview": "1"} | more))

    def problems(self) -> list[tuple[str, str, str]]:
        response = self.client.post(self.page, self.data | {"_preview": "1"})
        self.data = Sent(response.content.decode()).data
        found = response.context["problems"]
        return [(one.place, one.message, one.anchor) for one in found]

    def confirm(self, page: ConflictPage | None = None, **choices: str) -> Any:
        page = page or self.look()
        answers = {f"choice-{name.replace('__', '-')}": side for name, side in choices.items()}
        return self.client.post(self.page, page.data | answers | {"_confirm": "1"})


@pytest.fixture
def cora() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("cora"))
    return client


def stored(model: type[Model], *names: str) -> list[Any]:
    rows = model._default_manager.order_by("pk")
    return list(
        rows.values_list(*names, flat=True) if len(names) == 1 else rows.values_list(*names)
    )


def test_rows_that_are_ticked_lead_to_a_grid_of_them(admin_client: Client) -> None:
    first, _other, last = (make_event(title=title) for title in ("A", "B", "C"))
    page = address(Event, "changelist")
    ticked = {"action": "correct_in_grid", "_selected_action": [first.pk, last.pk]}
    response = admin_client.post(f"{page}?state__exact=published", ticked, follow=True)
    assert [row.name for row in response.context["grid"].rows] == ["C", "A"]
    assert response.context["to_list"] == f"{page}?state__exact=published"


def test_all_that_is_found_goes_into_a_grid_up_to_a_number(admin_client: Client) -> None:
    make_event(state="draft")
    for number in range(ROWS):
        make_actor(slug=f"actor-{number}")
    page = address(Actor, "changelist")
    asked = {"action": "correct_in_grid", "select_across": "1", "_selected_action": ["1"]}
    response = admin_client.post(f"{page}?q=actor", asked, follow=True)
    assert len(response.context["grid"].rows) == ROWS
    make_actor(slug="actor-more")
    response = admin_client.post(page, asked, follow=True)
    (told,) = response.context["messages"]
    assert str(told) == "A grid takes at most 200 records. Narrow the list, or tick fewer."


def test_nothing_is_stored_before_it_was_seen(admin_client: Client) -> None:
    first, other, last = (make_event(title=title) for title in ("A fair", "A march", "A vote"))
    grid = Typing(admin_client, first, other, last)
    grid.type(first, title="A great fair", date="14 Nov 2021")
    grid.type(last, standing="disputed")
    seen = grid.look()
    assert stored(Event, "title") == ["A fair", "A march", "A vote"]
    assert "1 record stays as it is." in seen.words
    assert "A fair What happened from A fair → to A great fair" in seen.words
    assert "When from 4 April 2017 (2017-04-04) → to 14 November 2021 (2021-11-14)" in seen.words
    assert "How sure from Reported → to Disputed" in seen.words
    assert "A march" not in seen.words
    response = grid.confirm(seen)
    assert response.status_code == SAVED
    assert response["Location"] == address(Event, "changelist")
    assert stored(Event, "title", "date", "standing") == [
        ("A great fair", "2021-11-14", "reported"),
        ("A march", "2017-04-04", "reported"),
        ("A vote", "2017-04-04", "disputed"),
    ]
    entries = {entry.object_repr: entry.get_change_message() for entry in LogEntry.objects.all()}
    assert entries == {
        "A great fair": "Changed What happened and When.",
        "A vote": "Changed How sure.",
    }
    (told,) = admin_client.get(response["Location"]).context["messages"]
    assert str(told) == "2 records were changed."


def test_every_kind_of_record_has_a_grid(admin_client: Client) -> None:
    place, source, claim = make_location(), make_source(), make_claim(make_event())
    said, actor = make_statement(), make_actor()
    for record, values in [
        (place, {"latitude": "5", "longitude": "6", "precision": "town"}),
        (source, {"language": "fr", "url": "https://example.org/a"}),
        (claim, {"number": "~57", "unit": "people"}),
        (said, {"date": "2017-04", "quote": "It was so."}),
        (actor, {"kind": "person"}),
    ]:
        grid = Typing(admin_client, record)
        grid.type(record, **values)
        assert grid.confirm().status_code == SAVED, record
        record.refresh_from_db()
    assert (place.latitude, place.longitude, place.precision) == (5, 6, "town")
    assert (source.language, source.url) == ("fr", "https://example.org/a")
    assert (claim.kind, claim.low, claim.is_approximate) == ("number", 57, True)
    assert (said.date, said.quote, said.speaker) == ("2017-04", "It was so.", said.speaker)
    assert actor.kind_id == "person"


def test_places_are_chosen_by_name(admin_client: Client) -> None:
    event, town = make_event(), make_location(name="Inata")
    grid = Typing(admin_client, event)
    grid.type(event, location_text="inata")
    seen = grid.look()
    assert "Where from empty → to Inata" in seen.words
    assert grid.confirm(seen).status_code == SAVED
    assert stored(Event, "location") == [town.pk]


def test_what_names_nothing_can_be_made_a_draft(admin_client: Client) -> None:
    event = make_event(title="An event")
    grid = Typing(admin_client, event)
    grid.type(event, location_text="Nowhere yet")
    ((place, message, _anchor),) = grid.problems()
    assert place == "Row 1 (An event), Where"
    assert message.startswith("No location here has the name “Nowhere yet”")
    grid.type(event, location_pick="new events.location town")
    assert grid.confirm().status_code == SAVED
    made = Location.objects.get(name="Nowhere yet")
    assert (made.state, made.kind) == ("draft", "town")
    assert stored(Event, "location") == [made.pk]


def test_one_value_goes_into_all_rows(admin_client: Client) -> None:
    first, other = make_event(), make_event(title="A march", note="Old")
    town = make_location(name="Inata")
    grid = Typing(admin_client, first, other)
    grid.type(first, title="Typed", note="Mine")
    grid.data |= {"set-location": "1", "all-location_text": "Inata", "set-note": "1"}
    grid.data |= {"all-standing": "disputed"}  # not ticked
    assert grid.confirm().status_code == SAVED
    assert stored(Event, "title", "location", "note", "standing") == [
        ("Typed", town.pk, "", "reported"),
        ("A march", town.pk, "", "reported"),
    ]


def test_errors_are_named_by_row_and_column_and_what_was_typed_stays(admin_client: Client) -> None:
    first, other = make_event(title="A fair"), make_event(title="A march")
    grid = Typing(admin_client, first, other)
    grid.type(first, title="")
    grid.type(other, date="2017-13", note="Typed")
    empty, date = grid.problems()
    assert empty == (
        "Row 1 (A fair), What happened",
        "This field is required.",
        f"id_row-{first.pk}-title",
    )
    assert (date[0], date[2]) == ("Row 2 (A march), When", f"id_row-{other.pk}-date")
    assert date[1].startswith("“2017-13”")
    assert grid.data[f"row-{other.pk}-date"] == "2017-13"
    assert grid.data[f"row-{other.pk}-note"] == "Typed"
    assert stored(Event, "note") == ["", ""]


def test_what_the_database_refuses_is_named_by_row_before_it_is_stored(
    admin_client: Client,
) -> None:
    right, wrong = make_location(name="Inata"), make_location(name="Soum")
    grid = Typing(admin_client, right, wrong)
    grid.type(right, latitude="5", longitude="6", precision="town")
    grid.type(wrong, latitude="5", longitude="6")
    ((place, message, anchor),) = grid.problems()
    assert (place, anchor) == ("Row 2 (Soum)", f"row-{wrong.pk}")
    assert message == "Location: Coordinates need a precision, and a precision needs coordinates."
    assert stored(Location, "latitude") == [None, None]


def test_nothing_is_stored_where_one_row_is_refused(admin_client: Client) -> None:
    right, wrong = make_location(name="Inata"), make_location(name="Soum")
    grid = Typing(admin_client, right, wrong)
    grid.type(right, name="Inata town")
    grid.type(wrong, name="Soum province")
    seen = grid.look()
    seen.data[f"row-{wrong.pk}-latitude"] = "500"
    response = grid.confirm(seen)
    assert response.status_code == 200
    assert stored(Location, "name") == ["Inata", "Soum"]
    assert not LogEntry.objects.exists()


def test_nothing_changed_is_said(admin_client: Client) -> None:
    grid = Typing(admin_client, make_event(), make_event())
    response = grid.client.post(grid.page, grid.data | {"_preview": "1"})
    (told,) = response.context["messages"]
    assert str(told) == "Nothing differs from what is stored."
    assert not LogEntry.objects.exists()


# Two curators


def test_what_both_changed_is_asked(admin_client: Client, cora: Client) -> None:
    first, other = make_event(title="A fair"), make_event(title="A march")
    mine, hers = (Typing(client, first, other) for client in (admin_client, cora))
    hers.type(first, title="Hers")
    hers.type(other, note="Her note")
    assert hers.confirm().status_code == SAVED
    mine.type(first, title="Mine")
    mine.type(other, title="A long march")
    seen = mine.look()
    choice = f"row-{first.pk}-title"
    assert seen.choices == {choice: ["theirs", "mine"]}
    assert seen.chosen == {}
    assert "1 choice open." in seen.words
    assert "cora" in seen.words
    # Confirmed without a choice, it is asked again, and nothing is written.
    again = ConflictPage(mine.confirm(seen))
    assert again.choices == {choice: ["theirs", "mine"]}
    assert stored(Event, "title") == ["Hers", "A march"]
    assert mine.confirm(again, **{choice.replace("-", "__"): "mine"}).status_code == SAVED
    assert stored(Event, "title", "note") == [("Mine", ""), ("A long march", "Her note")]


def test_what_others_changed_after_the_preview_is_asked(admin_client: Client, cora: Client) -> None:
    event = make_event(title="A fair")
    mine = Typing(admin_client, event)
    mine.type(event, title="Mine")
    seen = mine.look()
    hers = Typing(cora, event)
    hers.type(event, title="Hers")
    assert hers.confirm().status_code == SAVED
    asked = ConflictPage(mine.confirm(seen))
    assert asked.choices == {f"row-{event.pk}-title": ["theirs", "mine"]}
    assert stored(Event, "title") == ["Hers"]


def test_what_others_alone_changed_is_kept_and_named(admin_client: Client, cora: Client) -> None:
    event = make_event(title="A fair")
    mine, hers = Typing(admin_client, event), Typing(cora, event)
    hers.type(event, note="Her note")
    assert hers.confirm().status_code == SAVED
    mine.type(event, title="Mine")
    seen = mine.look()
    assert "Changed by others since you opened the grid, and kept: Note for readers (cora)." in (
        seen.words
    )
    assert mine.confirm(seen).status_code == SAVED
    assert stored(Event, "title", "note") == [("Mine", "Her note")]


def test_a_record_that_was_deleted_meanwhile_is_left_out(admin_client: Client) -> None:
    gone, kept = make_event(state="draft"), make_event(title="A march")
    grid = Typing(admin_client, gone, kept)
    grid.type(gone, title="Gone")
    grid.type(kept, title="Kept")
    Event.objects.filter(pk=gone.pk).delete()
    assert grid.confirm().status_code == SAVED
    assert stored(Event, "title") == ["Kept"]
    assert "1 record that was chosen is gone" in grid.client.get(grid.page).content.decode()


# What is sent by hand


def test_only_fields_of_the_grid_and_rows_of_the_address_are_written(admin_client: Client) -> None:
    event, other = make_event(title="A fair", state="draft"), make_event(title="A march")
    grid = Typing(admin_client, event)
    grid.type(event, title="Typed", state="published", slug="forged", internal_note="forged")
    grid.type(other, title="Forged")
    grid.data |= {"set-state": "1", "all-state": "published"}
    assert grid.confirm().status_code == SAVED
    assert stored(Event, "title", "state", "internal_note") == [
        ("Typed", "draft", ""),
        ("A march", "published", ""),
    ]
    assert "forged" not in stored(Event, "slug")


@pytest.mark.parametrize("ids", ["", "x", "-1", "9" * 30, ",".join(map(str, range(1, 300)))])
def test_keys_that_are_none_lead_back_to_the_list(admin_client: Client, ids: str) -> None:
    response = admin_client.get(f"{reverse('admin:events_event_grid')}?ids={ids}")
    assert response.status_code == SAVED
    assert response["Location"] == address(Event, "changelist")


def test_a_forged_snapshot_is_no_licence_to_write_over(admin_client: Client, cora: Client) -> None:
    event, other = make_event(title="A fair"), make_event(title="A march")
    grid = Typing(admin_client, event)
    mine = dict(part.split("=", 1) for part in grid.data["snapshot"].split())
    grid.data["snapshot"] = f"{event.pk}={Typing(cora, other).data['snapshot'].split('=', 1)[1]}"
    assert list(mine) == [str(event.pk)]
    grid.type(event, title="Mine")
    assert grid.look().choices == {f"row-{event.pk}-title": ["theirs", "mine"]}


def test_who_may_change_nothing_has_no_grid(client: Client) -> None:
    user = User.objects.create_user("dan", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_event"))
    client.force_login(user)
    event = make_event()
    page = f"{reverse('admin:events_event_grid')}?ids={event.pk}"
    assert client.get(page).status_code == 403
    assert client.post(page, {f"row-{event.pk}-title": "Forged"}).status_code == 403
    shown = client.get(address(Event, "changelist")).content.decode()
    assert "Correct in a grid" not in shown


# Cost


@pytest.mark.parametrize("model", [Event, Actor, Location, Source, Statement, Claim])
def test_fifty_rows_are_opened_with_few_queries(admin_client: Client, model: type[Model]) -> None:
    town = make_location()
    made: dict[Any, Any] = {
        Event: lambda: make_event(location=town, kind=make_kind()),
        Actor: make_actor,
        Location: lambda: make_location(parent=town),
        Source: make_source,
        Statement: make_statement,
        Claim: lambda: make_claim(make_event()),
    }
    records = [made[model]() for _ in range(50)]
    Typing(admin_client, *records)
    with CaptureQueriesContext(connection) as queries:
        grid = Typing(admin_client, *records)
    assert len(queries) <= 25
    for record in records:
        grid.type(record, note="Looked through", licence="CC0")
    with CaptureQueriesContext(connection) as queries:
        seen = grid.look()
    assert len(queries) <= 25
    with CaptureQueriesContext(connection) as queries:
        assert grid.confirm(seen).status_code == SAVED
    assert len(queries) <= 25
    name = "licence" if model is Source else "note"
    assert set(
        model._default_manager.filter(pk__in=[one.pk for one in records]).values_list(
            name, flat=True
        )
    ) == {"CC0" if model is Source else "Looked through"}
