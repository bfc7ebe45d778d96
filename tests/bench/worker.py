"""How much memory the workers of the site hold (Linux alone), and a site without any records."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.bench import clients, place
from tests.bench.processes import Server, UnavailableError, children
from tests.bench.site import site

# Seconds after the last request at which a worker's memory is looked at.
IDLE = 60.0
# What a site without records is asked, so that its workers have all loaded that they need.
_PAGES = ("/", "/events/?q=peace", "/actors/", "/locations/", "/sources/", "/statements/")


def resident_mb(server: Server) -> float | None:
    """Of the largest worker; None where /proc does not tell."""
    return _largest(server, "VmRSS:")


def peak_mb(server: Server) -> float | None:
    """The most that the largest worker has held since its start."""
    return _largest(server, "VmHWM:")


def _largest(server: Server, line: str) -> float | None:
    held = [_megabytes(pid, line) for pid in children(server.pid)]
    return max((each for each in held if each is not None), default=None)


def _megabytes(pid: int, line: str) -> float | None:
    with suppress(OSError):
        for each in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if each.startswith(line):
                return int(each.split()[1]) / 1024
    return None


@contextmanager
def empty_site() -> Iterator[Server]:
    """A site with an empty database that has served; it stays idle beside what is measured."""
    folder = place.Folder(place.HOME / "empty")
    folder.empty()
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    env |= {"EMBEDDED_PG_DIR": str(folder.cluster), "LOCAL_HTTP": "1"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=env, cwd=place.ROOT, check=False)
    if done.returncode:
        raise UnavailableError("The empty database cannot be made.")
    with site(folder.cluster, cache=True, log=folder.path / "site.log") as server:
        for path in _PAGES:
            clients.warm(server.port, path)
        yield server
