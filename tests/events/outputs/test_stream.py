"""One state of the database, and what a reader is left with when it fails."""

import json
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.db.utils import InternalError
from django.test import Client

from config.snapshot import snapshot
from events.models import Event
from events.outputs.formats import FORMATS
from tests.events.outputs.readers import SLUGS
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
    monkeypatch.setattr("events.outputs.records.CHUNK", 1)
    monkeypatch.setattr("events.outputs.stream._PIECE", 1)


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
@pytest.mark.parametrize("extension", FORMATS)
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
    def fail(*_: object) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("events.outputs.records.read", fail)
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
