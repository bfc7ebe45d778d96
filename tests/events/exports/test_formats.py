"""Every output of the article: exactly the events of the page, and the same answers to nonsense."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.exports.formats import FORMATS
from tests.events.exports.readers import NEXT, SLUGS, body, fetch, slugs_in
from tests.events.exports.schemata import SCHEMATA, validated
from tests.factories import cite, make_actor, make_event, make_location, make_source

pytestmark = pytest.mark.usefixtures("loaded")

QUERIES = [
    "",
    "?actor=russia",
    "?since=2017-04-04&until=2017-04-04",
    "?since=2017-04-04&until=2017-04-04&certain=1",
    "?standing=alleged&standing=called-for",
    "?q=sarin&order=date",
    "?q=attack&order=relevance",
    "?year=2011&year=2017&certain=1",
    "?country=USA&country=SYR&match=all",
    "?location=syria&order=-updated",
    "?speaker=kremlin&kind=assault",
    "?source=us-russian-relations-deteriorate-over-syria&order=updated",
]


@contextmanager
def undone() -> Iterator[None]:
    """What is written within is gone after."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def on_page(client: Client, query: str) -> list[str]:
    groups = client.get(f"/events/{query}").context["groups"]
    return [event.slug for group in groups for event in group.entries]


def test_every_format_has_a_reader() -> None:
    assert set(SLUGS) == set(FORMATS)


@pytest.mark.parametrize("query", QUERIES)
def test_same_events_as_the_page_in_its_order(client: Client, query: str) -> None:
    expected = on_page(client, query)
    assert expected
    found = {extension: slugs_in(client, extension, query) for extension in FORMATS}
    # What has no date at all stands on the title slide, out of order.
    assert sorted(found.pop("timelinejs.json")) == sorted(expected)
    if "order" not in query:
        by_change = on_page(client, f"{query or '?'}&order=-updated")
        assert [found.pop(extension) for extension in NEXT] == [by_change] * len(NEXT)
    assert found == dict.fromkeys(found, expected)


@pytest.mark.parametrize("extension", SCHEMATA)
def test_the_article_is_as_readers_demand(client: Client, extension: str) -> None:
    assert validated(extension, fetch(client, extension))


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_found_is_a_valid_document(client: Client, extension: str) -> None:
    assert SLUGS[extension](fetch(client, extension, "?actor=iran&standing=occurred")) == []


