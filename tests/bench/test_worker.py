import os
from pathlib import Path

import pytest

from tests.bench import worker
from tests.bench.processes import Server


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")
def test_memory_is_that_of_the_largest_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "children", lambda pid: [os.getppid(), os.getpid(), 2**22 + 1])
    held = {
        pid: int(line.split()[1]) / 1024
        for pid in (os.getppid(), os.getpid())
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmRSS:")
    }
    resident, peak = worker.resident_mb(Server(1, 1)), worker.peak_mb(Server(1, 1))
    assert resident == pytest.approx(max(held.values()), rel=0.1)
    assert peak is not None
    assert resident is not None
    assert peak >= resident


def test_a_server_without_workers_has_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "children", lambda pid: [])
    assert worker.resident_mb(Server(1, 1)) is None
