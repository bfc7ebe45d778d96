"""Attaches this process to the shared server, and has one started when there is none."""

import contextlib
import fcntl
import os
import subprocess
import sys
import threading
import time
from functools import cache
from pathlib import Path

from django.db import OperationalError

from config.embedded.place import Place, State, still_at, try_lock

_ROOT = Path(__file__).resolve().parents[2]
_PAUSE = 0.02
# Seconds: a first start makes the data; a page does not wait long for a server that restarts.
_FIRST_WAIT = 90.0
_WAIT = 1.5


class Server:
    """The process counts as a user while it holds the lock, which the kernel frees on any death."""

    def __init__(self, place: Place, role: str) -> None:
        self.place = place
        self._role = role
        self._lock: int | None = None
        self._mutex = threading.Lock()
        os.register_at_fork(after_in_child=self._forget)

    def attach(self) -> str:
        """Returns the generation of the running server; raises OperationalError if it is down."""
        try:
            return self._wait(_WAIT if self._is_held() else _FIRST_WAIT)
        except OSError as error:
            raise OperationalError(
                f"The embedded PostgreSQL cannot use {self.place.folder}: {error}."
            ) from error

    def _wait(self, seconds: float) -> str:
        deadline = time.monotonic() + seconds
        while True:
            if self._hold():
                self._see_that_it_is_watched()
                status = self.place.status()
                if status.state is State.READY:
                    return status.generation
                if status.state is State.FAILED:
                    raise OperationalError(f"The embedded PostgreSQL is down. {status.message}")
            if time.monotonic() > deadline:
                raise OperationalError(
                    f"The embedded PostgreSQL is not ready yet. {self.place.log} ends:"
                    f" {self.place.last_words()}"
                )
            time.sleep(_PAUSE)

    def _is_held(self) -> bool:
        return self._lock is not None and still_at(self._lock, self.place.users)

    def _hold(self) -> bool:
        """False while a watcher is about to stop the server."""
        if self._is_held():
            return True
        with self._mutex:
            if self._is_held():
                return True
            self._forget_lock()
            self.place.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = try_lock(self.place.users, fcntl.LOCK_SH)
            return self._lock is not None

    def _see_that_it_is_watched(self) -> None:
        lock = try_lock(self.place.watcher, fcntl.LOCK_EX)
        if lock is None:
            return
        # The watcher inherits this lock: of many processes that come at once, one starts it.
        try:
            self.place.report(State.STARTING)
            command = [sys.executable, "-m", "config.embedded.watcher"]
            with self.place.log.open("ab") as log:
                started = subprocess.run(  # noqa: S603
                    [*command, str(self.place.folder), self._role, str(lock)],
                    env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
                    cwd=_ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=(lock,),
                    start_new_session=True,
                    check=False,
                )
        finally:
            os.close(lock)
        if started.returncode:
            raise OSError(f"its watcher does not start: {self.place.last_words()}")

    def _forget(self) -> None:
        """A forked child is a user of its own from its first connection on."""
        self._mutex = threading.Lock()
        self._forget_lock()

    def _forget_lock(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            with contextlib.suppress(OSError):
                os.close(lock)


@cache
def at(folder: Path, role: str) -> Server:
    return Server(Place(folder), role)
