"""The server starts, says where it is, outlives its workers, and stops."""

import contextlib
import os
import signal
import socket
import time
from typing import Any

import pytest

from tests.serving.sites import PATIENCE, environment, free_port, seconds_for, serving
from tests.waiting import wait_until

PAGES = {"DJANGO_SETTINGS_MODULE": "tests.serving.settings"}


@pytest.fixture
def env(django_db_setup: None, django_db_blocker: Any) -> dict[str, str]:
    with django_db_blocker.unblock():
        return environment(**PAGES)


def test_the_address_is_told_when_the_site_answers(env: dict[str, str]) -> None:
    with serving(env) as site:
        wait_until(lambda: bool(site.lines), 60)
        assert seconds_for(site, "/healthz") < PATIENCE
        assert site.lines[0] == f"Chancery is at http://127.0.0.1:{site.port}/ – Ctrl-C stops it.\n"
        wait_until(lambda: len(site.lines) == 2)
        assert "make curator" in site.lines[1]


def test_a_port_that_is_taken_is_named_and_nothing_else_is_said(env: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        with serving(env, port=port) as site:
            assert site.process.wait(60) == 1
            wait_until(lambda: bool(site.lines))
            assert site.output == (
                f"Port {port} of 127.0.0.1 is taken by another program."
                f" Choose another port: PORT={port + 1} make run\n"
            )


def test_a_setting_that_is_nonsense_stops_the_start_and_is_named(env: dict[str, str]) -> None:
    with serving(env | {"EXPORTS_AT_ONCE": "many"}) as site:
        assert site.process.wait(60) == 1
        wait_until(lambda: "does not start" in site.output)
        assert "EXPORTS_AT_ONCE is 'many'; it takes a whole number from 1 to 64." in site.output
        assert "Traceback" not in site.output
        assert "Chancery is at" not in site.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_all_of_it_while_a_download_runs(env: dict[str, str], number: int) -> None:
    with serving(env, workers=2) as site:
        wait_until(lambda: "Chancery is at" in site.output, 60)
        workers = site.workers
        with site.connect() as link:
            link.sendall(b"GET /endless HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert link.recv(1_000)
            began = time.monotonic()
            site.process.send_signal(number)
            assert site.process.wait(20) == 0
            assert time.monotonic() - began < 15
        assert not [pid for pid in workers if is_alive(pid)]
        assert "Traceback" not in site.output
        assert "Fatal" not in site.output


def test_an_answer_that_is_being_made_is_finished(env: dict[str, str]) -> None:
    with serving(env) as site:
        wait_until(lambda: "Chancery is at" in site.output, 60)
        with site.connect() as link:
            link.sendall(b"GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            time.sleep(0.3)
            site.process.terminate()
            answer = b"".join(iter(lambda: link.recv(65_536), b""))
        assert answer.endswith(b"done")
        assert site.process.wait(20) == 0


def test_a_killed_worker_is_replaced_and_readers_are_answered(env: dict[str, str]) -> None:
    with serving(env, workers=2) as site:
        wait_until(lambda: "Chancery is at" in site.output, 60)
        first, second = site.workers
        os.kill(first, signal.SIGKILL)
        for _ in range(5):
            assert seconds_for(site, "/healthz") < PATIENCE
        wait_until(lambda: len(site.workers) == 2 and first not in site.workers)
        assert second in site.workers
        os.kill(second, signal.SIGKILL)
        wait_until(lambda: second not in site.workers)
        assert seconds_for(site, "/healthz") < 3 * PATIENCE


def test_workers_do_not_outlive_a_killed_supervisor(env: dict[str, str]) -> None:
    with serving(env, workers=2) as site:
        wait_until(lambda: "Chancery is at" in site.output, 60)
        workers = site.workers
        site.process.kill()
        wait_until(lambda: not [pid for pid in workers if is_alive(pid)])


def test_a_site_without_a_database_starts_and_says_so(env: dict[str, str]) -> None:
    nowhere = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    env = env | {"DATABASE_URL": nowhere, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with serving(env) as site:
        wait_until(lambda: "Chancery is at" in site.output, 60)
        assert site.get("/healthz").status == 200
        assert site.get("/").status == 503


def is_alive(pid: int) -> bool:
    with contextlib.suppress(OSError), open(f"/proc/{pid}/stat") as file:
        return file.read().rpartition(")")[2].split()[0] != "Z"
    return False
