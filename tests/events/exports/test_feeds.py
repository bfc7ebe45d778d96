"""Atom and JSON Feed as feed readers use them: a hundred entries, and the way to all others."""

import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lists.cursors import encode
from events.models import Citation, Event
from tests.events.exports.readers import NEXT, SLUGS, fetch, links, parsed_feed, slugs_in
from tests.events.exports.schemata import validated
from tests.factories import make_event, make_kind, make_source

pytestmark = pytest.mark.django_db
FEEDS = list(NEXT)


def make_many(number: int = 250, *, titled: str = "Talks") -> None:
    """Events loaded at once, as imports load them: all changed at the same moment."""
    kind, source = make_kind(), make_source()
    with transaction.atomic():
        events = Event.objects.bulk_create(
            Event(
                slug=f"{titled.lower()}-{each:03}",
                title=f"{titled} {each}",
                date=f"20{each % 100:02}",
                kind=kind,
                standing="reported",
                state="published",
            )
            for each in range(number)
        )
        Citation.objects.bulk_create(Citation(source=source, event=event) for event in events)


def by_change() -> list[str]:
    """Those that changed at one moment."""
    return list(Event.objects.published().order_by("-pk").values_list("slug", flat=True))


def walk(client: Client) -> list[Any]:
    """Every page of the Atom feed, by its links alone, as `feedparser` reads them."""
    pages, address = [], "http://testserver/events.atom"
    while address:
        pages.append(parsed_feed(client.get(address).content.decode()))
        address = next(iter(links(pages[-1].feed, "next")), "")
    return pages


def test_feed_followed_to_its_end_has_each_event_once(client: Client) -> None:
    make_many()
    assert Event.objects.values("updated_at").distinct().count() == 1
    pages = walk(client)
    assert [len(page.entries) for page in pages] == [100, 100, 50]
    slugs = [entry.link.rstrip("/").rpartition("/")[2] for page in pages for entry in page.entries]
    assert slugs == by_change()
    assert len(set(slugs)) == 250
    assert len({entry.id for page in pages for entry in page.entries}) == 250


def test_pages_of_a_feed_are_one_feed(client: Client) -> None:
    make_many()
    first, second, third = walk(client)
    assert len({page.feed.id for page in (first, second, third)}) == 1
    assert {page.feed.opensearch_totalresults for page in (first, second, third)} == {"250"}
    addresses = [links(page.feed, "self")[0] for page in (first, second, third)]
    assert addresses[0] == "http://testserver/events.atom"
    for page in (first, second, third):
        assert links(page.feed, "first") == addresses[:1]
    assert [links(page.feed, "next") for page in (first, second, third)] == [
        addresses[1:2],
        addresses[2:],
        [],
    ]
    assert [links(page.feed, "previous") for page in (first, second, third)] == [
        [],
        addresses[:1],
        addresses[1:2],
    ]


def test_json_feed_leads_on(client: Client) -> None:
    make_many(150)
    document = validated("feed.json", fetch(client, "feed.json"))
    assert len(document["items"]) == 100
    assert document["next_url"].startswith("http://testserver/events.feed.json?after=")
    assert document["_chancery"]["count"] == 150
    last = validated("feed.json", client.get(document["next_url"]).content.decode())
    assert len(last["items"]) == 50
    assert "next_url" not in last
    assert last["feed_url"] == document["next_url"]


def test_exactly_a_hundred_are_one_page(client: Client) -> None:
    make_many(100)
    (page,) = walk(client)
    assert len(page.entries) == 100
    assert "next_url" not in json.loads(fetch(client, "feed.json"))


@pytest.mark.parametrize("extension", FEEDS)
@pytest.mark.parametrize(
    "query",
    [
        *("?order=date", "?order=-date", "?order=updated", "?order=-updated"),
        *("?q=strike&order=relevance", "?q=strike", "?since=2050&order=date"),
    ],
)
def test_feed_in_any_order_is_the_whole_timeline(
    client: Client, extension: str, query: str
) -> None:
    make_many(115, titled="Strike")
    make_many(5)
    expected = slugs_in(client, "json", query if "order" in query else f"{query}&order=-updated")
    assert len(expected) > 49
    assert slugs_in(client, extension, query) == expected


@pytest.mark.parametrize("extension", FEEDS)
def test_new_entry_about_the_past_comes_first(client: Client, extension: str) -> None:
    make_event(slug="of-2017", date="2017")
    make_event(slug="of-2011", date="2011")
    assert SLUGS[extension](fetch(client, extension)) == ["of-2011", "of-2017"]
    assert SLUGS[extension](fetch(client, extension, "?order=-date")) == ["of-2017", "of-2011"]


FOREIGN = ["x", "W10", encode([1, 2]), encode(["2017", "x"]), encode([0.5, 1, 2]), "é"]


@pytest.mark.parametrize("extension", FEEDS)
@pytest.mark.parametrize("after", FOREIGN)
def test_place_that_is_none_of_the_feed_is_refused(
    client: Client, extension: str, after: str
) -> None:
    make_event(slug="seen")
    response = client.get(f"/events.{extension}?after={after}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in response.json()["errors"]] == ["after"]
    assert client.head(f"/events.{extension}?after={after}").status_code == 400


@pytest.mark.parametrize("extension", FEEDS)
def test_page_costs_the_same_at_the_start_and_far_down(client: Client, extension: str) -> None:
    make_many(301)

    def queries_of(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    second = NEXT[extension](fetch(client, extension)) or ""
    third = NEXT[extension](client.get(second).content.decode()) or ""
    assert queries_of(second) == queries_of(third)
    # The first page of Atom says what went, too.
    assert queries_of(f"/events.{extension}") - queries_of(second) == (extension == "atom")


@pytest.mark.parametrize("extension", FEEDS)
def test_page_of_a_feed_is_not_sent_again_unchanged(client: Client, extension: str) -> None:
    make_many(101)
    address = NEXT[extension](fetch(client, extension)) or ""
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_head_does_not_empty_what_is_kept_of_a_feed(client: Client) -> None:
    make_event(slug="seen")
    client.head("/events.atom")
    assert "/events/seen/" in fetch(client, "atom")


@pytest.mark.django_db(transaction=True)
def test_feed_says_when_an_event_was_first_published_and_last_changed(client: Client) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    make_event(slug="one")
    published = event_times(client)[0]
    assert published >= before
    time.sleep(1)
    Event.objects.update(title="Changed", published_at=before.replace(year=1999))
    Event.objects.update(state="withdrawn")
    Event.objects.update(state="published")
    again, changed = event_times(client)
    assert again == published
    assert changed > published


def event_times(client: Client) -> tuple[datetime, datetime]:
    """Of the only entry: when it was published and changed, the same in both feeds."""
    (entry,) = parsed_feed(fetch(client, "atom")).entries
    (item,) = json.loads(fetch(client, "feed.json"))["items"]
    times = tuple(
        datetime(*value[:6], tzinfo=UTC) for value in (entry.published_parsed, entry.updated_parsed)
    )
    names = ("date_published", "date_modified")
    assert times == tuple(datetime.fromisoformat(item[name]) for name in names)
    return times  # type: ignore[return-value]


def test_draft_has_no_time_of_publication_before_it_is_published(client: Client) -> None:
    event = make_event(state="draft")
    event.refresh_from_db()
    assert event.published_at is None
    event.state = "published"
    event.save()
    event.refresh_from_db()
    assert event.published_at is not None
    assert parsed_feed(fetch(client, "atom")).entries[0].published_parsed
