"""The site under its server, in processes of its own, and raw connections to it."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

# Seconds in which a test wants an answer; the machine may be busy.
PATIENCE = 10.0


class Site:
    """A running server; `output` is what it has said."""

    def __init__(self, process: "subprocess.Popen[str]", port: int) -> None:
        self.process, self.port = process, port
        self.lines: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def output(self) -> str:
        return "".join(self.lines)

    @property
    def workers(self) -> list[int]:
        pid = self.process.pid
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
        return [int(number) for number in listed.split()]

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=3 * PATIENCE)

    def raw(self, request: bytes) -> bytes:
        """All that is answered on one connection, until the server closes it."""
        with self.connect() as link:
            link.sendall(request)
            return b"".join(iter(lambda: link.recv(65_536), b""))

    def get(self, path: str, *headers: str) -> "Reply":
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close"]
        return Reply(self.raw("\r\n".join([*lines, *headers, "", ""]).encode()))


class Reply:
    def __init__(self, text: bytes) -> None:
        head, _, self.body = text.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        self.status = int(first.split()[1])
        pairs = (line.split(": ", 1) for line in lines)
        self.headers = {name.lower(): value for name, value in pairs}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(database: str | None = None, **more: str) -> dict[str, str]:
    """Of a site on the database of this test run, or on another of the same cluster."""
    parameters = connection.get_connection_params()
    login = quote(str(parameters["user"]))
    if parameters.get("password"):
        login += f":{quote(str(parameters['password']), safe='')}"
    host, port = quote(str(parameters["host"]), safe=""), parameters.get("port") or 5432
    name = database or parameters["dbname"]
    given = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"postgresql://{login}@/{name}?host={host}&port={port}",
        "LOCAL_HTTP": "1",
    }
    return os.environ | given | more


@contextmanager
def serving(
    env: dict[str, str], *, workers: int = 1, threads: int = 4, port: int | None = None
) -> Iterator[Site]:
    port = port or free_port()
    command = [sys.executable, "-m", "config.serving", f"--port={port}"]
    command += [f"--workers={workers}", f"--threads={threads}"]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    with ExitStack() as stack:
        stack.enter_context(process)
        stack.callback(_end, process)
        yield Site(process, port)


def _end(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


def memory_of(pid: int) -> int:
    """Megabytes that the process has in memory."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    kilobytes = next(line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(kilobytes) // 1024


def seconds_for(site: Site, path: str) -> float:
    began = time.monotonic()
    assert site.get(path).status == 200
    return time.monotonic() - began
