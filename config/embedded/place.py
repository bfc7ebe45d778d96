"""The folder of one embedded server: its files, its locks, and the word on how the server is."""

import fcntl
import hashlib
import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PORT = 5432  # only part of the socket's name: no TCP port is opened
# The system's limit on the path of a socket is 107 bytes on Linux, 103 on macOS.
_SOCKET_PATH_LIMIT = 103
# A comma separates hosts, a quote or a non-ASCII letter depends on the reader's settings.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/_. +=-]+")
_STATUS_SIZE = 4096
_LOG_LIMIT = 8_000_000


class StartError(Exception):
    """The server cannot be started; the message tells a person why."""


class State(StrEnum):
    STARTING = "starting"
    READY = "ready"
    FAILED = "failed"
    STOPPING = "stopping"


@dataclass(frozen=True)
class Status:
    """`generation` differs after each start of the server; `message` says why it failed."""

    state: State
    generation: str = ""
    message: str = ""


@dataclass(frozen=True)
class Place:
    """`folder` is absolute. Users hold `users` shared, the one watcher holds `watcher` alone."""

    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def users(self) -> Path:
        return self.folder / "users.lock"

    @property
    def watcher(self) -> Path:
        return self.folder / "watcher.lock"

    @property
    def sockets(self) -> Path:
        """Beside the data, or a short folder of the same user where that path cannot be used."""
        beside = self.folder / "run"
        path = str(beside / f".s.PGSQL.{PORT}")
        if len(path) <= _SOCKET_PATH_LIMIT and _PLAIN_PATH.fullmatch(path):
            return beside
        # The name never changes, so that connection pools find a restarted server again.
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path("/tmp") / f"chancery-{name}"  # noqa: S108 - see make_private

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"

    def status(self) -> Status:
        try:
            kept = json.loads((self.folder / "status").read_bytes())
            return Status(State(kept["state"]), kept["generation"], kept["message"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return Status(State.STARTING)  # not written yet, or read while it is written

    def report(self, state: State, *, generation: str = "", message: str = "") -> None:
        """Only the holder of the watcher's lock may call this.

        Always the same number of bytes at the same place: that works on a full disk, too.
        """
        word = {"state": state, "generation": generation, "message": message[:1500]}
        line = json.dumps(word).encode("ascii")[:_STATUS_SIZE].ljust(_STATUS_SIZE)
        file = os.open(self.folder / "status", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, line, 0)
        finally:
            os.close(file)

    def last_words(self) -> str:
        """The end of the server's log, for a message."""
        try:
            lines = self.log.read_bytes()[-4000:].decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return " | ".join(line.strip() for line in lines[-4:])

    def trim_log(self) -> None:
        """Keep the log under two times its limit; its writers append, so it may be cut any time."""
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            shutil.copyfile(self.log, self.log.with_name("log.1"))
            os.truncate(self.log, 0)


def try_lock(path: Path, operation: int) -> int | None:
    """The descriptor that holds the lock, or None while others hold it against us."""
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(file)
        return None
    except OSError:
        os.close(file)
        raise
    if not still_at(file, path):
        os.close(file)
        return None
    return file


def still_at(file: int, path: Path) -> bool:
    """False once the folder was deleted: then nobody else sees our lock."""
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def make_private(folder: Path, owner: int) -> None:
    """A folder that `owner` alone may enter.

    In /tmp anybody may have made one of that name before us: that one is refused.
    """
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        pass
    else:
        os.chown(folder, owner, -1)
    found = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or found.st_uid != owner:
        raise StartError(f"{folder} belongs to somebody else, and the server needs it.")
    folder.chmod(0o700)


def fresh_folder(parent: Path, prefix: str) -> Path:
    """An empty folder; what an interrupted earlier attempt left under this prefix is removed."""
    for left in parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
