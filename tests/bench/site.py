"""The site under its production server, started as `make run` starts it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.place import ROOT
from tests.bench.processes import Server, free_port, serving

# What a developer's shell may hold and `make run` on a fresh machine would not.
_FORGOTTEN = (
    "CACHE",
    "DATABASE_URL",
    "DEBUG",
    "DJANGO_SETTINGS_MODULE",
    "LOCK_TIMEOUT",
    "STATEMENT_TIMEOUT",
)


@contextmanager
def site(cluster: Path, *, cache: bool, log: Path) -> Iterator[Server]:
    """Two workers of four threads on that database, once the first page is answered; without
    `cache`, no answer is kept."""
    port = free_port()
    env = {name: value for name, value in os.environ.items() if name not in _FORGOTTEN}
    env |= {"EMBEDDED_PG_DIR": str(cluster), "LOCAL_HTTP": "1"}
    if not cache:
        env["CACHE"] = "0"
    command = [sys.executable, "-m", "config.serving", "--port", str(port)]
    command += ["--workers", "2", "--threads", "4"]
    with serving(command, port=port, ready="/", log=log, env=env, cwd=ROOT) as server:
        yield server
