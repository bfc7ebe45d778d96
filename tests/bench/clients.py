"""Readers of a web server: one that asks again and again, and eight at once."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from tests.bench.measuring import Timing, time_in_turn

CONNECTIONS = 8
SECONDS = 5.0
_TIMEOUT = 120.0
_TOLD = re.compile(r"total;dur=([\d.]+)")
# Raises WrongAnswerError.
Check = Callable[[bytes], None]


class WrongAnswerError(Exception):
    """An answer that is not what was asked for; never timed."""


@dataclass(frozen=True)
class Received:
    """What is known of a large answer that was read in pieces and not kept."""

    size: int
    lines: int
    seconds: float
    first_byte_ms: float


class Reader:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        # Of each answer, the milliseconds that the server says it took.
        self.served: list[float] = []
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)

    def get(self, path: str) -> bytes:
        """The whole body; anything but 200 raises WrongAnswerError."""
        try:
            response = self._open(path)
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise self._failure(path, error) from error
        if told := _TOLD.search(response.headers.get("Server-Timing", "")):
            self.served.append(float(told[1]))
        return body

    def receive(self, path: str) -> Received:
        """The same of what is too large to keep."""
        start = time.perf_counter()
        try:
            response = self._open(path)
            piece = response.read(1)
            first_byte = time.perf_counter() - start
            size = lines = 0
            while piece:
                size, lines = size + len(piece), lines + piece.count(b"\n")
                piece = response.read(65_536)
        except (OSError, http.client.HTTPException) as error:
            raise self._failure(path, error) from error
        return Received(size, lines, time.perf_counter() - start, first_byte * 1000)

    def _open(self, path: str) -> http.client.HTTPResponse:
        response = self._ask(path)
        if response.status != 200:
            response.read()
            raise WrongAnswerError(f"{path}: status {response.status}")
        return response

    def _failure(self, path: str, error: Exception) -> WrongAnswerError:
        self._connection.close()
        return WrongAnswerError(f"{path}: {error!r}")

    def _ask(self, path: str) -> http.client.HTTPResponse:
        try:
            self._connection.request("GET", path)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # A server may end a connection that was idle for long; a browser opens another.
            self._connection.close()
            self._connection.request("GET", path)
            return self._connection.getresponse()

    def close(self) -> None:
        self._connection.close()


def latencies(pages: Sequence[tuple[int, str]], *, limit: float) -> list[Timing]:
    """Of pages, each a port and a path, asked in turn on a connection each; each has to stay what
    it was at first."""
    readers = [Reader(port) for port, _path in pages]
    try:
        questions = [
            (partial(reader.get, path), _unchanged(path))
            for reader, (_port, path) in zip(readers, pages, strict=True)
        ]
        return time_in_turn(questions, limit=limit)
    finally:
        for reader in readers:
            reader.close()


def _unchanged(path: str) -> Check:
    first: list[bytes] = []

    def check(body: bytes) -> None:
        if not first:
            first.append(body)
        elif body != first[0]:
            raise WrongAnswerError(f"{path}: not what it was at first")

    return check


def rate(port: int, path: str, check: Check) -> float:
    """Requests per second of eight connections; what was begun in time is waited for."""
    counts, failures = [0] * CONNECTIONS, list[WrongAnswerError]()
    start = time.perf_counter()

    def read(number: int) -> None:
        reader = Reader(port)
        try:
            while time.perf_counter() - start < SECONDS and not failures:
                check(reader.get(path))
                counts[number] += 1
        except WrongAnswerError as failure:
            failures.append(failure)
        finally:
            reader.close()

    _together(read)
    if failures:
        raise failures[0]
    return sum(counts) / (time.perf_counter() - start)


def answers(port: int, path: str) -> bool:
    reader = Reader(port)
    try:
        reader.get(path)
    except WrongAnswerError:
        return False
    finally:
        reader.close()
    return True


def warm(port: int, path: str) -> None:
    """Ask on several connections at once, so that each worker has answered the address."""

    def read(_number: int) -> None:
        reader = Reader(port)
        try:
            reader.get(path)
        except WrongAnswerError:
            pass  # the measuring will meet it, and say it
        finally:
            reader.close()

    _together(read)


def _together(read: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=read, args=(n,), daemon=True) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
