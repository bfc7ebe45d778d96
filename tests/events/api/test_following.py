"""Following the chronology by the API: what changed since, and what has to go."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from actors.models import Actor
from config.lists.cursors import encode
from events.index.facts import describe_what_was_written
from events.models import Claim, Event, Location, Source, Statement
from tests.databases import open_session
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_event,
    make_kind,
    make_location,
    make_source,
    make_statement,
)

LISTS = ["events", "actors", "locations", "sources", "statements", "claims"]
BAD = [
    *("2026", "2026-11-30", "yesterday", "99999-01-01T00:00:00Z", "0000-01-01T00:00:00Z"),
    *("٢٠٢٦-11-30T10:00:00Z", "1" * 5000, "2026-11-30T10:00:00"),
]


def ask(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


def slugs(client: Client, address: str) -> set[str]:
    return {item["slug"] for item in ask(client, address)["items"]}


@pytest.mark.django_db
class TestWhatChanged:
    def test_events_changed_since(self, client: Client) -> None:
        actor = make_actor(slug="actor")
        make_event(slug="early")
        make_event(actor, slug="of-actor")
        as_of = ask(client, "/api/events")["as_of"]
        assert slugs(client, f"/api/events?updated_since={as_of}") == set()
        make_event(slug="late")
        Actor.objects.filter(pk=actor.pk).update(name="Renamed")
        assert slugs(client, f"/api/events?updated_since={as_of}") == {"late", "of-actor"}
        assert slugs(client, f"/api/events?updated_since={as_of}&actor=actor") == {"of-actor"}
        assert "of-actor" in client.get(f"/events.csv?updated_since={as_of}").getvalue().decode()
        page = client.get(f"/events/?updated_since={as_of}").content.decode()
        assert "of-actor" in page
        assert "/events/early/" not in page
        assert "Changed since" in page

    def test_other_lists(self, client: Client) -> None:
        made: dict[str, Any] = {
            "actors": (make_actor(), Actor, {"note": "Other"}),
            "locations": (make_location(), Location, {"note": "Other"}),
            "sources": (make_source(), Source, {"note": "Other"}),
            "statements": (make_statement(), Statement, {"note": "Other"}),
            "claims": (make_claim(), Claim, {"note": "Other"}),
        }
        for name, (row, model, values) in made.items():
            as_of = ask(client, f"/api/{name}")["as_of"]
            address = f"/api/{name}?updated_since={as_of}"
            assert ask(client, address)["items"] == []
            model.objects.filter(pk=row.pk).update(**values)
            assert [item["uuid"] for item in ask(client, address)["items"]] == [str(row.uuid)]
            assert ask(client, address)["count"] == 1

    @pytest.mark.parametrize("name", [*LISTS, "events/deleted"])
    @pytest.mark.parametrize("text", BAD)
    def test_what_is_no_time_is_named(self, client: Client, name: str, text: str) -> None:
        response = client.get(f"/api/{name}?updated_since={quote(text)}")
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == ["updated_since"]

    @pytest.mark.parametrize("text", BAD)
    def test_what_is_no_time_has_no_rows_on_pages(self, client: Client, text: str) -> None:
        make_event(slug="seen")
        response = client.get(f"/events/?updated_since={quote(text)}")
        assert response.status_code == 200
        assert "/events/seen/" not in response.content.decode()
        assert client.get(f"/events.atom?updated_since={quote(text)}").status_code == 400

    @pytest.mark.parametrize("name", [*LISTS, "events/deleted"])
    def test_what_no_query_may_hold_is_refused(self, client: Client, name: str) -> None:
        for text in ("2026-11-30T10:00:00Z%00", "%ff", "%ed%a0%80"):
            assert client.get(f"/api/{name}?updated_since={text}").status_code == 400

    @pytest.mark.parametrize(
        "text", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-30T10:00:00+02:00"]
    )
    @pytest.mark.parametrize("name", [*LISTS, "events/deleted"])
    def test_times_at_the_ends_are_answered(self, client: Client, name: str, text: str) -> None:
        assert ask(client, f"/api/{name}?updated_since={text}")["items"] == []


@pytest.mark.django_db
class TestWhatHasToGo:
    def test_identities_and_times_and_no_words(self, client: Client) -> None:
        event, draft = make_event(slug="gone", title="Quillfeather"), make_event(state="draft")
        before = ask(client, "/api/events")["as_of"]
        Event.objects.filter(pk=event.pk).update(state="withdrawn")
        draft.delete()
        answer = client.get(f"/api/events/deleted?updated_since={before}")
        assert "Quillfeather" not in answer.content.decode()
        [item] = answer.json()["items"]
        assert item | {"deleted": ""} == {
            "uuid": str(event.uuid),
            "reason": "not-public",
            "deleted": "",
            "updated": None,
        }
        assert abs(datetime.fromisoformat(item["deleted"]) - datetime.now(UTC)) < timedelta(hours=1)
        after = answer.json()["as_of"]
        assert ask(client, f"/api/events/deleted?updated_since={after}")["items"] == []
        assert ask(client, "/api/events/deleted")["count"] == 1
        Event.objects.filter(pk=event.pk).update(state="published")
        assert ask(client, "/api/events/deleted")["items"] == []

    def test_what_left_a_filter_is_named_too(self, client: Client) -> None:
        fight, assault = make_kind("fight"), make_kind("assault")
        leaving = make_event(slug="leaving", kind=fight)
        make_event(slug="staying", kind=fight)
        make_event(slug="never", kind=assault)
        gone = make_event(slug="gone", kind=fight)
        first = ask(client, "/api/events?kind=fight")
        assert first["deleted"].endswith("/api/events/deleted?kind=fight")
        as_of = first["as_of"]
        Event.objects.filter(pk=leaving.pk).update(kind=assault)
        Event.objects.filter(pk=gone.pk).update(state="draft")
        found = ask(client, f"{first['deleted']}&updated_since={as_of}")
        assert [(item["uuid"], item["reason"]) for item in found["items"]] == [
            (str(leaving.uuid), "not-in-filter"),
            (str(gone.uuid), "not-public"),
        ]
        assert found["count"] == 2
        assert found["items"][0]["deleted"] is None
        assert found["items"][1]["updated"] is None

    def test_parts_follow_each_other_in_the_order_of_time(self, client: Client) -> None:
        fight, assault = make_kind("fight"), make_kind("assault")
        events = [make_event(kind=fight) for _ in range(9)]
        as_of = ask(client, "/api/events?kind=fight")["as_of"]
        for number, event in enumerate(events):
            values: Any = {"kind": assault} if number % 2 else {"state": "withdrawn"}
            Event.objects.filter(pk=event.pk).update(**values)
            describe_what_was_written()
        address = f"/api/events/deleted?kind=fight&limit=2&updated_since={as_of}"
        found = []
        while address:
            response = client.get(address)
            part = response.json()
            assert part["count"] == 9
            found += [item["uuid"] for item in part["items"]]
            address = part["next"]
            assert response.get("Link") == (f'<{address}>; rel="next"' if address else None)
        assert found == [str(event.uuid) for event in events]

    @pytest.mark.parametrize(
        ("query", "parameter"),
        [
            ("order=date", "order"),
            ("fields=uuid", "fields"),
            ("page=2", "page"),
            ("no=1", "no"),
            ("updated_since=", "updated_since"),
            ("actor=nobody", "actor"),
            ("limit=0", "limit"),
            ("after=x", "after"),
            (f"after={encode([1])}", "after"),
            (f"after={encode(['2026', 1])}", "after"),
            (f"after={encode([2**70, 1])}", "after"),
            (f"after={encode([-(10**17), 1])}", "after"),
            (f"after={encode([True, 1])}", "after"),
        ],
    )
    def test_what_is_not_understood_is_refused(
        self, client: Client, query: str, parameter: str
    ) -> None:
        response = client.get(f"/api/events/deleted?{query}")
        assert response.status_code == 400
        assert {error["parameter"] for error in response.json()["errors"]} == {parameter}

    def test_no_event_takes_the_address(self, client: Client) -> None:
        make_event(slug="deleted-event")
        assert "items" in ask(client, "/api/events/deleted")
        assert client.post("/api/events/deleted").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_began_before_a_harvest_and_ends_after_is_in_the_next(
    client: Client,
) -> None:
    event, gone = make_event(slug="slow", title="Before"), make_event(slug="gone")
    actor = make_actor()
    named = make_event(actor, slug="named")
    with open_session() as session:
        session.execute("UPDATE events_event SET title = 'After' WHERE id = %s", [event.pk])
        session.execute("UPDATE events_event SET state = 'draft' WHERE id = %s", [gone.pk])
        session.execute("UPDATE actors_actor SET name = 'After' WHERE id = %s", [actor.pk])
        make_event(slug="quick")
        first = ask(client, "/api/events")
        assert "quick" in {item["slug"] for item in first["items"]}
        session.commit()
    address = f"/api/events?updated_since={first['as_of']}"
    assert slugs(client, address) == {"slow", "named"}
    [item] = ask(client, f"/api/events/deleted?updated_since={first['as_of']}")["items"]
    assert item["uuid"] == str(gone.uuid)
    assert named.pk


@pytest.mark.django_db
def test_the_time_to_ask_for_is_the_same_while_drafts_are_written(client: Client) -> None:
    event = make_event()
    before = client.get("/api/events")
    draft = make_event(state="draft")
    cite(event, make_source(state="draft"))
    Event.objects.filter(pk=draft.pk).update(title="Other")
    after = client.get("/api/events")
    assert after.content == before.content
    assert after["ETag"] == before["ETag"]
