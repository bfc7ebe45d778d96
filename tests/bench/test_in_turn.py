from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench import clients, in_turn
from tests.bench.clients import WrongAnswerError
from tests.bench.measuring import Timing
from tests.bench.processes import Server, UnavailableError
from tests.bench.report import Measured, Run


def run(copies: int, *, after: str) -> Run:
    cases = [
        Measured(name, state, path)
        for name, path in (
            ("facets", "/events/"),
            ("deep page, facets", f"/events/?after={after}"),
            ("CSV of one country", "/events.csv?country=SYR"),
        )
        for state in ("cold", "warm")
    ]
    return Run(1000 * copies, copies, "Synthetic events", "loaded in 1 s", cases)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[tuple[int, str]]]:
    """Sites on the ports 1 and 6; a deep page of the latter is wrong. Returns what was compared."""
    compared: list[list[tuple[int, str]]] = []

    @contextmanager
    def site(cluster: Path, *, cache: bool, log: Path) -> Iterator[Server]:
        assert cache
        yield Server(int(cluster.parent.name.removesuffix("-fold")), 0)

    def latencies(pages: list[tuple[int, str]], *, limit: int) -> list[Timing]:
        compared.append(pages)
        if any("wrong" in path for _port, path in pages):
            raise WrongAnswerError("/events/?after=wrong: status 400")
        return [Timing(port * 1.0, port * 2.0, limit) for port, _path in pages]

    monkeypatch.setattr(in_turn, "site", site)
    monkeypatch.setattr(clients, "latencies", latencies)
    monkeypatch.setattr(clients, "warm", lambda port, path: None)
    return compared


def test_warm_pages_are_asked_of_both_sizes(asked: list[list[tuple[int, str]]]) -> None:
    small, large = run(1, after="a"), run(6, after="b")
    in_turn.warm_pages(small, large, limit=30)
    assert asked == [
        [(1, "/events/"), (6, "/events/")],
        [(1, "/events/?after=a"), (6, "/events/?after=b")],
    ]
    none = [None, None]
    assert [case.ours_in_turn_p50_ms for case in small.cases] == [None, 1.0, None, 1.0, *none]
    assert [case.ours_in_turn_p50_ms for case in large.cases] == [None, 6.0, None, 6.0, *none]


def test_a_deep_page_is_asked_of_one_site_with_the_first(
    asked: list[list[tuple[int, str]]],
) -> None:
    measured = run(6, after="b")
    in_turn.deep_page(measured, 8, limit=30)
    assert asked == [[(8, "/events/"), (8, "/events/?after=b")]]
    assert [case.ours_in_turn_p50_ms for case in measured.cases[:4]] == [8.0, None, 8.0, None]
    wrong = run(6, after="wrong")
    in_turn.deep_page(wrong, 8, limit=30)
    assert wrong.cases[2].note == "in turn: /events/?after=wrong: status 400"
    assert wrong.cases[2].ours_in_turn_p50_ms is None


def test_a_wrong_answer_is_noted_and_the_others_go_on(
    asked: list[list[tuple[int, str]]],
) -> None:
    small, large = run(1, after="a"), run(6, after="wrong")
    in_turn.warm_pages(small, large, limit=30)
    assert large.cases[3].note == "in turn: /events/?after=wrong: status 400"
    assert [case.ours_in_turn_p50_ms for case in large.cases[:4]] == [None, 6.0, None, None]


def test_what_was_measured_before_is_kept_when_a_site_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def site(cluster: Path, *, cache: bool, log: Path) -> None:
        raise UnavailableError("no word")

    monkeypatch.setattr(in_turn, "site", site)
    small, large = run(1, after="a"), run(6, after="b")
    in_turn.warm_pages(small, large, limit=30)
    assert large.notes == ["in turn: no word"]
