"""How often one reader may ask, and who a reader is."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from config.http import rates
from config.http.rates import RateLimit, reader_of


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_reader_may_ask_so_often_and_then_again(clock: Clock) -> None:
    limit = RateLimit(2, 60, clock=clock)
    first, second, third = (limit.take("a") for _ in range(3))
    assert [q.is_exceeded for q in (first, second, third)] == [False, False, True]
    assert [q.remaining for q in (first, second, third)] == [1, 0, 0]
    clock.now = 59.5
    assert limit.take("a").is_exceeded
    assert limit.take("a").reset == 1
    clock.now = 60
    again = limit.take("a")
    assert (again.is_exceeded, again.remaining, again.reset) == (False, 1, 60)


def test_readers_are_counted_apart(clock: Clock) -> None:
    limit = RateLimit(1, 60, clock=clock)
    assert not limit.take("a").is_exceeded
    assert not limit.take("b").is_exceeded
    assert limit.take("a").is_exceeded


def test_no_more_readers_are_remembered_than_there_is_room_for(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "_READERS", 3)
    limit = RateLimit(1, 60, clock=clock)
    for reader in "abcd":
        limit.take(reader)
    assert len(limit._windows) == 3
    assert limit.take("d").is_exceeded
    assert not limit.take("a").is_exceeded


@pytest.mark.parametrize(
    ("address", "reader"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
        ("no address", "no address"),
    ],
)
def test_a_reader_is_an_address(rf: RequestFactory, address: str, reader: str) -> None:
    assert reader_of(rf.get("/api/", REMOTE_ADDR=address)) == reader


def test_what_anybody_can_write_is_not_believed(rf: RequestFactory, settings: Settings) -> None:
    request = rf.get(
        "/api/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": "192.0.2.7, 198.51.100.9"}
    )
    assert reader_of(request) == "10.0.0.1"
    settings.BEHIND_HTTPS_PROXY = True
    assert reader_of(request) == "198.51.100.9"
    assert reader_of(rf.get("/api/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"
