"""Who sends or reads slowly keeps nobody else waiting."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.serving.sites import PATIENCE, Site, memory_of, seconds_for
from tests.waiting import wait_until

MANY = 200
HALF_A_REQUEST = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
SLOW_BODY = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2000000\r\n\r\n"
    + b"x" * 100_000
)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as each:
        yield each


def opened(site: Site, stack: ExitStack, number: int, sent: bytes = b"") -> list[socket.socket]:
    links = [stack.enter_context(site.connect()) for _ in range(number)]
    for link in links:
        link.sendall(sent)
    return links


@pytest.mark.parametrize("sent", [b"", HALF_A_REQUEST, SLOW_BODY], ids=["nothing", "half", "body"])
def test_a_page_answers_beside_slow_senders(site: Site, stack: ExitStack, sent: bytes) -> None:
    [worker] = site.workers
    before = memory_of(worker)
    opened(site, stack, MANY, sent)
    assert seconds_for(site, "/") < PATIENCE
    assert seconds_for(site, "/healthz") < PATIENCE
    # Of each some 64 kB; the rest of a body lies in a file.
    assert memory_of(worker) - before < 60


def test_a_page_answers_beside_those_who_read_nothing(site: Site, stack: ExitStack) -> None:
    ask = b"GET /about/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    opened(site, stack, MANY, ask)
    # Many requests on each of a few connections, and none of the answers is taken.
    opened(site, stack, 12, ask * 300)
    assert seconds_for(site, "/") < PATIENCE


def test_more_connections_than_there_is_room_for_leave_room_for_readers(
    site: Site, stack: ExitStack
) -> None:
    opened(site, stack, 2_300)
    assert seconds_for(site, "/") < PATIENCE


def test_a_page_answers_beside_downloads_that_stand_still(pages: Site, stack: ExitStack) -> None:
    [worker] = pages.workers
    before = memory_of(worker)
    for link in opened(pages, stack, 2, b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"):
        assert link.recv(1_000).startswith(b"HTTP/1.1 200")
    assert seconds_for(pages, "/healthz") < PATIENCE
    assert memory_of(worker) - before < 60


def test_a_reader_that_goes_away_frees_its_thread(pages: Site) -> None:
    for _ in range(3):
        with ExitStack() as some:
            opened(pages, some, 4, b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            time.sleep(0.2)
        wait_until(lambda: seconds_for(pages, "/healthz") < PATIENCE)
