import time
from collections.abc import Callable

import pytest

from tests.bench import asking, clients, measuring
from tests.bench.asking import Servers
from tests.bench.cases import Case, Theirs, holds
from tests.bench.clients import WrongAnswerError
from tests.bench.processes import Server
from tests.bench.results import Measured

PORTS = {1: "cold", 2: "warm", 3: "Datasette"}


class Reader:
    """Answers with its port and the path; notes each request in `asked`."""

    asked: list[str]
    wrong: set[str]

    def __init__(self, port: int) -> None:
        self.name = PORTS[port]
        self.served: list[float] = []

    def get(self, path: str) -> bytes:
        self.asked.append(self.name)
        if self.name in self.wrong:
            raise WrongAnswerError(f"{path}: status 503")
        # The first answers of a server take longer than those that are timed.
        if self.name != "Datasette":
            self.served.append(8.0 if len(self.served) > 2 else 1000.0)
        return f"{self.name} {path}".encode()

    def close(self) -> None:
        self.asked.append(f"{self.name} closed")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked, in order; nothing but the bare SQL takes any time."""
    Reader.asked, Reader.wrong = [], set()
    monkeypatch.setattr(asking, "Reader", Reader)
    monkeypatch.setattr(clients, "warm", lambda port, path: Reader.asked.append(f"{port} warmed"))
    monkeypatch.setattr(clients, "rate", lambda port, path, check: port * 100.0)
    monkeypatch.setattr(measuring, "MOMENT", 0)
    return Reader.asked


def measure(
    sql: Callable[[object], None] = lambda _session: None, *, text: str = "/events/"
) -> list[Measured]:
    theirs = Theirs("/ged/events", holds(["Datasette /ged/events"]), sql)
    case = Case("facets", "/events/", holds([text]), theirs)
    servers = Servers(Server(1, 0), Server(2, 0), Server(3, 0))
    return asking.measure(case, None, servers, limit=10)  # type: ignore[arg-type]


def test_what_is_quick_is_asked_in_turn(asked: list[str]) -> None:
    cold, warm = measure(lambda _session: asked.append("SQL"))
    everything = {"SQL", "cold", "warm", "Datasette"}
    assert asked[0] == "2 warmed"
    rounds = asked[-4 * 30 - 3 : -3]
    assert all(set(rounds[n : n + 4]) == everything for n in range(0, len(rounds), 4))
    assert {"cold closed", "warm closed", "Datasette closed"} == set(asked[-3:])
    assert (cold.state, cold.ours_rps, cold.datasette_rps) == ("cold", 100, 300)
    assert (warm.state, warm.ours_rps, warm.datasette_rps) == ("warm", 200, 300)
    for measured in (cold, warm):
        assert (measured.name, measured.path, measured.note) == ("facets", "/events/", "")
        numbers = (measured.ours_requests, measured.datasette_requests, measured.sql_requests)
        assert numbers == (30, 30, 30)
        assert measured.ours_p50_ms is not None
        assert measured.ours_server_p50_ms == 8


def test_what_is_slow_is_measured_alone(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "SLOW", 0.01)
    monkeypatch.setattr(measuring, "REQUESTS", 5)

    def slow(_session: object) -> None:
        asked.append("SQL")
        time.sleep(0.011)

    cold, warm = measure(slow)
    alone, first = ["SQL"] * (2 + 1 + 5), asked.index("SQL")
    assert asked[first : first + len(alone)] == alone
    assert asked.count("SQL") == len(alone)
    assert cold.sql_p50_ms == warm.sql_p50_ms
    assert cold.sql_p50_ms is not None
    assert cold.sql_p50_ms >= 11
    assert asked.count("warm") == 2 + 1 + 5


def test_a_wrong_answer_is_noted_and_the_others_are_measured(asked: list[str]) -> None:
    Reader.wrong = {"Datasette", "warm"}
    cold, warm = measure()
    theirs = "Datasette: /ged/events: status 503"
    assert (cold.note, warm.note) == (theirs, f"the site: /events/: status 503; {theirs}")
    assert cold.ours_p50_ms is not None
    assert (warm.ours_p50_ms, warm.ours_rps, cold.datasette_p50_ms) == (None, None, None)
    assert warm.sql_requests == 30


def test_a_rate_that_cannot_be_told_leaves_the_times(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def rate(port: int, path: str, check: object) -> float:
        raise WrongAnswerError("status 503")

    monkeypatch.setattr(clients, "rate", rate)
    cold, _warm = measure()
    assert cold.ours_p50_ms is not None
    assert (cold.ours_rps, cold.note) == (None, "the site: status 503; Datasette: status 503")


def test_an_answer_that_goes_wrong_later_leaves_no_times(asked: list[str]) -> None:
    def sql(_session: object) -> None:
        asked.append("SQL")
        if asked.count("SQL") == 10:
            raise WrongAnswerError("“Syria” is missing")

    cold, _warm = measure(sql)
    told = "in turn: “Syria” is missing"
    assert cold.note == f"the site: {told}; Datasette: {told}"
    assert (cold.ours_p50_ms, cold.datasette_p50_ms, cold.sql_p50_ms) == (None, None, None)


def test_an_answer_that_is_not_what_was_asked_for_is_noted(asked: list[str]) -> None:
    cold, warm = measure(text="goodbye")
    assert cold.note == warm.note == "the site: “goodbye” is missing"
    assert (cold.ours_p50_ms, cold.ours_rps) == (None, None)
    assert cold.datasette_requests == 30


def test_a_page_that_only_the_site_has_is_asked_of_no_other(asked: list[str]) -> None:
    case, servers = (
        Case("pairs", "/relations/", holds([])),
        Servers(Server(1, 0), Server(2, 0), None),
    )
    cold, warm = asking.measure(case, None, servers, limit=10)  # type: ignore[arg-type]
    assert set(asked) == {"2 warmed", "cold", "warm", "cold closed", "warm closed"}
    assert (cold.ours_requests, warm.ours_requests) == (30, 30)
    assert (cold.ours_rps, cold.datasette_p50_ms, cold.sql_p50_ms) == (None, None, None)
