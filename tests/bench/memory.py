"""How much memory the workers of the site hold while a large export goes out. Linux alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.clients import Reader
from tests.bench.processes import Server, children

_PAUSE = 0.01


@dataclass(frozen=True)
class Export:
    """Megabytes resident: of the worker that grew most, before and at its peak."""

    path: str
    rows: int
    seconds: float
    first_byte_ms: float
    megabytes: float
    rss_before_mb: float | None
    rss_peak_mb: float | None

    @property
    def growth_mb(self) -> float | None:
        if self.rss_before_mb is None or self.rss_peak_mb is None:
            return None
        return self.rss_peak_mb - self.rss_before_mb


class Watch:
    """The resident memory of some processes, looked at again and again while one waits."""

    def __init__(self, pids: list[int]) -> None:
        self._before = {pid: kept for pid in pids if (kept := resident(pid)) is not None}
        self._peak = dict(self._before)
        self._is_over = threading.Event()

    @contextmanager
    def looking(self) -> Iterator[None]:
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            thread.join()

    @property
    def most_grown(self) -> tuple[float | None, float | None]:
        """Before and peak, in MB, of the process that grew most."""
        if not self._before:
            return None, None
        pid = max(self._before, key=lambda pid: self._peak[pid] - self._before[pid])
        return self._before[pid], self._peak[pid]

    def _look(self) -> None:
        while not self._is_over.wait(_PAUSE):
            for pid in self._before:
                self._peak[pid] = max(self._peak[pid], resident(pid) or 0.0)


def resident(pid: int) -> float | None:
    """MB of memory that the process holds; None where /proc does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    return None


def export(server: Server, path: str) -> Export:
    """Read a whole CSV in pieces, as a reader does who keeps it, and watch the workers."""
    watch = Watch(children(server.pid))
    reader = Reader(server.port)
    try:
        with watch.looking():
            received = reader.receive(path)
    finally:
        reader.close()
    before, peak = watch.most_grown
    return Export(
        path,
        rows=received.lines - 1,
        seconds=received.seconds,
        first_byte_ms=received.first_byte_ms,
        megabytes=received.size / 1_000_000,
        rss_before_mb=before,
        rss_peak_mb=peak,
    )
