"""What outputs of statements hold, and how their feeds are walked."""

import json

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.lists.cursors import encode
from events.exports.registry import FORMATS_OF
from events.exports.statement_fields import STATEMENT_FIELDS
from events.models import Citation, Statement
from tests.events.exports.readers import feed, links, parsed_feed
from tests.events.exports.statement_readers import ENTRIES, fetch, numbers, records, table
from tests.factories import (
    cite,
    make_actor,
    make_claim,
    make_country,
    make_event,
    make_location,
    make_source,
    make_statement,
    take_position,
)

FORMATS = FORMATS_OF["statements"]


@pytest.fixture
def said(db: None) -> Statement:
    speaker = make_actor(slug="ministry", name="Ministry; of = things", country=make_country())
    listener = make_actor(slug="press", name="The press")
    event = make_event(slug="strike", title="The strike")
    statement = make_statement(
        speaker,
        paraphrase="It was\nnot us.",
        quote="=Never",
        date="2017-04-03/2017-04-09",
        location=make_location(slug="hall", name="The hall"),
        occasion=make_event(slug="briefing", title="The briefing"),
        note="As relayed.",
    )
    statement.audience.add(listener)
    answered = make_statement(make_actor(name="Accuser"), date="2016")
    claim = make_claim(event, slug="they-did", text="They did it")
    position = take_position(statement, "denies", claim=claim)
    take_position(statement, "condemns", event=event)
    take_position(statement, "rejects", answered=answered)
    cite(position, make_source(slug="book", title="A book"), "p. 3")
    return statement


def test_every_field(said: Statement, client: Client) -> None:
    row = records(client, "?speaker=ministry")[0]
    assert [*row] == [*STATEMENT_FIELDS]
    updated = row.pop("updated")
    assert len(updated) == len("2017-04-04T00:00:00Z")
    answered = Statement.objects.exclude(pk=said.pk).get()
    assert row == {
        "id": said.pk,
        "speaker": "Ministry; of = things",
        "paraphrase": "It was\nnot us.",
        "quote": "=Never",
        "date": "2017-04-03/2017-04-09",
        "date_in_words": "3 to 9 April 2017",
        "not_before": "2017-04-03",
        "not_after": "2017-04-09",
        "positions": [
            "denies the claim “They did it”",
            "condemns the event “The strike”",
            "rejects the statement of Accuser",
        ],
        "location": "The hall",
        "audience": ["The press"],
        "sources": ["A book", "A newspaper"],
        "url": f"http://testserver/statements/{said.pk}/",
        "stances": ["denies", "condemns", "rejects"],
        "target_kinds": ["claim", "event", "statement"],
        "targets": ["they-did", "strike", str(answered.pk)],
        "speaker_slug": "ministry",
        "speaker_country": "SYR",
        "location_slug": "hall",
        "audience_slugs": ["press"],
        "occasion": "The briefing",
        "occasion_slug": "briefing",
        "note": "As relayed.",
        "source_slugs": ["book", said.citations.get().source.slug],
        "source_locators": ["p. 3", "¶1.1"],
        "date_basis": "stated",
        "date_reason": "",
        "uuid": str(Statement.objects.get(pk=said.pk).uuid),
    }


def test_table_is_safe_in_a_spreadsheet(said: Statement, client: Client) -> None:
    row = table(client, "?speaker=ministry")[0]
    assert [*row] == [*STATEMENT_FIELDS, "row", "rows"]
    assert row["quote"] == "'=Never"
    assert row["speaker"] == "Ministry; of = things"
    assert row["stances"] == "denies; condemns; rejects"
    assert row["paraphrase"] == "It was\nnot us."


def test_entries_of_feeds(said: Statement, client: Client) -> None:
    (entry,) = parsed_feed(fetch(client, "atom", "?speaker=ministry")).entries
    (item,) = json.loads(fetch(client, "feed.json", "?speaker=ministry"))["items"]
    title = "Ministry; of = things: It was not us."
    assert (entry.title, item["title"]) == (title, title)
    assert entry.id == item["id"] == Statement.objects.get(pk=said.pk).uuid.urn
    assert [tag.term for tag in entry.tags] == ["ministry", "denies", "condemns", "rejects"]
    assert item["tags"] == ["denies", "condemns", "rejects"]
    assert entry.content[0].value == item["content_text"]
    assert "Position: denies the claim “They did it”." in item["content_text"]
    assert "Date: 3 to 9 April 2017." in item["content_text"]
    # Nobody notes when a statement was first published.
    assert "published" not in entry
    assert "date_published" not in item
    assert item["_chancery"] == records(client, "?speaker=ministry")[0]