@pytest.mark.parametrize("extension", FORMATS)
@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("?colour=red", ["colour"]),
        ("?page=2", ["page"]),
        ("?page=1", ["page"]),
        ("?after=x", ["after"]),
        ("?since=2017-13&actor=nobody", ["actor", "since"]),
        ("?until=2016&since=2017", ["until"]),
        ("?order=date&order=-date", ["order"]),
    ],
)
def test_bad_query_is_a_problem_document_without_events(
    client: Client, extension: str, query: str, parameters: list[str]
) -> None:
    response = client.get(f"/events.{extension}{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-store"
    problem = response.json()
    assert problem["status"] == 400
    assert sorted(error["parameter"] for error in problem["errors"]) == parameters
    assert all(error["detail"] for error in problem["errors"])
    assert "khan-sheikhoun-chemical-attack" not in response.content.decode()


def test_untouched_inputs_are_no_filter(client: Client) -> None:
    assert fetch(client, "csv", "?q=&page=&order=") == fetch(client, "csv")


@pytest.mark.parametrize("extension", FORMATS)
def test_headers(client: Client, extension: str) -> None:
    response = client.get(f"/events.{extension}?actor=russia")
    assert body(response)
    assert response["Content-Type"] == FORMATS[extension].media_type
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Content-Disposition"].endswith(f'filename="chancery-events.{extension}"')
    assert not response.cookies


@pytest.mark.parametrize("extension", [name for name in FORMATS if name not in NEXT])
def test_head_of_a_whole_output_reads_no_events(client: Client, extension: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        response = client.head(f"/events.{extension}")
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == b""
    assert response["Content-Type"] == FORMATS[extension].media_type
    version, site = (query["sql"] for query in captured)
    assert "data_version" in version
    assert 'FROM "events_chronology"' in site
    assert client.head(f"/events.{extension}?x=1").status_code == 400


@pytest.mark.parametrize("extension", ["atom", "csv"])
def test_reader_that_has_it_already_is_told_so(client: Client, extension: str) -> None:
    first = client.get(f"/events.{extension}?actor=russia")
    assert body(first)
    unchanged = {"If-None-Match": first["ETag"]}
    again = client.get(f"/events.{extension}?actor=russia", headers=unchanged)
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get(f"/events.{extension}?actor=kremlin", headers=unchanged)
    assert other.status_code == 200
    assert body(other)


def test_other_methods_and_other_formats(client: Client) -> None:
    assert client.post("/events.csv").status_code == 405
    assert client.get("/events.xml").status_code == 404
    assert client.get("/events.").status_code == 404


@pytest.mark.parametrize("extension", FORMATS)
def test_standing_actors_and_sources_are_in_it(client: Client, extension: str) -> None:
    text = fetch(client, extension, "?standing=alleged")
    if extension == "ics":
        text = text.replace("\r\n ", "")
    for words in (
        "Alleged",
        "Russia",
        "United States",
        "US-Russian Diplomatic Relations Deteriorate Over Syria",
        "¶1.3",
        "until April 2017, start not given",
    ):
        assert words in text.replace("\\,", ","), words


@pytest.mark.parametrize("extension", ["atom", "feed.json", "ics", "timelinejs.json", "jsonld"])
def test_title_of_an_allegation_says_so_once(client: Client, extension: str) -> None:
    text = fetch(client, extension, "?standing=alleged").replace("\r\n ", "")
    assert "Alleged interference in the United States elections" in text
    assert "Alleged: Alleged" not in text


@pytest.mark.parametrize("extension", FORMATS)
def test_addresses_are_absolute_on_the_host_that_was_asked(client: Client, extension: str) -> None:
    response = client.get(f"/events.{extension}", headers={"Host": "localhost"})
    text = body(response).replace("\r\n ", "")
    assert "http://localhost/events/khan-sheikhoun-chemical-attack/" in text
    assert "testserver" not in text


def test_host_that_is_not_ours_is_refused(client: Client) -> None:
    assert client.get("/events.json", headers={"Host": "elsewhere.example"}).status_code == 400


@pytest.mark.parametrize("extension", FORMATS)
def test_what_is_not_public_is_in_none_of_them(client: Client, extension: str) -> None:
    with undone():
        hidden = make_location(slug="hidden", name="Atlantis", state="draft")
        secret = make_actor(slug="secret", name="Zebedee", state="draft")
        unread = make_source(slug="unread", title="Necronomicon", state="draft")
        cite(make_event(secret, slug="seen", location=hidden), unread)
        make_event(slug="draft-event", state="draft")
        text = fetch(client, extension)
    assert "/events/seen/" in text
    for word in ("Atlantis", "Zebedee", "Necronomicon", "draft-event", "secret", "hidden"):
        assert word not in text


def queries_of(client: Client, extension: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        fetch(client, extension)
    return len(captured)


@pytest.mark.parametrize("extension", FORMATS)
def test_queries_do_not_grow_with_events(client: Client, extension: str) -> None:
    before = queries_of(client, extension)
    with undone():
        for number in range(20):
            make_event(make_actor(), slug=f"many-{number}", location=make_location())
        assert queries_of(client, extension) == before


def test_chunks_join_without_loss(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fetch(client, "csv")
    monkeypatch.setattr("events.exports.records.CHUNK", 3)
    assert fetch(client, "csv") == whole


def test_small_pieces_join_to_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = fetch(client, "json")
    monkeypatch.setattr("events.exports.stream._PIECE", 1)
    pieces = list(client.get("/events.json").streaming_content)
    assert len(pieces) > 10
    assert b"".join(pieces).decode() == whole
    assert all(pieces)
