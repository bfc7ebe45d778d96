"""Servers that run for the length of a `with`, each ended by its own process id."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.clients import Reader, WrongAnswerError

_PATIENCE = 120.0


class UnavailableError(Exception):
    """A server does not start, or a tool cannot be installed; the message says why."""


@dataclass(frozen=True)
class Server:
    """`pid` is the first process; the workers of the site are its children. `start_seconds` passed
    until its first answer."""

    port: int
    pid: int
    start_seconds: float = 0.0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(
    command: Sequence[str], *, port: int, ready: str, log: Path, env: Mapping[str, str], cwd: Path
) -> Iterator[Server]:
    """Start a server, wait until it answers 200 at `ready`, and end it whatever happens."""
    began = time.monotonic()
    with log.open("wb") as words:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, env=dict(env), cwd=cwd
        )
    try:
        _wait(process, port, ready, log)
        yield Server(port, process.pid, time.monotonic() - began)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], port: int, ready: str, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(port, ready):
            return
        time.sleep(0.05)
    end = log.read_text("utf-8", "replace").strip().splitlines()[-3:]
    raise UnavailableError(f"{process.args!r} does not answer: {' | '.join(end) or 'no word'}")


def _answers(port: int, path: str) -> bool:
    with closing(Reader(port)) as reader, suppress(WrongAnswerError):
        reader.get(path)
        return True
    return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        for child in children(process.pid):
            with suppress(ProcessLookupError):
                os.kill(child, 9)
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    """The direct children of a process; none where there is no /proc."""
    try:
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    except OSError:
        return []
    return [int(number) for number in listed.split()]
