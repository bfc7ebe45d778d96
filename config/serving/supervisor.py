"""Binds the port, starts the workers, and starts another where one ends.

The supervisor imports nothing of the site: a worker begins as a new process, so that no database
connection and no thread is ever shared between two of them.
"""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import FrameType

# Seconds between two looks at the workers.
_INTERVAL = 0.1
# Seconds that a worker has for the answers it is making when it is told to stop, and a little more.
_PATIENCE = 10.0
# Seconds before a worker that ended is replaced, so that one that ends at once costs little.
_PAUSE = 1.0
_BACKLOG = 1024


@dataclass(frozen=True, slots=True)
class Plan:
    host: str
    port: int
    workers: int
    threads: int

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/"


class BindError(Exception):
    """The port cannot be listened on; the message says why and what to do."""


def supervise(plan: Plan) -> int:
    """Serve until a signal comes; the exit status."""
    try:
        listener = listen(plan)
    except BindError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with listener, _stopping() as is_stopping:
        return _Workers(plan, listener).run(is_stopping)


def listen(plan: Plan) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            plan.host, plan.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        raise BindError(_reason(plan, error)) from error
    return listener


def _reason(plan: Plan, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {plan.port} of {plan.host} is taken by another program."
            f" Choose another port: PORT={plan.port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return (
            f"Port {plan.port} needs rights of the system. Choose one from 1024: PORT=8000 make run"
        )
    return f"{plan.host} port {plan.port} cannot be listened on: {error.strerror}."


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that is set by the signals that end a program."""
    event = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        event.set()

    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    yield event
    for number, handler in before.items():
        signal.signal(number, handler)


# Arrays of a million bytes or more go back to the system at once, as glibc understands it: what the
# event index leaves behind when it takes the place of an older one would stay with the process.
_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "1000000"}


class _Workers:
    def __init__(self, plan: Plan, listener: socket.socket) -> None:
        self._plan, self._listener = plan, listener
        self._running: list[subprocess.Popen[bytes]] = []
        self._answers = threading.Event()

    def run(self, is_stopping: threading.Event) -> int:
        self._running = [self._start() for _ in range(self._plan.workers)]
        threading.Thread(target=self._announce, daemon=True).start()
        status = 0
        while not status and not is_stopping.wait(_INTERVAL):
            status = self._look_after()
        self._stop()
        return status

    def _start(self) -> subprocess.Popen[bytes]:
        number = self._listener.fileno()
        command = [sys.executable, "-m", "config.serving.worker", str(number)]
        command += [self._plan.host, str(self._plan.threads)]
        # A worker stops when its standard input ends: the supervisor is gone, however it ended.
        return subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, pass_fds=[number], env=_MEMORY | os.environ
        )

    def _announce(self) -> None:
        """Say where the site is once it answers; the port is ours, so any answer is the site's."""
        with suppress(OSError), socket.create_connection(self._listener.getsockname()[:2]) as link:
            link.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            if link.recv(1):
                self._answers.set()
                sys.stdout.write(
                    f"Chancery is at {self._plan.address} – Ctrl-C stops it.\n"
                    'For a curator account run "make curator" in another terminal;'
                    " then sign in at /admin/.\n"
                )
                sys.stdout.flush()

    def _look_after(self) -> int:
        """Replace what ended; 1 if the site cannot start at all."""
        for place, worker in enumerate(self._running):
            status = worker.poll()
            if status is None:
                continue
            if not self._answers.is_set():
                sys.stderr.write("The site does not start.\n")
                return 1
            sys.stderr.write(f"A worker ended with status {status}; another one starts.\n")
            time.sleep(_PAUSE)
            self._close_input(worker)
            self._running[place] = self._start()
        return 0

    def _stop(self) -> None:
        for worker in self._running:
            worker.terminate()
            self._close_input(worker)
        deadline = time.monotonic() + _PATIENCE
        for worker in self._running:
            try:
                worker.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()

    def _close_input(self, worker: subprocess.Popen[bytes]) -> None:
        if worker.stdin:
            worker.stdin.close()
