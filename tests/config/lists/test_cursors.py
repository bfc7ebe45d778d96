"""Pages behind a cursor: every row once, in order, whatever comes or goes meanwhile."""

from typing import Any

import pytest
from django.test import Client

import config.urls  # noqa: F401 - before PAGE_SIZE is patched, as some modules take it by name
from config.lists.cursors import CursorError, Keyset, decode, encode
from events.models import Event
from events.models.events import ORDERS
from tests.factories import make_actor, make_event

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("order", sorted(set(ORDERS) - {"relevance"}))
def test_walks_every_row_once_in_order(order: str) -> None:
    # Ties, an open date, and one before all others.
    for date in ["2017-04-04"] * 4 + ["../..", "2017/..", "../2017", "-0044", "2016"]:
        make_event(date=date)
    keyset = ORDERS[order]
    rows = Event.objects.order_by(*keyset.fields)
    expected = list(rows)
    walked = [expected[0]]
    while page := list(keyset.after(rows, keyset.cursor_of(walked[-1]))[:2]):
        walked += page
    assert walked == expected


def test_a_cursor_outlives_its_row() -> None:
    events = [make_event(date=f"2017-01-0{day}") for day in range(1, 6)]
    keyset = ORDERS["-date"]
    cursor = keyset.cursor_of(Event.objects.get(pk=events[3].pk))
    events[3].delete()
    make_event(date="2018")
    rows = keyset.after(Event.objects.order_by(*keyset.fields), cursor)
    assert list(rows) == [events[2], events[1], events[0]]


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "ä",
        "%",
        encode([]),
        encode([1]),
        encode([2, 1, 2, 3]),
        encode([2, "1", 2]),
        encode([2, True, 2]),
        encode([2, 1.5, 2]),
        encode([2, 2**63, 2]),
        encode([2, None, 2]),
        encode([2, {"a": 1}, 2]),
        encode({"a": 1, "b": 2}),  # type: ignore[arg-type]
        "W" * 5000,
    ],
)
def test_refuses_what_is_no_cursor(cursor: str) -> None:
    with pytest.raises(CursorError):
        ORDERS["date"].after(Event.objects.all(), cursor)


@pytest.mark.parametrize("value", ["yesterday", "2017", 5, "2017-13-01T00:00:00Z"])
def test_refuses_what_is_no_time(value: object) -> None:
    with pytest.raises(CursorError):
        ORDERS["updated"].after(Event.objects.all(), encode([value, 1]))


def test_a_cursor_of_an_order_that_was_another_is_refused(client: Client) -> None:
    event = make_event(date="../2016")
    before = encode([event.sort_day, event.pk])
    with pytest.raises(CursorError):
        ORDERS["date"].after(Event.objects.all(), before)
    assert client.get(f"/events.atom?order=date&after={before}").status_code == 400
    assert "in this order" in client.get(f"/events/?after={before}").content.decode()
    statements = client.get(f"/api/statements?after={before}")
    assert statements.status_code == 400


def test_text_in_a_cursor_is_any_script() -> None:
    keyset = Keyset(("sort_name", "pk"))
    actor = make_actor(name="Хан – “بوتين”")
    assert decode(keyset.cursor_of(actor)) == [actor.sort_name, actor.pk]


def slugs(client: Client, query: str) -> list[str]:
    return slugs_of(client.get(f"/events/{query}"))


def slugs_of(response: Any) -> list[str]:
    return [event.slug for group in response.context["groups"] for event in group.entries]


def test_numbered_pages_lead_on_to_cursors(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.lists.paging.PAGE_SIZE", 2)
    monkeypatch.setattr("config.lists.paging.NUMBERED", 2)
    for day in range(1, 8):
        make_event(slug=f"e{day}", date=f"2017-01-0{day}")
    walked, query = [], "?since=2016"
    addresses = []
    while query:
        addresses.append(query)
        response = client.get(f"/events/{query}")
        walked += slugs_of(response)
        query = response.context["page"].next_query or ""
    assert walked == ["e7", "e6", "e5", "e4", "e3", "e2", "e1"]
    assert addresses[:2] == ["?since=2016", "?since=2016&page=2"]
    assert all(address.startswith("?since=2016&after=") for address in addresses[2:])
    text = client.get(f"/events/{addresses[2]}").content.decode()
    assert "2 more of 7 events" in text
    assert 'href="/events/?since=2016">Back to the start</a>' in text


@pytest.mark.parametrize(
    ("query", "parameter", "words"),
    [
        ("?after=x", "after", "No page begins after “x” in this order."),
        ("?after=", "", ""),
        (f"?order=updated&after={encode([1, 1])}", "after", "in this order"),
        (f"?page=1&after={encode([1, 1])}", "after", "in place"),
    ],
)
def test_says_what_is_wrong_with_a_cursor(
    client: Client, query: str, parameter: str, words: str
) -> None:
    make_event(slug="e1")
    response = client.get(f"/events/{query}")
    assert response.status_code == 200
    if not parameter:
        assert slugs(client, query) == ["e1"]
        return
    assert slugs(client, query) == []
    [problem] = response.context["problems"]
    assert problem.parameter == parameter


def test_a_number_beyond_the_numbered_pages_says_how_to_go_on(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.lists.paging.PAGE_SIZE", 1)
    monkeypatch.setattr("config.lists.paging.NUMBERED", 2)
    for _ in range(4):
        make_event()
    [problem] = client.get("/events/?page=3").context["problems"]
    assert problem.message.startswith("Only the first 2 pages have numbers")
    assert slugs(client, "?page=3") == []
