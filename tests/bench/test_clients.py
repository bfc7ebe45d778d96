from collections.abc import Iterator

import pytest

from tests.bench import clients
from tests.bench.cases import holds
from tests.bench.clients import Reader, WrongAnswerError
from tests.bench.stand_in import StandIn, standing_in


class Handler(StandIn):
    """`/busy` is refused, `/once` is answered and then the connection is ended without a word."""

    def answer(self) -> None:
        self.send_response(503 if self.path == "/busy" else 200)
        body = b"hello\n"
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


def test_an_error_page_is_no_answer(reader: Reader) -> None:
    with pytest.raises(WrongAnswerError, match="/busy: status 503") as refused:
        reader.get("/busy")
    assert refused.value.status == 503
    assert reader.get("/") == b"hello\n"


def test_what_the_server_says_of_its_time_is_kept(reader: Reader) -> None:
    for path in ("/timed", "/", "/timed"):
        reader.get(path)
    assert reader.served == [12.5, 12.5]


def test_nobody_there_is_no_answer() -> None:
    reader = Reader(1)
    with pytest.raises(WrongAnswerError, match="Refused") as refused:
        reader.get("/")
    assert refused.value.status == 0


def test_a_rate_is_of_right_answers_alone(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "SECONDS", 0.2)
    assert clients.rate(port, "/", holds(["hello"])) > 10
    clients.warm(port, "/busy")
    with pytest.raises(WrongAnswerError, match="“goodbye” is missing"):
        clients.rate(port, "/", holds(["goodbye"]))
    with pytest.raises(WrongAnswerError, match="503"):
        clients.rate(port, "/busy", holds([]))
