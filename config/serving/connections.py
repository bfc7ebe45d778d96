"""Connections: many that wait cost nothing but a little memory, and none waits for ever.

One thread reads all requests and sends all answers. A request is given to one of the threads that
make answers when all of it has been read; so those who send slowly keep none of them. A thread
waits for a reader only in the middle of a long download.
"""

import socket
import time
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from config.serving.answers import KEEP_ALIVE, Answer, Refusal
from config.serving.parsing import LONGEST_BODY, LONGEST_HEADERS, RequestParser

# Seconds: for all of a request to come; for a reader who takes nothing of an answer; for the whole
# of an answer to be taken; for the rest of a refused request, so that its sender reads why.
_REQUEST, _STALL, _DOWNLOAD, _REST = 60, 60, 600, 5
_MOST_CONNECTIONS = 2_000
_ACCEPTED_AT_ONCE = 64
# Seconds between two looks for connections that wait too long.
_LOOK = 2
# Seconds for what is being answered when the server is to stop.
_GRACE = 5


class Connection(HTTPChannel):
    """One at a time of a connection's requests is answered: its next waits until its reader has
    taken the answer, and so no thread waits for a reader who only asks."""

    task_class = Answer
    error_task_class = Refusal
    is_refused = False
    _rest_until = 0.0
    _kept = b""
    _request_began = 0.0
    _answer_began = 0.0

    def parser_class(self, adjustments: Any) -> RequestParser:
        self._request_began = self._answer_began = time.time()
        return RequestParser(adjustments, self._keep)

    def _keep(self, data: bytes) -> None:
        self._kept = data

    def readable(self) -> bool:
        if not self.connected or self._rest_until:
            return bool(self.connected)
        is_free = super().readable()
        if is_free and self._kept:
            data, self._kept = self._kept, b""
            self.received(data)
            is_free = super().readable()
        return bool(is_free)

    def handle_read(self) -> None:
        if not self._rest_until:
            super().handle_read()
            return
        try:
            self.recv(65_536)
        except OSError:
            self.handle_close()

    def writable(self) -> bool:
        return bool(self.connected and super().writable())

    def handle_write(self) -> None:
        if self.is_refused and self.close_when_flushed:
            self._flush_exception(self._flush_some)
            if self.connected and not self.total_outbufs_len and not self.will_close:
                self._read_the_rest()
                return
        super().handle_write()

    def _read_the_rest(self) -> None:
        """To close on a sender would take away the answer that it has not read."""
        self.close_when_flushed = False
        self._rest_until = time.time() + _REST
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()

    def service(self) -> None:
        self._answer_began = time.time()
        super().service()

    def is_overdue(self, now: float) -> bool:
        if self._rest_until:
            return now > self._rest_until
        if self.total_outbufs_len:
            last: float = min(self.last_activity + _STALL, self._answer_began + _DOWNLOAD)
            return now > last
        if self.requests:
            return False
        if self.request is not None:
            return now > self._request_began + _REQUEST
        return bool(now > self.last_activity + KEEP_ALIVE * 1.25)

    @property
    def is_waiting(self) -> bool:
        """Whether the next word is the reader's."""
        return not self.requests and not self.total_outbufs_len


class Server(TcpWSGIServer):
    channel_class = Connection

    def __init__(
        self,
        application: Any,
        listener: socket.socket,
        host: str,
        threads: int,
        *,
        open_files: int,
        believes_proxy: bool,
    ) -> None:
        adjustments = Adjustments(
            threads=threads,
            # What requests without a Host are answered as.
            server_name=host,
            ident="",
            log_socket_errors=False,
            asyncore_use_poll=True,
            # Ours is another rule: see `handle_accept`.
            connection_limit=10 * _MOST_CONNECTIONS,
            cleanup_interval=_LOOK,
            max_request_header_size=LONGEST_HEADERS,
            max_request_body_size=LONGEST_BODY + 1,
            # Bytes of each connection in memory; beyond, they lie in a temporary file. A thread
            # goes on as long as no more than the last wait for the reader.
            inbuf_overflow=65_536,
            outbuf_overflow=131_072,
            outbuf_high_watermark=4 * 2**20,
            # Without a proxy of ours, nobody may say for whom he asks.
            clear_untrusted_proxy_headers=not believes_proxy,
        )
        name = listener.getsockname()
        super().__init__(
            application,
            map={},
            _sock=listener,
            adj=adjustments,
            sockinfo=(listener.family, listener.type, listener.proto, name),
            bind_socket=False,
        )
        # A connection may have two temporary files.
        self._most = min(_MOST_CONNECTIONS, (open_files - 100) // 3)
        self._is_stopping = False

    def stop(self) -> None:
        self._is_stopping = True
        self.pull_trigger()

    def serve(self) -> None:
        """Serve until `stop`; then finish what is being answered, but not for long."""
        while not self._is_stopping:
            self._turn(1.0)
        deadline = time.monotonic() + _GRACE
        while self._is_answering() and time.monotonic() < deadline:
            self._turn(0.1)

    def _turn(self, timeout: float) -> None:
        wasyncore.loop(timeout=timeout, use_poll=True, map=self._map, count=1)

    def _is_answering(self) -> bool:
        return not all(each.is_waiting for each in self.active_channels.values())

    def readable(self) -> bool:
        return super().readable() and not self._is_stopping

    def handle_accept(self) -> None:
        """Where there is no more room, who has waited longest makes it."""
        for _ in range(_ACCEPTED_AT_ONCE):
            before = len(self.active_channels)
            super().handle_accept()
            if len(self.active_channels) == before:
                return
            if before >= self._most:
                self._make_room()

    def _make_room(self) -> None:
        waiting = [each for each in self.active_channels.values() if each.is_waiting]
        min(waiting, key=lambda each: each.last_activity).handle_close()

    def maintenance(self, now: float) -> None:
        for connection in [c for c in self.active_channels.values() if c.is_overdue(now)]:
            connection.handle_close()
