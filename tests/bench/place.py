"""Where one run of the bench keeps its database, and whether what lies there can be used again."""

import fcntl
import hashlib
import json
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from config.embedded.place import Place, try_lock

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "var" / "bench"
# What the loaded data depends on, its own file aside.
_SHAPING = (
    "actors/migrations/**/*.py",
    "actors/migrations/**/*.sql",
    "events/migrations/**/*.py",
    "events/migrations/**/*.sql",
    "fixtures/countries.json",
    "fixtures/kinds.json",
    "tests/bench/countries.py",
    "tests/bench/datasette_data.py",
    "tests/bench/ged*.py",
    "tests/bench/loading.py",
    "tests/bench/varied*.py",
)
_PATIENCE = 90.0


@dataclass(frozen=True)
class Folder:
    """The data of one run: its PostgreSQL, its SQLite file, and the word on what they hold."""

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "pg"

    @property
    def sqlite(self) -> Path:
        return self.path / "ged.db"

    @property
    def result(self) -> Path:
        return self.path / "result.json"

    def seconds(self, digest: str) -> float | None:
        """What loading the same by the same code took, to its end; None where that is not here."""
        try:
            word = json.loads(self._word.read_text("ascii"))
        except OSError:
            return None
        return word["seconds"] if word["digest"] == digest else None

    def is_loaded(self, digest: str, seconds: float) -> None:
        self._word.write_text(json.dumps({"digest": digest, "seconds": seconds}), "ascii")

    @property
    def _word(self) -> Path:
        return self.path / "loaded.json"

    def empty(self) -> None:
        """Remove what is here, once the server of an earlier run has stopped."""
        self._wait_for_the_server()
        if self.path.exists():
            shutil.rmtree(self.path)
        self.path.mkdir(parents=True)

    def _wait_for_the_server(self) -> None:
        watcher = Place(self.cluster).watcher
        deadline = time.monotonic() + _PATIENCE
        while watcher.exists():
            lock = try_lock(watcher, fcntl.LOCK_EX)
            if lock is not None:
                os.close(lock)
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"A server still runs in {self.cluster}; is another bench on?")
            time.sleep(0.2)


def of(shape: str, events: int) -> Folder:
    return Folder(HOME / f"{shape}-{events}")


def digest_of(data: Path | None, events: int) -> str:
    """Names the data file's bytes, the number of events, and all code that shapes the tables."""
    digest = hashlib.sha256(f"{events} events".encode())
    shaping = {path for pattern in _SHAPING for path in ROOT.glob(pattern)}
    for path in [*sorted(shaping), *([data] if data else [])]:
        digest.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
