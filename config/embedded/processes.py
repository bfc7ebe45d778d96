"""Which processes are alive, and which of them are our server."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path

_PROC = Path("/proc")
_HAS_PROC = (_PROC / "self" / "cwd").exists()


def is_server(pid: int, data: Path) -> bool:
    """Whether `pid` is a living PostgreSQL process of this data folder: no zombie, no stranger."""
    if _HAS_PROC:
        return _works_in(_PROC / str(pid), data)
    listed = subprocess.run(  # noqa: S603
        ["ps", "-ww", "-o", "stat=", "-o", "args=", "-p", str(pid)],  # noqa: S607
        capture_output=True,
        check=False,
    ).stdout.strip()
    return not listed.startswith(b"Z") and b"postgres" in listed and os.fsencode(data) in listed


def exists(pid: int) -> bool:
    """True for zombies and for other users' processes, too."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def kill_orphans(data: Path) -> None:
    """End what a killed server left behind, which would keep a new one from starting.

    Call it only when no postmaster lives. Without /proc they end when their query does.
    """
    if not _HAS_PROC:
        return
    for process in _PROC.glob("[0-9]*"):
        if _works_in(process, data):
            signal_to(int(process.name), signal.SIGKILL)


def signal_to(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _works_in(process: Path, data: Path) -> bool:
    # Every process of a server works in its data folder; zombies work nowhere.
    try:
        program = os.path.basename(os.readlink(process / "exe"))
        return program.startswith("postgres") and os.path.samefile(process / "cwd", data)
    except OSError:
        return False
