"""One state of the database, and what a reader is left with when it fails."""

import json
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import InternalError
from django.test import Client
from pytest_django import Settings

from config.db.snapshot import snapshot
from events.exports.formats import FORMATS
from events.models import Event
from tests.events.exports.readers import NEXT, SLUGS
from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def other() -> Iterator:
    """A second connection to the same database."""
    wrapper = connection.copy()
    yield wrapper
    wrapper.close()


@pytest.fixture
def piecemeal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each event is read and sent by itself."""
    monkeypatch.setattr("events.exports.records.CHUNK", 1)
    monkeypatch.setattr("events.exports.stream._PIECE", 1)


@pytest.mark.usefixtures("piecemeal")
def test_export_is_of_one_moment(client: Client, other) -> None:
    for number in (1, 2, 3):
        make_event(slug=f"e{number}", title=f"Before {number}", date=f"201{number}")
    pieces = iter(client.get("/events.csv").streaming_content)
    text = next(pieces).decode()
    with other.cursor() as cursor:
        cursor.execute("UPDATE events_event SET title = 'After', date = '2001'")
    text += b"".join(pieces).decode()
    assert SLUGS["csv"](text) == ["e3", "e2", "e1"]
    assert "After" not in text
    assert Event.objects.filter(title="After").count() == 3


@pytest.mark.usefixtures("piecemeal")
@pytest.mark.parametrize("extension", [name for name in FORMATS if name not in NEXT])
def test_broken_off_export_is_seen_to_be_cut(client: Client, other, extension: str) -> None:
    for number in (1, 2, 3):
        make_event(slug=f"e{number}", date=f"201{number}")
    pieces = iter(client.get(f"/events.{extension}").streaming_content)
    text = next(pieces).decode() + next(pieces).decode()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    came: list[bytes] = []
    with pytest.raises(OperationalError):
        came.extend(pieces)
    connection.close()
    text += b"".join(came).decode()
    with pytest.raises((AssertionError, ValueError, SyntaxError, KeyError)):
        SLUGS[extension](text)


def test_database_that_fails_before_the_first_byte_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("events.exports.records.read", fail)
    response = client.get("/events.json")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"]
    assert json.loads(response.content)["status"] == 503
    assert not connection.in_atomic_block


def test_reader_that_goes_away_leaves_no_transaction(client: Client) -> None:
    make_event()
    response = client.get("/events.json")
    assert connection.in_atomic_block
    response.close()
    assert not connection.in_atomic_block


def test_snapshot_is_read_only_and_the_next_transaction_is_not() -> None:
    make_event(slug="one")
    with pytest.raises(InternalError), snapshot():
        Event.objects.update(title="Written")
    with transaction.atomic():
        assert Event.objects.update(title="Written") == 1


# Exports of one thread share its connection: the one that began last ends first.


@pytest.fixture
def an_event() -> None:
    make_event(slug="one")


@pytest.mark.usefixtures("an_event")
@pytest.mark.parametrize("extension", [name for name in FORMATS if name not in NEXT])
def test_two_exports_at_a_time_and_the_next_is_told_when_to_come_again(
    client: Client, extension: str
) -> None:
    running = [client.get(f"/events.{extension}") for _ in range(2)]
    third = client.get("/events.csv")
    assert third.status_code == 429
    assert 1 <= int(third["Retry-After"]) <= 60
    assert third["Content-Type"] == "application/problem+json"
    assert third.json()["status"] == 429
    assert third["Cache-Control"] == "no-store"
    assert third["Access-Control-Allow-Origin"] == "*"
    assert client.get("/events/").status_code == 200
    assert client.get("/healthz").status_code == 200
    # The end of one makes room for another.
    assert b"".join(running[1].streaming_content)
    again = client.get(f"/events.{extension}")
    assert again.status_code == 200
    again.close()
    running[0].close()


@pytest.mark.usefixtures("an_event")
def test_a_reader_that_goes_away_makes_room(client: Client) -> None:
    for _ in range(4):
        response = client.get("/events.csv")
        assert response.status_code == 200
        response.close()
        response.close()
    first, second = client.get("/events.csv"), client.get("/events.json")
    assert client.get("/events.csv").status_code == 429
    second.close()
    first.close()


@pytest.mark.usefixtures("an_event")
def test_an_export_that_fails_makes_room(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("the server closed the connection")

    with monkeypatch.context() as broken:
        broken.setattr("events.exports.records.read", fail)
        for _ in range(4):
            assert client.get("/events.json").status_code == 503
    response = client.get("/events.json")
    assert response.status_code == 200
    response.close()


@pytest.mark.usefixtures("an_event")
def test_heads_refusals_and_unchanged_exports_take_no_room(client: Client) -> None:
    etag = client.head("/events.csv")["ETag"]
    running = [client.get("/events.csv") for _ in range(2)]
    assert client.head("/events.csv").status_code == 200
    assert client.get("/events.csv?nonsense=1").status_code == 400
    assert client.get("/events.csv", headers={"If-None-Match": etag}).status_code == 304
    for each in reversed(running):
        each.close()


@pytest.mark.usefixtures("an_event")
def test_how_many_at_a_time_is_a_setting(client: Client, settings: Settings) -> None:
    settings.EXPORTS_AT_ONCE = 1
    running = client.get("/events.csv")
    assert running.status_code == 200
    assert client.get("/events.csv").status_code == 429
    running.close()
