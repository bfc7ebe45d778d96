"""Datasette, pinned, in a virtual environment of its own, at its honest best.

The file is opened as immutable with counts taken beforehand (`inspect`), so that it never counts
the whole table; its statistics are up to date; suggested facets, which would cost it more, are off;
time limits are far off, because it leaves out what is not done in time, and a facet that is
missing is no answer. Everything else is as it comes.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.place import HOME, Folder
from tests.bench.processes import Server, UnavailableError, free_port, serving

VERSION = "0.65.5"
_HOME = HOME / "datasette"
_SETTINGS = {
    "suggest_facets": "off",
    "sql_time_limit_ms": "120000",
    "facet_time_limit_ms": "120000",
    "max_csv_mb": "0",
}


def install() -> None:
    """Make the environment if it is not there in this version; raises UnavailableError."""
    mark = _HOME / f"installed-{VERSION}"
    if mark.exists():
        return
    _run([sys.executable, "-m", "venv", "--clear", str(_HOME)])
    pip = [str(_HOME / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    _run([*pip, "--disable-pip-version-check", f"datasette=={VERSION}"])
    mark.touch()


def inspect(folder: Folder) -> None:
    """Count the rows of every table once."""
    command = [_program(), "inspect", str(folder.sqlite), "--inspect-file", str(_counts(folder))]
    _run(command)


@contextmanager
def datasette(folder: Folder) -> Iterator[Server]:
    port = free_port()
    command = [_program(), "serve", "--immutable", str(folder.sqlite)]
    command += ["--inspect-file", str(_counts(folder)), "--host", "127.0.0.1", "--port", str(port)]
    for name, value in _SETTINGS.items():
        command += ["--setting", name, value]
    log = folder.path / "datasette.log"
    with serving(
        command, port=port, ready="/-/versions.json", log=log, env=os.environ, cwd=folder.path
    ) as server:
        yield server


def _program() -> str:
    return str(_HOME / "bin" / "datasette")


def _counts(folder: Folder) -> Path:
    return folder.path / "counts.json"


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        words = " | ".join(done.stderr.strip().splitlines()[-3:])
        raise UnavailableError(f"{Path(command[0]).name} failed: {words}")
