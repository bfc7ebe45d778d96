import os
import threading
import time
from collections.abc import Iterator

import pytest

from tests.bench import clients, measuring, memory
from tests.bench.cases import holds
from tests.bench.clients import Reader, WrongAnswerError
from tests.bench.processes import Server
from tests.bench.stand_in import StandIn, standing_in


class Handler(StandIn):
    """`/busy` is refused, `/once` is answered and then the connection is ended without a word;
    `/clock` never says the same twice."""

    def answer(self) -> None:
        self.send_response(503 if self.path == "/busy" else 200)
        body = b"slug\n" + b"row\n" * 50_000 if self.path == "/rows" else b"hello\n"
        if self.path == "/clock":
            body = str(time.perf_counter_ns()).encode()
        self.send_header("Content-Length", str(len(body)))
        if self.path == "/timed":
            self.send_header("Server-Timing", "cache;desc=hit, total;dur=12.5")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.path == "/once"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with standing_in(Handler) as port:
        yield port


@pytest.fixture
def reader(port: int) -> Iterator[Reader]:
    reader = Reader(port)
    yield reader
    reader.close()


def test_an_ended_connection_is_opened_again(reader: Reader) -> None:
    assert [reader.get("/once") for _ in range(3)] == [b"hello\n"] * 3


def test_an_error_page_is_no_answer(reader: Reader, port: int) -> None:
    with pytest.raises(WrongAnswerError, match="/busy: status 503"):
        reader.get("/busy")
    assert reader.get("/") == b"hello\n"
    assert clients.answers(port, "/")
    assert not clients.answers(port, "/busy")


def test_what_the_server_says_of_its_time_is_kept(reader: Reader) -> None:
    for path in ("/timed", "/", "/timed"):
        reader.get(path)
    assert reader.served == [12.5, 12.5]


def test_nobody_there_is_no_answer() -> None:
    reader = Reader(1)
    with pytest.raises(WrongAnswerError, match="Refused"):
        reader.get("/")


def test_a_rate_is_of_right_answers_alone(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "SECONDS", 0.2)
    assert clients.rate(port, "/", holds(["hello"])) > 10
    clients.warm(port, "/busy")
    with pytest.raises(WrongAnswerError, match="“goodbye” is missing"):
        clients.rate(port, "/", holds(["goodbye"]))
    with pytest.raises(WrongAnswerError, match="503"):
        clients.rate(port, "/busy", holds([]))


def test_pages_that_are_compared_stay_the_same(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MOMENT", 0)
    timings = clients.latencies([(port, "/"), (port, "/rows")], limit=10)
    assert [timing.number for timing in timings] == [30, 30]
    with pytest.raises(WrongAnswerError, match="/clock: not what it was at first"):
        clients.latencies([(port, "/"), (port, "/clock")], limit=10)


def test_a_large_answer_is_counted_and_not_kept(reader: Reader) -> None:
    received = reader.receive("/rows")
    assert (received.size, received.lines) == (200_005, 50_001)
    assert 0 < received.first_byte_ms <= received.seconds * 1000


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="needs /proc")
def test_memory_is_watched_while_an_export_goes_out(port: int) -> None:
    watch = memory.Watch([os.getpid()])
    with watch.looking():
        held = bytearray(os.urandom(64)) * 1_000_000
        threading.Event().wait(0.1)
    before, peak = watch.most_grown
    assert before is not None
    assert peak is not None
    assert 55 < peak - before < 90, len(held)


def test_an_export_without_workers_has_no_memory(port: int) -> None:
    found = memory.export(Server(port, 0), "/rows")
    assert (found.rows, found.rss_before_mb, found.growth_mb) == (50_000, None, None)
