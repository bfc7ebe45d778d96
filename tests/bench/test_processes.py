import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.bench import datasette
from tests.bench.processes import Server, UnavailableError, free_port, serving


def serve(folder: Path, port: int, module: str = "http.server") -> AbstractContextManager[Server]:
    command = [sys.executable, "-m", module, str(port), "--bind", "127.0.0.1"]
    log = folder / "log"
    return serving(command, port=port, ready="/", log=log, env=os.environ, cwd=folder)


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_ends_with_its_block_whatever_happens(tmp_path: Path) -> None:
    with serve(tmp_path, free_port()) as server:
        assert exists(server.pid)
    assert not exists(server.pid)

    def fail() -> None:
        with serve(tmp_path, free_port()) as server:
            pids.append(server.pid)
            raise ZeroDivisionError

    pids: list[int] = []
    with pytest.raises(ZeroDivisionError):
        fail()
    assert not exists(pids[0])


def test_a_server_that_does_not_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(UnavailableError, match="No module named no_such_server"),
        serve(tmp_path, free_port(), "no_such_server"),
    ):
        pytest.fail("it started")


def test_without_a_package_index_datasette_is_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def refuse(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        failed = command[-1].startswith("datasette==")
        return subprocess.CompletedProcess(command, int(failed), "", "ERROR: no index\n")

    monkeypatch.setattr(datasette, "_HOME", tmp_path)
    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(UnavailableError, match="python failed: ERROR: no index"):
        datasette.install()
    assert commands[-1][-1] == f"datasette=={datasette.VERSION}"
    assert not list(tmp_path.glob("installed-*"))