def test_hidden_records_around_it_are_in_no_output(said: Statement, client: Client) -> None:
    secret = {"state": "draft"}
    event = make_event(slug="secret-event", title="Secret event", **secret)
    take_position(said, "supports", event=event)
    take_position(said, "asserts", claim=make_claim(event, text="Secret claim"))
    said.audience.add(make_actor(name="Secret listener", **secret))
    place = make_location(name="Secret place", **secret)
    Statement.objects.filter(pk=said.pk).update(location=place, occasion=event)
    cite(said, make_source(title="Secret source", **secret), "Secret page")
    make_statement(make_actor(slug="mole", name="Secret speaker", **secret))
    make_statement(said.speaker, paraphrase="Secret words", **secret)
    for extension in FORMATS:
        text = fetch(client, extension)
        assert "ministry" in text
        assert "secret" not in text.lower(), extension
    assert records(client, "?stance=asserts") == []


def make_many(number: int) -> None:
    speaker, source = make_actor(slug="speaker"), make_source()
    with transaction.atomic():
        rows = Statement.objects.bulk_create(
            Statement(speaker=speaker, paraphrase=f"Said {each}", date="2017", state="published")
            for each in range(number)
        )
        Citation.objects.bulk_create(Citation(source=source, statement=row) for row in rows)


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ENTRIES)
def test_feed_followed_to_its_end_has_each_statement_once(client: Client, extension: str) -> None:
    make_many(250)
    expected = list(Statement.objects.order_by("-pk").values_list("pk", flat=True))
    assert numbers(client, extension) == expected


@pytest.mark.django_db
def test_pages_of_a_feed_are_one_feed(client: Client) -> None:
    make_many(250)
    pages, address = [], "http://testserver/statements.atom"
    while address:
        pages.append(parsed_feed(client.get(address).content.decode()))
        address = next(iter(links(pages[-1].feed, "next")), "")
    assert [len(page.entries) for page in pages] == [100, 100, 50]
    assert {page.feed.opensearch_totalresults for page in pages} == {"250"}
    assert len({page.feed.id for page in pages}) == 1
    addresses = [links(page.feed, "self")[0] for page in pages]
    assert [links(page.feed, "previous") for page in pages] == [[], addresses[:1], addresses[1:2]]
    events = parsed_feed(client.get("/events.atom").content.decode())
    assert events.feed.id != pages[0].feed.id


@pytest.mark.django_db(transaction=True)
def test_what_changed_last_comes_first_and_the_feed_is_as_new(client: Client) -> None:
    first, second = make_statement(date="2017"), make_statement(date="2011")
    assert numbers(client, "atom") == [second.pk, first.pk]
    Statement.objects.filter(pk=first.pk).update(note="Changed.")
    assert numbers(client, "atom") == [first.pk, second.pk]
    before = feed(fetch(client, "atom")).findtext("{*}updated")
    Statement.objects.filter(pk=first.pk).update(state="withdrawn")
    assert numbers(client, "atom") == [second.pk]
    assert (feed(fetch(client, "atom")).findtext("{*}updated") or "") >= (before or "x")


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ENTRIES)
@pytest.mark.parametrize("after", ["x", encode([1, 2]), encode(["2017", 1])])
def test_place_that_is_none_of_the_feed_is_refused(
    client: Client, extension: str, after: str
) -> None:
    make_statement()
    response = client.get(f"/statements.{extension}?after={after}")
    assert response.status_code == 400
    assert [error["parameter"] for error in response.json()["errors"]] == ["after"]


@pytest.mark.django_db
@pytest.mark.parametrize("extension", FORMATS)
def test_queries_do_not_grow_with_statements(client: Client, extension: str) -> None:
    claim, source = make_claim(slug="c"), make_source()

    def queries(number: int) -> int:
        speaker = make_actor(slug=f"speaker-{number}", country=make_country())
        for _ in range(number):
            statement = make_statement(speaker, location=make_location(), date="2017")
            cite(take_position(statement, "denies", claim=claim), source)
            statement.audience.add(make_actor())
        with CaptureQueriesContext(connection) as captured:
            text = fetch(client, extension, f"?speaker=speaker-{number}")
        assert "denies" in text
        return len(captured)

    assert queries(2) == queries(20)
