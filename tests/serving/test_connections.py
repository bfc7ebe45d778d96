"""Nobody holds a thread for ever: what waits too long for its reader or sender is ended."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from config.serving import connections
from config.serving.connections import Server
from tests.waiting import wait_until


class Downloads:
    """An application whose answers never end; it counts those that it is writing."""

    def __init__(self) -> None:
        self.running = 0

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return self._pieces() if environ["PATH_INFO"] == "/endless" else iter([b"page"])

    def _pieces(self) -> Iterator[bytes]:
        self.running += 1
        try:
            while True:
                yield b"x" * 65_536
        finally:
            self.running -= 1


@pytest.fixture
def downloads() -> Downloads:
    return Downloads()


@pytest.fixture
def port(downloads: Downloads, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(connections, "_LOOK", 1)
    monkeypatch.setattr(connections, "_GRACE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(
            downloads, listener, "127.0.0.1", threads=2, open_files=1_000, believes_proxy=False
        )
        thread = threading.Thread(target=server.serve)
        thread.start()
        yield listener.getsockname()[1]
        server.stop()
        thread.join()
        for connection in list(server.active_channels.values()):
            connection.handle_close()
        server.task_dispatcher.shutdown()
        server.trigger.close()


def connect(port: int, sent: bytes) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    link.sendall(sent)
    return link


ENDLESS = b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n"
PAGE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def is_closed(link: socket.socket) -> bool:
    link.settimeout(10)
    try:
        return link.recv(65_536) == b""
    except ConnectionError:
        return True


def test_a_reader_who_takes_nothing_loses_the_download(
    port: int, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_STALL", 1)
    links = [connect(port, ENDLESS) for _ in range(2)]
    wait_until(lambda: downloads.running == 2)
    wait_until(lambda: downloads.running == 0)
    with connect(port, PAGE) as link:
        assert link.recv(1_000).startswith(b"HTTP/1.1 200")
    for link in links:
        link.close()


def test_a_download_that_is_taken_drop_by_drop_ends_in_time(
    port: int, downloads: Downloads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_DOWNLOAD", 2)
    with connect(port, ENDLESS) as link:
        wait_until(lambda: downloads.running == 1)
        deadline = time.monotonic() + 20
        while downloads.running and time.monotonic() < deadline:
            link.recv(1_000)
            time.sleep(0.01)
        assert not downloads.running


def test_a_reader_who_leaves_ends_the_download(port: int, downloads: Downloads) -> None:
    with connect(port, ENDLESS) as link:
        wait_until(lambda: downloads.running == 1)
        assert link.recv(1_000)
    wait_until(lambda: downloads.running == 0)


def test_half_a_request_is_not_waited_for_for_ever(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_REQUEST", 1)
    for half in (PAGE[:10], b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx"):
        with connect(port, half) as link:
            assert is_closed(link)


def test_a_connection_that_waits_is_closed_after_the_time_told(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "KEEP_ALIVE", 1)
    # The head and the body of an answer may come one after the other.
    with connect(port, PAGE) as link, link.makefile("rb") as answer:
        assert answer.read().endswith(b"\r\npage\r\n0\r\n\r\n")
    with connect(port, b"") as link:
        assert is_closed(link)


def test_who_waits_longest_makes_room(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # (1000 - 100) / 3
    links = [connect(port, b"") for _ in range(301)]
    with connect(port, PAGE) as link:
        assert link.recv(1_000).startswith(b"HTTP/1.1 200")
    assert is_closed(links[0])
    links[-1].sendall(PAGE)
    assert links[-1].recv(1_000).startswith(b"HTTP/1.1 200")
    for link in links:
        link.close()
