"""Readers of a web server: one that asks again and again, and eight at once."""

import http.client
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

CONNECTIONS = 8
SECONDS = 1.0
_TIMEOUT = 120.0
_TOLD = re.compile(r"total;dur=([\d.]+)")
# Raises WrongAnswerError.
Check = Callable[[bytes], None]


class WrongAnswerError(Exception):
    """An answer that is not what was asked for; never timed. `status` is 0 where none came."""

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class Reader:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        # Of each answer, the milliseconds that the server says it took.
        self.served: list[float] = []
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT)

    def get(self, path: str) -> bytes:
        """The whole body; anything but 200 raises WrongAnswerError."""
        try:
            response = self._ask(path)
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise WrongAnswerError(f"{path}: {error!r}") from error
        if response.status != 200:
            raise WrongAnswerError(f"{path}: status {response.status}", response.status)
        if told := _TOLD.search(response.headers.get("Server-Timing", "")):
            self.served.append(float(told[1]))
        return body

    def _ask(self, path: str) -> http.client.HTTPResponse:
        try:
            self._connection.request("GET", path)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            # A server may end a connection that was idle for long; a browser opens another.
            self.close()
            self._connection.request("GET", path)
            return self._connection.getresponse()

    def close(self) -> None:
        self._connection.close()


def rate(port: int, path: str, check: Check) -> float:
    """Requests per second of eight connections; what was begun in time is waited for."""
    start = time.perf_counter()

    def read(_number: int) -> int:
        count = 0
        with closing(Reader(port)) as reader:
            while time.perf_counter() - start < SECONDS:
                check(reader.get(path))
                count += 1
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = list(pool.map(read, range(CONNECTIONS)))
    return sum(counts) / (time.perf_counter() - start)


def warm(port: int, path: str) -> None:
    """Ask on several connections at once, so that each worker has answered the address."""

    def read(_number: int) -> None:
        # The measuring will meet what is wrong, and say it.
        with closing(Reader(port)) as reader, suppress(WrongAnswerError):
            reader.get(path)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(read, range(CONNECTIONS)))
